package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Binary cross-entropy of `sigmoid(input)`, averaged over the classes, the last dimension. Input
/// and target are `[N, C]` or `[C]`, and the target is 0 or 1 for each class.
///
/// @param weight factor of each class, `[C]`; null means 1
/// @param reduction what to do with the values
public record MultiLabelSoftMarginLoss(@Nullable Tensor weight, Reduction reduction)
    implements Loss {
  /// With PyTorch's defaults.
  public MultiLabelSoftMarginLoss() {
    this(null, Reduction.MEAN);
  }

  /// A copy with another weight.
  ///
  /// @param weight factor of each class, `[C]`; null means 1
  /// @return a new loss
  public MultiLabelSoftMarginLoss withWeight(Tensor weight) {
    return new MultiLabelSoftMarginLoss(weight, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public MultiLabelSoftMarginLoss withReduction(Reduction reduction) {
    return new MultiLabelSoftMarginLoss(weight, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.multilabelSoftMarginLoss(input, target, weight, reduction);
  }

  @Override
  public String toString() {
    return "MultiLabelSoftMarginLoss()";
  }
}
