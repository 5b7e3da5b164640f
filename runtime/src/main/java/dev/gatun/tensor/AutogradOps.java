package dev.gatun.tensor;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What can be asked of a tensor's place in the graph, and told of its gradient.
public sealed interface AutogradOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Accumulates the gradients of this in `inputs` alone; other leaves keep theirs.
  ///
  /// @param options the gradient of this, and whether to keep or create graphs
  /// @param inputs leaves or intermediate results; none for every leaf
  /// @throws IllegalStateException as [Autograd#backward] does
  default void backward(GradOptions options, Tensor... inputs) {
    Autograd.backward(List.of(self()), options, inputs);
  }

  /// The operation that recorded this, as its method is called: PyTorch's `grad_fn`.
  ///
  /// @return for example `mul`; null for a leaf
  default @Nullable String gradFn() {
    Node node = self().node();
    Op op = node == null ? null : node.op();
    return op == null ? null : op.opName();
  }

  /// Has `hook` called with every gradient of this that a backward computes, once in each pass,
  /// when it is complete. Hooks run in the order of their registration, before the gradient is
  /// accumulated or goes on; what one returns takes the gradient's place.
  ///
  /// A gradient belongs to the pass: [Tensor#copy()] or [Tensor#keep()] it to have it for longer,
  /// and do not change it in place. Operations in the hook are recorded only where the pass is.
  ///
  /// @param hook returns a gradient of the same shape and dtype, or null to leave it
  /// @return to take the hook away again
  /// @throws IllegalStateException if this needs no gradient
  default HookHandle registerHook(Function<Tensor, @Nullable Tensor> hook) {
    return Extras.of("registerHook", self()).add(hook);
  }

  /// Has `hook` called with this leaf after each time that a backward has accumulated its gradient.
  ///
  /// @param hook reads [Tensor#grad()]
  /// @return to take the hook away again
  /// @throws IllegalStateException if this needs no gradient or is not a leaf
  default HookHandle registerPostAccumulateGradHook(Consumer<Tensor> hook) {
    Extras extras = Extras.of("registerPostAccumulateGradHook", self());
    if (!self().isLeaf()) {
      throw new IllegalStateException(
          "registerPostAccumulateGradHook: only leaves accumulate gradients: %s was computed by %s; use registerHook"
              .formatted(self().describe(), gradFn()));
    }
    return extras.addAccumulated(hook);
  }

  /// Has backward accumulate the gradient of this intermediate result in [Tensor#grad()], as it
  /// does that of leaves; for a leaf there is nothing to do.
  ///
  /// @throws IllegalStateException if this needs no gradient
  default void retainGrad() {
    Extras extras = Extras.of("retainGrad", self());
    if (!self().isLeaf()) {
      extras.retain(self());
    }
  }

  /// Whether [#retainGrad] was called on this intermediate result.
  ///
  /// @return false for leaves
  default boolean retainsGrad() {
    Node node = self().node();
    Extras extras = node == null ? null : node.extras();
    return extras != null && extras.retaining() != null;
  }

  /// Whether this, or what it is a view of, was made in [InferenceMode], and can therefore not
  /// become part of a graph.
  ///
  /// @return false for what was made outside
  default boolean isInference() {
    return self().inference;
  }

  /// Takes this tensor out of the graph: a leaf without gradient from here on. What was computed
  /// from it before is differentiated as it was.
  ///
  /// @return this
  /// @throws IllegalStateException if this is a view, whose place in the graph is that of its base
  default Tensor detach_() {
    Tensor x = self();
    Tensor base = View.base(x);
    if (base != null) {
      throw new IllegalStateException(
          "detach_: %s is a view of %s; use detach()".formatted(x.describe(), base.describe()));
    }
    x.node = null;
    return x;
  }
}
