package dev.gatun.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Differentiation as a function: PyTorch's `torch.autograd`.
public final class Autograd {
  private Autograd() {}

  /// Whether operations on this thread are recorded: PyTorch's `torch.is_grad_enabled()`.
  ///
  /// @return false inside [NoGrad] and [InferenceMode]
  public static boolean isRecording() {
    return Tape.isRecording();
  }

  /// The gradient of a scalar with respect to each of `inputs`; nothing is accumulated in leaves
  /// and the graph is freed.
  ///
  /// @param output one element
  /// @param inputs leaves or intermediate results
  /// @return one gradient per input, in the current scope
  /// @throws IllegalStateException if `output` or an input needs no gradient, or an input was not
  ///   used to compute `output`
  public static List<@Nullable Tensor> grad(Tensor output, Tensor... inputs) {
    return grad(List.of(output), List.of(inputs), new GradOptions());
  }

  /// The gradients of `outputs`, weighted by `gradOutputs`, with respect to `inputs`.
  ///
  /// @param outputs results that need a gradient
  /// @param inputs leaves or intermediate results
  /// @param gradOutputs one per output, in its shape; null means 1 for scalars
  /// @param retainGraph keeps what was saved for a further pass
  /// @param createGraph records this pass, for gradients of gradients; implies `retainGraph`
  /// @return one gradient per input, in the current scope
  /// @throws IllegalStateException if an output or input needs no gradient, or an input was not
  ///   used
  public static List<@Nullable Tensor> grad(
      List<Tensor> outputs,
      List<Tensor> inputs,
      @Nullable List<Tensor> gradOutputs,
      boolean retainGraph,
      boolean createGraph) {
    GradOptions options = new GradOptions();
    if (gradOutputs != null) {
      options = options.gradOutputs(gradOutputs.toArray(Tensor[]::new));
    }
    options = retainGraph ? options.retainGraph() : options;
    return grad(outputs, inputs, createGraph ? options.createGraph() : options);
  }

  /// The gradients of `outputs`, added up, with respect to `inputs`: PyTorch's
  /// `torch.autograd.grad`. Only operations between the two are differentiated, and nothing is
  /// accumulated in leaves.
  ///
  /// @param outputs results that need a gradient
  /// @param inputs leaves or intermediate results that need a gradient
  /// @param options gradients of the outputs, and whether to keep or create graphs
  /// @return one gradient per input, in the current scope; null for one that no output depends on,
  ///   if that is allowed. Where an input is an output its gradient may be the one that was given
  /// @throws IllegalStateException if an output or input needs no gradient, an input was not used
  ///   and that is not allowed, the graph was freed, or a saved tensor was changed in place since
  /// @throws ShapeException if a gradient is not of the shape and dtype of its output, or an output
  ///   without one has more than one element
  /// @throws IllegalArgumentException if there are not as many gradients as outputs
  public static List<@Nullable Tensor> grad(
      List<Tensor> outputs, List<Tensor> inputs, GradOptions options) {
    return Backward.grad(outputs, inputs, options);
  }

  /// Accumulates the gradients of `outputs` in the leaves that they were computed from: PyTorch's
  /// `torch.autograd.backward`.
  ///
  /// @param outputs results that need a gradient
  /// @param options gradients of the outputs, and whether to keep or create graphs
  /// @param inputs accumulate in these alone, which need not be leaves; none for every leaf
  /// @throws IllegalStateException if an output or input needs no gradient, the graph was freed, or
  ///   a saved tensor was changed in place since
  /// @throws ShapeException as [#grad(List, List, GradOptions)] does
  public static void backward(List<Tensor> outputs, GradOptions options, Tensor... inputs) {
    Backward.accumulate(outputs, options, inputs);
  }
}
