package dev.gatun.tensor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user's function on the tape.
record CustomOp(AutogradFunction function, AutogradContext context) implements Op.Several {
  static List<Tensor> apply(AutogradFunction function, Tensor... inputs) {
    List<Tensor> operands = List.of(inputs);
    boolean recording = Tape.isRecording();
    AutogradContext context = new AutogradContext(function.name(), recording, operands);
    CustomOp op = new CustomOp(function, context);
    List<Tensor> returned = op.forward(inputs);
    context.requireDirtyReturned(returned);
    List<Tensor> results = new ArrayList<>();
    for (Tensor result : returned) {
      results.add(context.isDirty(result) ? result : separated(result, operands));
    }
    if (context.needsAny()) {
      op.record(results, returned, inputs);
    }
    context.finish(context.needsAny());
    return results;
  }

  /// A result that is an input as it was, as a tensor of its own with a place of its own.
  private static Tensor separated(Tensor result, List<Tensor> inputs) {
    return inputs.contains(result)
        ? Raw.view(result, result.shape, result.strides, result.offset)
        : result;
  }

  private void record(List<Tensor> results, List<Tensor> returned, Tensor... inputs) {
    Node.Several node = Node.of(this, results, inputs);
    for (int k = 0; k < results.size(); k++) {
      Tensor result = results.get(k);
      if (context.isDifferentiable(returned.get(k))) {
        Tape.noted(node, result);
        if (result instanceof View view) {
          // Its gradient is what the function says, not that of a view.
          view.standAlone();
        }
        Node part = new Node.Part(node, k);
        Extras.moveRetained(result.node(), part);
        result.node = part;
      }
    }
  }

  @Override
  public List<Tensor> forward(Tensor... inputs) {
    try (var _ = NoGrad.open()) {
      List<Tensor> results = function.forward(context, List.of(inputs));
      if (results.isEmpty()) {
        throw new IllegalStateException(opName() + ": forward returned no result");
      }
      return results;
    }
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public String opName() {
    return function.name();
  }

  @Override
  public @Nullable Tensor backward(int i, Node node, @Nullable Tensor[] gradients) {
    boolean[] needed = new boolean[node.inputs()];
    needed[i] = true;
    return backwards(node, gradients, needed)[i];
  }

  /// All at once: the function is asked for all.
  @Override
  public @Nullable Tensor[] backwards(Node node, @Nullable Tensor[] gradients, boolean[] needed) {
    List<@Nullable Tensor> given = new ArrayList<>();
    for (int k = 0; k < gradients.length; k++) {
      given.add(context.isMaterializing() ? node.orZero(gradients, k) : gradients[k]);
    }
    List<@Nullable Tensor> found = function.backward(context, given);
    String name = opName() + ".backward";
    if (found.size() != needed.length) {
      throw new IllegalStateException(
          "%s: %d gradients returned for %d inputs".formatted(name, found.size(), needed.length));
    }
    @Nullable Tensor[] parts = new @Nullable Tensor[needed.length];
    for (int i = 0; i < needed.length; i++) {
      Tensor g = found.get(i);
      if (g != null && needed[i]) {
        Gradient.require(name, "the gradient of input " + i, g, context.dtype(i), node.shape(i));
        parts[i] = g;
      }
    }
    return parts;
  }

  @Override
  public void release() {
    context.release();
  }
}
