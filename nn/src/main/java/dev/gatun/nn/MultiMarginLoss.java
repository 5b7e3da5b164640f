package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// `Σ w[t] max(0, margin - x[t] + x[i])ᵖ / C` over the classes `i` other than the right one, `t`.
///
/// | operand | shape             |
/// |---------|-------------------|
/// | input   | `[N, C]` or `[C]` |
/// | target  | `[N]` or `[]`, I64 |
///
/// @param p the power, 1 or 2
/// @param margin by how much the right class should be ahead
/// @param weight factor of each class, `[C]`; null means 1
/// @param reduction what to do with the values
public record MultiMarginLoss(int p, double margin, @Nullable Tensor weight, Reduction reduction)
    implements Loss {
  /// Checks the options.
  public MultiMarginLoss {
    MarginFunctions.requirePower(p);
  }

  /// With PyTorch's defaults.
  public MultiMarginLoss() {
    this(1, 1, null, Reduction.MEAN);
  }

  /// A copy with another p.
  ///
  /// @param p the power, 1 or 2
  /// @return a new loss
  public MultiMarginLoss withP(int p) {
    return new MultiMarginLoss(p, margin, weight, reduction);
  }

  /// A copy with another margin.
  ///
  /// @param margin by how much the right class should be ahead
  /// @return a new loss
  public MultiMarginLoss withMargin(double margin) {
    return new MultiMarginLoss(p, margin, weight, reduction);
  }

  /// A copy with another weight.
  ///
  /// @param weight factor of each class, `[C]`; null means 1
  /// @return a new loss
  public MultiMarginLoss withWeight(Tensor weight) {
    return new MultiMarginLoss(p, margin, weight, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public MultiMarginLoss withReduction(Reduction reduction) {
    return new MultiMarginLoss(p, margin, weight, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.multiMarginLoss(input, target, p, margin, weight, reduction);
  }

  @Override
  public String toString() {
    return "MultiMarginLoss()";
  }
}
