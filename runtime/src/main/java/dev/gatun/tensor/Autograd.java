package dev.gatun.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Differentiation as a function: PyTorch's `torch.autograd`.
public final class Autograd {
  private Autograd() {}

  /// Whether operations on this thread are recorded.
  ///
  /// @return false inside [NoGrad]
  public static boolean isRecording() {
    return Tape.isRecording();
  }

  /// The gradient of a scalar with respect to each of `inputs`; nothing is accumulated in leaves
  /// and the graph is freed.
  ///
  /// @param output one element
  /// @param inputs leaves or intermediate results
  /// @return one gradient per input, in the current scope, null where `output` does not depend on
  ///   it
  public static List<@Nullable Tensor> grad(Tensor output, Tensor... inputs) {
    return grad(List.of(output), List.of(inputs), null, false, false);
  }

  /// The gradients of `outputs`, weighted by `gradOutputs`, with respect to `inputs`.
  ///
  /// @param outputs results that need a gradient
  /// @param inputs leaves or intermediate results
  /// @param gradOutputs one per output, in its shape; null means 1 for scalars
  /// @param retainGraph keeps what was saved for a further pass
  /// @param createGraph records this pass, for gradients of gradients; implies `retainGraph`
  /// @return one gradient per input, in the current scope, null where no output depends on it
  /// @throws IllegalStateException if an output or input needs no gradient
  public static List<@Nullable Tensor> grad(
      List<Tensor> outputs,
      List<Tensor> inputs,
      @Nullable List<Tensor> gradOutputs,
      boolean retainGraph,
      boolean createGraph) {
    if (gradOutputs != null && gradOutputs.size() != outputs.size()) {
      throw new IllegalArgumentException(
          "grad: %d outputs but %d gradients of outputs"
              .formatted(outputs.size(), gradOutputs.size()));
    }
    return Backward.grad(outputs, inputs, gradOutputs, retainGraph || createGraph, createGraph);
  }
}
