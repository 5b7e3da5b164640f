package dev.gatun.tensor;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A differentiable operation: its attributes are the components of a record, its forward and
/// backward stand next to each other in the file of its family.
///
/// `forward` runs kernels and records nothing; [Tape] records the operation when an operand needs a
/// gradient. `backward` is written in tensor operations, so it can be differentiated in its turn.
interface Op {
  /// What backward reads; anything else may change, or be freed, in between.
  enum Saves {
    NOTHING,
    FIRST_INPUT,
    INPUTS,
    OUTPUT,
    INPUTS_AND_OUTPUT
  }

  Saves saves();

  /// Gradient of the loss with respect to input `i`, in that input's shape.
  ///
  /// @param node what was saved, with the shapes of all inputs
  /// @param g gradient with respect to the result, in its shape
  Tensor backward(int i, Node node, Tensor g);

  /// Whether the gradient with respect to input `i` reads input `saved`, where inputs are saved. A
  /// change in place of that input copies what it was, unless nobody reads it.
  default boolean reads(int saved, int i) {
    return true;
  }

  /// Adds the gradient with respect to input `i` to `sum`, or overwrites it, where the operation
  /// can do so without a result in between. Called while nothing is recorded.
  ///
  /// @param i an input that is a leaf
  /// @param node what was saved, with the shapes of all inputs
  /// @param g gradient with respect to the result, in its shape
  /// @param sum contiguous, of that input's shape and dtype
  /// @param add whether `sum` holds something already
  /// @return false, and nothing done, where [#backward] has to be asked
  default boolean backwardInto(int i, Node node, Tensor g, Tensor sum, boolean add) {
    return false;
  }

  /// The public method's name, for messages.
  default String opName() {
    String name = getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /// One operand.
  interface Unary extends Op {
    Tensor forward(Tensor x);

    Tensor backward(Node node, Tensor g);

    @Override
    default Tensor backward(int i, Node node, Tensor g) {
      return backward(node, g);
    }

    /// Writes the gradient over `g`, which nobody else reads, where the operation can.
    ///
    /// @param g contiguous
    /// @return false, and nothing done, where [#backward] has to be asked
    default boolean backwardOver(Node node, Tensor g) {
      return false;
    }

    default Tensor apply(Tensor x) {
      Tensor y = Trace.isOn() ? Trace.forward(this, () -> forward(x), x) : forward(x);
      return x.requiresGrad() ? Tape.record(this, y, x, null) : y;
    }
  }

  /// Two operands; the gradient of each is asked for only where it is needed.
  interface Binary extends Op {
    Tensor forward(Tensor a, Tensor b);

    Tensor backwardA(Node node, Tensor g);

    Tensor backwardB(Node node, Tensor g);

    @Override
    default Tensor backward(int i, Node node, Tensor g) {
      return i == 0 ? backwardA(node, g) : backwardB(node, g);
    }

    default Tensor apply(Tensor a, Tensor b) {
      Tensor y = Trace.isOn() ? Trace.forward(this, () -> forward(a, b), a, b) : forward(a, b);
      return a.requiresGrad() || b.requiresGrad() ? Tape.record(this, y, a, b) : y;
    }
  }

  /// Any other number of operands.
  interface Variadic extends Op {
    Tensor forward(Tensor... inputs);

    default Tensor apply(Tensor... inputs) {
      return Tape.record(this, result(inputs), inputs);
    }

    /// The result of [#forward], which a trace writes down.
    default Tensor result(Tensor... inputs) {
      return Trace.isOn() ? Trace.forward(this, () -> forward(inputs), inputs) : forward(inputs);
    }
  }

  /// Several results, from any number of operands. Results that are not floating carry no gradient,
  /// nor do those that [#differentiable] excludes.
  interface Several extends Op {
    List<Tensor> forward(Tensor... inputs);

    /// Whether result `k` passes a gradient on; asked only where its dtype is a floating one.
    default boolean differentiable(int k) {
      return true;
    }

    /// Gradient of the loss with respect to input `i`, in that input's shape; null where it is 0.
    ///
    /// @param node what was saved, with the shapes of all inputs; [Node#output(int)] gives one
    ///   result, [Node#orZero] one gradient that is never null
    /// @param gradients one for each result, null where the loss does not depend on it; at least
    ///   one is there
    @Nullable Tensor backward(int i, Node node, @Nullable Tensor[] gradients);

    /// The gradients with respect to all inputs that need one, for operations that find them
    /// together; null for the others.
    ///
    /// @param needed which inputs
    default @Nullable Tensor[] backwards(
        Node node, @Nullable Tensor[] gradients, boolean[] needed) {
      @Nullable Tensor[] parts = new @Nullable Tensor[needed.length];
      for (int i = 0; i < needed.length; i++) {
        parts[i] = needed[i] ? backward(i, node, gradients) : null;
      }
      return parts;
    }

    /// Called when the graph is freed, by operations that keep more than what the tape saves.
    default void release() {}

    @Override
    default Tensor backward(int i, Node node, Tensor g) {
      throw new IllegalStateException(opName() + ": has a gradient for each of its results");
    }

    default List<Tensor> apply(Tensor... inputs) {
      return Tape.record(this, results(inputs), inputs);
    }

    /// The results of [#forward], which a trace writes down.
    default List<Tensor> results(Tensor... inputs) {
      return Trace.isOn() ? Trace.several(this, () -> forward(inputs), inputs) : forward(inputs);
    }
  }
}
