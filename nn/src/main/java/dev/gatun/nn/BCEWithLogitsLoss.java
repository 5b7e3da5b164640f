package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Binary cross-entropy of `sigmoid(input)` against targets of 0 to 1, computed without overflow:
/// `-w (p t log σ(x) + (1 - t) log(1 - σ(x)))`. Input and target have the same shape.
///
/// @param weight factor `w` of each value, broadcast to the input; null means 1
/// @param posWeight factor `p` of the positive part, broadcast to the input; null means 1
/// @param reduction what to do with the values; the mean is not divided by the weights
public record BCEWithLogitsLoss(
    @Nullable Tensor weight, @Nullable Tensor posWeight, Reduction reduction) implements Loss {
  /// Unweighted, averages.
  public BCEWithLogitsLoss() {
    this(null, null, Reduction.MEAN);
  }

  /// A copy with weights.
  ///
  /// @param weight factor of each value, broadcast to the input
  /// @return a new loss
  public BCEWithLogitsLoss withWeight(Tensor weight) {
    return new BCEWithLogitsLoss(weight, posWeight, reduction);
  }

  /// A copy with weights of the positive part.
  ///
  /// @param posWeight factor of the positive part, broadcast to the input
  /// @return a new loss
  public BCEWithLogitsLoss withPosWeight(Tensor posWeight) {
    return new BCEWithLogitsLoss(weight, posWeight, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public BCEWithLogitsLoss withReduction(Reduction reduction) {
    return new BCEWithLogitsLoss(weight, posWeight, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.binaryCrossEntropyWithLogits(input, target, weight, posWeight, reduction);
  }

  @Override
  public String toString() {
    return "BCEWithLogitsLoss()";
  }
}
