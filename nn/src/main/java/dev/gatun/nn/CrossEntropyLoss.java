package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Cross-entropy of `softmax(input)` against a class or a distribution over classes.
///
/// | operand          | shape                          |
/// |------------------|--------------------------------|
/// | input (logits)   | `[C]`, `[N, C]` or `[N, C, *]` |
/// | target, classes  | `[]`, `[N]` or `[N, *]`, I64   |
/// | or distributions | that of input, floating        |
///
/// @param weight factor of each class, `[C]`; null means 1
/// @param ignoreIndex a target class that adds nothing
/// @param labelSmoothing share of the target that is spread evenly over the classes, 0 to 1
/// @param reduction what to do with the values; the mean over target classes is weighted
public record CrossEntropyLoss(
    @Nullable Tensor weight, long ignoreIndex, double labelSmoothing, Reduction reduction)
    implements Loss {
  /// The target that is ignored unless another is named.
  public static final long IGNORE_INDEX = -100;

  /// Checks the label smoothing.
  public CrossEntropyLoss {
    ClassLosses.requireSmoothing(labelSmoothing);
  }

  /// Unweighted, ignores -100, does not smooth, averages.
  public CrossEntropyLoss() {
    this(null, IGNORE_INDEX, 0, Reduction.MEAN);
  }

  /// A copy with class weights.
  ///
  /// @param weight factor of each class, `[C]`
  /// @return a new loss
  public CrossEntropyLoss withWeight(Tensor weight) {
    return new CrossEntropyLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// A copy that ignores another target.
  ///
  /// @param ignoreIndex a target class that adds nothing
  /// @return a new loss
  public CrossEntropyLoss withIgnoreIndex(long ignoreIndex) {
    return new CrossEntropyLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// A copy with label smoothing.
  ///
  /// @param labelSmoothing share of the target that is spread evenly over the classes, 0 to 1
  /// @return a new loss
  public CrossEntropyLoss withLabelSmoothing(double labelSmoothing) {
    return new CrossEntropyLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public CrossEntropyLoss withReduction(Reduction reduction) {
    return new CrossEntropyLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return ClassLosses.crossEntropy(input, target, this);
  }

  @Override
  public String toString() {
    return "CrossEntropyLoss()";
  }
}
