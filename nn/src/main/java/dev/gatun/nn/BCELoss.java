package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Binary cross-entropy of probabilities: `-w (t log x + (1 - t) log(1 - x))`, with logarithms not
/// below -100. Input and target have the same shape and are 0 to 1; [BCEWithLogitsLoss] is the one
/// to train with.
///
/// @param weight factor `w` of each value, broadcast to the input; null means 1
/// @param reduction what to do with the values
public record BCELoss(@Nullable Tensor weight, Reduction reduction) implements Loss {
  /// With PyTorch's defaults.
  public BCELoss() {
    this(null, Reduction.MEAN);
  }

  /// A copy with another weight.
  ///
  /// @param weight factor `w` of each value, broadcast to the input; null means 1
  /// @return a new loss
  public BCELoss withWeight(Tensor weight) {
    return new BCELoss(weight, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public BCELoss withReduction(Reduction reduction) {
    return new BCELoss(weight, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.binaryCrossEntropy(input, target, weight, reduction);
  }

  @Override
  public String toString() {
    return "BCELoss()";
  }
}
