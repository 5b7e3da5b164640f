package dev.gatun.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records operations, and knows whether this thread does.
final class Tape {
  /// One for each thread, changed where it is: regions without recording open and close often.
  private static final class Switch {
    boolean on = true;
    boolean inference;
    @Nullable Recomputation recomputation;
    @Nullable Backward pass;
  }

  private static final ThreadLocal<Switch> RECORDING = ThreadLocal.withInitial(Switch::new);

  private Tape() {}

  static boolean isRecording() {
    Switch state = RECORDING.get();
    return state.on && !state.inference;
  }

  /// Whether recording is on but for inference mode.
  static boolean isOn() {
    return RECORDING.get().on;
  }

  static boolean isInference() {
    return RECORDING.get().inference;
  }

  static void inference(boolean on) {
    RECORDING.get().inference = on;
  }

  /// The call of [Checkpoint] that this thread is in.
  static @Nullable Recomputation recomputation() {
    return RECORDING.get().recomputation;
  }

  static void recomputation(@Nullable Recomputation call) {
    RECORDING.get().recomputation = call;
  }

  /// The pass over a graph that this thread is in.
  static @Nullable Backward pass() {
    return RECORDING.get().pass;
  }

  static void pass(@Nullable Backward pass) {
    RECORDING.get().pass = pass;
  }

  /// Refuses to close a region on another thread than the one that opened it.
  static void requireOwner(String region, Thread owner) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "%s of thread '%s' was closed by thread '%s'"
              .formatted(region, owner.getName(), Thread.currentThread().getName()));
    }
  }

  static void recording(boolean on) {
    RECORDING.get().on = on;
  }

  /// Gives the result of an operation on one or two inputs, of which one needs a gradient, its node
  /// when recording is on.
  static Tensor record(Op op, Tensor output, Tensor a, @Nullable Tensor b) {
    if (output.dtype.isFloating() && isRecording()) {
      if (output instanceof View view
          && output.storage != a.storage
          && (b == null || output.storage != b.storage)) {
        view.standAlone();
      }
      output.node = noted(Node.of(op, output, a, b), output);
    }
    return output;
  }

  /// Gives `output` its node when recording is on and an input needs a gradient.
  static Tensor record(Op op, Tensor output, Tensor... inputs) {
    if (output.dtype.isFloating() && anyRequiresGrad(inputs) && isRecording()) {
      separate(output, inputs);
      output.node = noted(Node.of(op, output, inputs), output);
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
          separate(output, inputs);
          noted(node, output);
          output.node = new Node.Part(node, k);
        }
      }
    }
    return outputs;
  }

  /// Lets a region that looks for NaN know of a node.
  static Node noted(Node node, Tensor output) {
    if (Anomaly.isOn()) {
      Anomaly.recorded(node, output);
    }
    return node;
  }

  /// A result that was copied and then seen in another way is no view of an operand.
  private static void separate(Tensor output, Tensor... inputs) {
    if (output instanceof View view) {
      for (Tensor input : inputs) {
        if (input.storage == output.storage) {
          return;
        }
      }
      view.standAlone();
    }
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
