package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `|input - target|`; input and target have the same shape.
///
/// @param reduction what to do with the values
public record L1Loss(Reduction reduction) implements Loss {
  /// Averages.
  public L1Loss() {
    this(Reduction.MEAN);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.l1Loss(input, target, reduction);
  }

  @Override
  public String toString() {
    return "L1Loss()";
  }
}
