package dev.gatun.nn.optim;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/// Limits gradients between backward and the step, PyTorch's `torch.nn.utils.clip_grad_norm_` and
/// `clip_grad_value_`. Nothing of the size of a parameter is allocated.
public final class Gradients {
  private Gradients() {}

  /// As [#clipGradNorm_(List, double, double, boolean)] by the Euclidean norm.
  ///
  /// @param parameters those without a gradient are passed over
  /// @param maxNorm what the norm is brought down to
  /// @return the norm before
  @CanIgnoreReturnValue
  public static double clipGradNorm_(List<? extends Tensor> parameters, double maxNorm) {
    return clipGradNorm_(parameters, maxNorm, 2, false);
  }

  /// Scales all gradients by one factor, `min(1, maxNorm / (norm + 1e-6))`, where `norm` is that of
  /// all of them in a row.
  ///
  /// @param parameters those without a gradient are passed over
  /// @param maxNorm what the norm is brought down to
  /// @param normType which norm, positive; infinity takes the largest size
  /// @param errorIfNonfinite whether a norm that is NaN or infinite is an error; else it scales the
  ///   gradients all the same
  /// @return the norm before; 0 without gradients
  /// @throws ArithmeticException if the norm is not finite and that is an error; nothing was
  ///   changed then
  @CanIgnoreReturnValue
  public static double clipGradNorm_(
      List<? extends Tensor> parameters,
      double maxNorm,
      double normType,
      boolean errorIfNonfinite) {
    if (!(normType > 0)) {
      throw new IllegalArgumentException("clipGradNorm_: norm type must be positive: " + normType);
    }
    List<Tensor> gradients = gradients(parameters);
    if (gradients.isEmpty()) {
      return 0;
    }
    try (var _ = NoGrad.open();
        var _ = Scope.open("clip")) {
      Tensor norms =
          Tensor.stack(gradients.stream().map(gradient -> norm(gradient, normType)).toList(), 0);
      Tensor norm = norms.norm(normType);
      double total = norm.item();
      if (errorIfNonfinite && !Double.isFinite(total)) {
        throw new ArithmeticException(
            "clipGradNorm_: the norm of the gradients is not finite: %s (order %s)"
                .formatted(total, normType));
      }
      double factor = norm.add(1e-6).reciprocal().mul(maxNorm).item();
      if (!(factor >= 1)) {
        gradients.forEach(gradient -> gradient.mul_(factor));
      }
      return total;
    }
  }

  private static Tensor norm(Tensor gradient, double normType) {
    return gradient.numel() == 0 ? Tensor.scalar(gradient.dtype(), 0) : gradient.norm(normType);
  }

  /// Cuts every element of the gradients to `[-clipValue, clipValue]`.
  ///
  /// @param parameters those without a gradient are passed over
  /// @param clipValue the largest size that is left
  public static void clipGradValue_(List<? extends Tensor> parameters, double clipValue) {
    if (!(clipValue >= 0)) {
      throw new IllegalArgumentException(
          "clipGradValue_: clip value must not be negative: " + clipValue);
    }
    try (var _ = NoGrad.open()) {
      gradients(parameters).forEach(gradient -> gradient.clamp_(-clipValue, clipValue));
    }
  }

  private static List<Tensor> gradients(List<? extends Tensor> parameters) {
    return parameters.stream()
        .filter(parameter -> parameter.grad() != null)
        .map(parameter -> Objects.requireNonNull(parameter.grad()))
        .toList();
  }
}
