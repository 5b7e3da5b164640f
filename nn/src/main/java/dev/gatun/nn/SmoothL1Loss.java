package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `d² / (2 beta)` of the error `d` where that is below beta, `|d| - beta / 2` elsewhere (Girshick,
/// arXiv:1504.08083). Input and target have the same shape.
///
/// @param beta where the parabola ends; 0 makes it the absolute error
/// @param reduction what to do with the values
public record SmoothL1Loss(double beta, Reduction reduction) implements Loss {
  /// Checks the options.
  public SmoothL1Loss {
    LossChecks.requireNotNegative("smoothL1Loss", "beta", beta);
  }

  /// With PyTorch's defaults.
  public SmoothL1Loss() {
    this(1, Reduction.MEAN);
  }

  /// A copy with another beta.
  ///
  /// @param beta where the parabola ends; 0 makes it the absolute error
  /// @return a new loss
  public SmoothL1Loss withBeta(double beta) {
    return new SmoothL1Loss(beta, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public SmoothL1Loss withReduction(Reduction reduction) {
    return new SmoothL1Loss(beta, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.smoothL1Loss(input, target, beta, reduction);
  }

  @Override
  public String toString() {
    return "SmoothL1Loss()";
  }
}
