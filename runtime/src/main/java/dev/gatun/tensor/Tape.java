package dev.gatun.tensor;

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

  private static boolean anyRequiresGrad(Tensor[] inputs) {
    for (Tensor input : inputs) {
      if (input.requiresGrad()) {
        return true;
      }
    }
    return false;
  }
}
