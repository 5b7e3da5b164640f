package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `max(0, margin - t (x1 - x2))`: with a target `t` of 1 the first input should be larger by the
/// margin, with -1 the second. The operands have the same rank and broadcast.
///
/// @param margin by how much one should be larger
/// @param reduction what to do with the values
public record MarginRankingLoss(double margin, Reduction reduction) {
  /// With PyTorch's defaults.
  public MarginRankingLoss() {
    this(0, Reduction.MEAN);
  }

  /// A copy with another margin.
  ///
  /// @param margin by how much one should be larger
  /// @return a new loss
  public MarginRankingLoss withMargin(double margin) {
    return new MarginRankingLoss(margin, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public MarginRankingLoss withReduction(Reduction reduction) {
    return new MarginRankingLoss(margin, reduction);
  }

  /// Computes the loss; it belongs to the current scope.
  ///
  /// @param input1 any shape
  /// @param input2 the shape of `input1`
  /// @param target 1 or -1
  /// @return a scalar, or the shape of the inputs without reduction
  public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
    return F.marginRankingLoss(input1, input2, target, margin, reduction);
  }

  @Override
  public String toString() {
    return "MarginRankingLoss()";
  }
}
