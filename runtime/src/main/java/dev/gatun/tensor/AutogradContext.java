package dev.gatun.tensor;

import dev.gatun.memory.DType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one call of an [AutogradFunction] hands from its forward to its backward: PyTorch's `ctx`.
public final class AutogradContext {
  private final String name;
  private final boolean[] needed;
  private final DType[] dtypes;
  private final List<Tensor> toSave = new ArrayList<>();
  private final List<Tensor> dirty = new ArrayList<>();
  private final List<Tensor> flat = new ArrayList<>();
  private boolean materialize = true;
  private boolean done;
  private List<Tensor> inputs;
  private @Nullable Node[] nodes = {};
  private @Nullable Saved saved;

  AutogradContext(String name, boolean recording, List<Tensor> inputs) {
    this.name = name;
    this.inputs = inputs;
    needed = new boolean[inputs.size()];
    dtypes = new DType[needed.length];
    for (int i = 0; i < needed.length; i++) {
      needed[i] = recording && inputs.get(i).requiresGrad();
      dtypes[i] = inputs.get(i).dtype;
    }
  }

  /// Keeps tensors for backward, which refuses one that was changed in place since. To be called in
  /// forward, once.
  ///
  /// @param tensors inputs or results; others can be read, but gradients of gradients do not pass
  ///   through them
  public void saveForBackward(Tensor... tensors) {
    requireForward("saveForBackward");
    toSave.clear();
    toSave.addAll(List.of(tensors));
  }

  /// What [#saveForBackward] was given.
  ///
  /// @return in the same order
  /// @throws IllegalStateException if the graph was freed, or one was changed in place since
  public List<Tensor> savedTensors() {
    if (!done) {
      return List.copyOf(toSave);
    }
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      tensors.add(Node.as(nodes[i], Saved.unpack(saved, i, null, name)));
    }
    return tensors;
  }

  /// Says that forward changed inputs in place; each is to be returned as a result.
  ///
  /// @param changed inputs
  /// @throws IllegalStateException if one is a leaf that requires a gradient, or a view
  /// @throws IllegalArgumentException if one is not an input
  public void markDirty(Tensor... changed) {
    requireForward("markDirty");
    for (Tensor tensor : changed) {
      if (!inputs.contains(tensor)) {
        throw new IllegalArgumentException(
            "markDirty: not an input of %s: %s".formatted(name, tensor.describe()));
      }
      InPlace.requireResult(name, tensor, needsAny());
      dirty.add(tensor);
    }
  }

  /// Says that results carry no gradient.
  ///
  /// @param results of forward
  public void markNonDifferentiable(Tensor... results) {
    requireForward("markNonDifferentiable");
    flat.addAll(List.of(results));
  }

  /// Whether the gradient with respect to an input is asked for.
  ///
  /// @param input its number
  /// @return false where it would not be used
  public boolean needsInputGrad(int input) {
    return needed[input];
  }

  /// Whether backward gets zeros, and not null, for results that the loss does not depend on; that
  /// is so from the start.
  ///
  /// @param on false for null
  public void setMaterializeGrads(boolean on) {
    requireForward("setMaterializeGrads");
    materialize = on;
  }

  private void requireForward(String method) {
    if (done) {
      throw new IllegalStateException(
          "%s: to be called in forward of %s, which is over".formatted(method, name));
    }
  }

  boolean needsAny() {
    for (boolean one : needed) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  boolean isMaterializing() {
    return materialize;
  }

  boolean isDirty(Tensor tensor) {
    return dirty.contains(tensor);
  }

  boolean isDifferentiable(Tensor result) {
    return result.dtype.isFloating() && !flat.contains(result);
  }

  void requireDirtyReturned(List<Tensor> results) {
    for (Tensor tensor : dirty) {
      if (!results.contains(tensor)) {
        throw new IllegalStateException(
            "%s: an input that was marked dirty is not among the results: %s; return it"
                .formatted(name, tensor.describe()));
      }
    }
  }

  DType dtype(int input) {
    return dtypes[input];
  }

  /// Ends forward: takes the versions of what is saved, or forgets it where nothing is recorded.
  void finish(boolean recorded) {
    done = true;
    if (recorded) {
      nodes = toSave.stream().map(Tensor::node).toArray(Node[]::new);
      saved = Saved.all(name, toSave);
    }
    toSave.clear();
    inputs = List.of();
  }

  void release() {
    saved = null;
  }
}
