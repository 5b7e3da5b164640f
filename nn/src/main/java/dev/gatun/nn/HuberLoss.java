package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `d² / 2` of the error `d` where that is below delta, `delta (|d| - delta / 2)` elsewhere. Input
/// and target have the same shape.
///
/// @param delta where the parabola ends, above 0
/// @param reduction what to do with the values
public record HuberLoss(double delta, Reduction reduction) implements Loss {
  /// Checks the options.
  public HuberLoss {
    LossChecks.requirePositive("huberLoss", "delta", delta);
  }

  /// With PyTorch's defaults.
  public HuberLoss() {
    this(1, Reduction.MEAN);
  }

  /// A copy with another delta.
  ///
  /// @param delta where the parabola ends, above 0
  /// @return a new loss
  public HuberLoss withDelta(double delta) {
    return new HuberLoss(delta, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public HuberLoss withReduction(Reduction reduction) {
    return new HuberLoss(delta, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.huberLoss(input, target, delta, reduction);
  }

  @Override
  public String toString() {
    return "HuberLoss()";
  }
}
