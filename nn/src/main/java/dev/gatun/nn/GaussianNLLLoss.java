package dev.gatun.nn;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;

/// Negative log-likelihood of samples under normal distributions: `(log v + (x - t)² / v) / 2` with
/// expected values `x`, samples `t` and variances `v` (Nix and Weigend, 1994).
///
/// | operand         | shape                                     |
/// |-----------------|-------------------------------------------|
/// | input, target   | `[*, D]`                                  |
/// | variance        | `[*, D]`, `[*, 1]` or `[*]`, not negative |
///
/// @param full whether the constant `log(2π) / 2` is added
/// @param eps what variances are at least taken to be; their gradient is not affected
/// @param reduction what to do with the values
public record GaussianNLLLoss(boolean full, double eps, Reduction reduction) {
  /// Checks the options.
  public GaussianNLLLoss {
    LossChecks.requirePositive("gaussianNllLoss", "eps", eps);
  }

  /// With PyTorch's defaults.
  public GaussianNLLLoss() {
    this(false, 1e-6, Reduction.MEAN);
  }

  /// A copy with another full.
  ///
  /// @param full whether the constant `log(2π) / 2` is added
  /// @return a new loss
  public GaussianNLLLoss withFull(boolean full) {
    return new GaussianNLLLoss(full, eps, reduction);
  }

  /// A copy with another eps.
  ///
  /// @param eps what variances are at least taken to be; their gradient is not affected
  /// @return a new loss
  public GaussianNLLLoss withEps(double eps) {
    return new GaussianNLLLoss(full, eps, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public GaussianNLLLoss withReduction(Reduction reduction) {
    return new GaussianNLLLoss(full, eps, reduction);
  }

  /// Computes the loss; it belongs to the current scope.
  ///
  /// @param input expected values
  /// @param target samples
  /// @param variance one for each, or for each row
  /// @return a scalar, or the shape of `input` without reduction
  public Tensor forward(Tensor input, Tensor target, Tensor variance) {
    LossChecks.requireSameShape("gaussianNllLoss", input, target);
    Tensor v = held(fitting(input, variance));
    Tensor loss = v.log().add(input.sub(target).square().div(v)).mul(0.5);
    Tensor all = full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss;
    return LossChecks.reduce("gaussianNllLoss", all, reduction);
  }

  private static Tensor fitting(Tensor input, Tensor variance) {
    long[] shape = input.shape();
    if (Arrays.equals(shape, variance.shape())) {
      return variance;
    }
    if (shape.length > 0) {
      int last = shape.length - 1;
      if (Arrays.equals(Arrays.copyOf(shape, last), variance.shape())) {
        return variance.unsqueeze(-1);
      }
      shape[last] = 1;
      if (Arrays.equals(shape, variance.shape())) {
        return variance;
      }
    }
    throw new ShapeException(
        "gaussianNllLoss: variance does not fit the input: %s and %s"
            .formatted(Numbers.text(variance.shape()), Numbers.text(input.shape())));
  }

  /// Not below eps, with the gradient of the variance as it was.
  private Tensor held(Tensor variance) {
    Tensor v = variance.detach();
    double least = v.numel() == 0 ? 0 : v.min().item();
    if (least < 0) {
      throw new IllegalArgumentException(
          "gaussianNllLoss: variance must not be negative: smallest " + least);
    }
    return least >= eps ? variance : variance.add(v.clampMin(eps).sub(v));
  }

  @Override
  public String toString() {
    return "GaussianNLLLoss()";
  }
}
