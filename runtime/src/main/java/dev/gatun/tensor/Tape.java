package dev.gatun.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records operations, and knows whether this thread does.
final class Tape {
  /// One for each thread, changed where it is: regions without recording open and close often.
  private static final class Switch {
    boolean on = true;
  }

  private static final ThreadLocal<Switch> RECORDING = ThreadLocal.withInitial(Switch::new);

  private Tape() {}

  static boolean isRecording() {
    return RECORDING.get().on;
  }

  static void recording(boolean on) {
    RECORDING.get().on = on;
  }

  /// Gives the result of an operation on one or two inputs, of which one needs a gradient, its node
  /// when recording is on.
  static Tensor record(Op op, Tensor output, Tensor a, @Nullable Tensor b) {
    if (output.dtype.isFloating() && isRecording()) {
      output.node = Node.of(op, output, a, b);
    }
    return output;
  }

  /// Gives `output` its node when recording is on and an input needs a gradient.
  static Tensor record(Op op, Tensor output, Tensor... inputs) {
    if (output.dtype.isFloating() && anyRequiresGrad(inputs) && isRecording()) {
      output.node = Node.of(op, output, inputs);
    }
    return output;
  }

  /// Gives the results of one operation their common node, when recording is on and an input needs
  /// a gradient.
  static List<Tensor> record(Op.Several op, List<Tensor> outputs, Tensor... inputs) {
    if (anyRequiresGrad(inputs) && isRecording()) {
      Node.Several node = null;
      for (int k = 0; k < outputs.size(); k++) {
        Tensor output = outputs.get(k);
        if (output.dtype.isFloating() && op.differentiable(k)) {
          if (node == null) {
            node = Node.of(op, outputs, inputs);
          }
          output.node = new Node.Part(node, k);
        }
      }
    }
    return outputs;
  }

  private static boolean anyRequiresGrad(Tensor[] inputs) {
    for (Tensor input : inputs) {
      if (input.requiresGrad()) {
        return true;
      }
    }
    return false;
  }
}
