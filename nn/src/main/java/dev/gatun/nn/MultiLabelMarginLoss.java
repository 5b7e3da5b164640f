package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `Σ max(0, 1 - (x[t] - x[i])) / C` over the classes `t` that are right and those `i` that are
/// not.
///
/// | operand | shape                                                            |
/// |---------|------------------------------------------------------------------|
/// | input   | `[N, C]` or `[C]`                                                |
/// | target  | that of input, I64: the right classes, and -1 behind the last one |
///
/// @param reduction what to do with the values
public record MultiLabelMarginLoss(Reduction reduction) implements Loss {
  /// With PyTorch's defaults.
  public MultiLabelMarginLoss() {
    this(Reduction.MEAN);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public MultiLabelMarginLoss withReduction(Reduction reduction) {
    return new MultiLabelMarginLoss(reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.multilabelMarginLoss(input, target, reduction);
  }

  @Override
  public String toString() {
    return "MultiLabelMarginLoss()";
  }
}
