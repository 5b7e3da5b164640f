package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `(input - target)²`; input and target have the same shape.
///
/// @param reduction what to do with the values
public record MSELoss(Reduction reduction) implements Loss {
  /// Averages.
  public MSELoss() {
    this(Reduction.MEAN);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.mseLoss(input, target, reduction);
  }

  @Override
  public String toString() {
    return "MSELoss()";
  }
}
