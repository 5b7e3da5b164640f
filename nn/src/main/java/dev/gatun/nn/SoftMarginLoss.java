package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `log(1 + exp(-t x))` with targets `t` of 1 or -1. Input and target have the same shape.
///
/// @param reduction what to do with the values
public record SoftMarginLoss(Reduction reduction) implements Loss {
  /// With PyTorch's defaults.
  public SoftMarginLoss() {
    this(Reduction.MEAN);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public SoftMarginLoss withReduction(Reduction reduction) {
    return new SoftMarginLoss(reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.softMarginLoss(input, target, reduction);
  }

  @Override
  public String toString() {
    return "SoftMarginLoss()";
  }
}
