package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x` where the target is 1, `max(0, margin - x)` where it is -1: for distances of pairs that
/// belong together or do not. Input and target have the same shape.
///
/// @param margin the distance from which on a pair is far enough
/// @param reduction what to do with the values
public record HingeEmbeddingLoss(double margin, Reduction reduction) implements Loss {
  /// With PyTorch's defaults.
  public HingeEmbeddingLoss() {
    this(1, Reduction.MEAN);
  }

  /// A copy with another margin.
  ///
  /// @param margin the distance from which on a pair is far enough
  /// @return a new loss
  public HingeEmbeddingLoss withMargin(double margin) {
    return new HingeEmbeddingLoss(margin, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public HingeEmbeddingLoss withReduction(Reduction reduction) {
    return new HingeEmbeddingLoss(margin, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.hingeEmbeddingLoss(input, target, margin, reduction);
  }

  @Override
  public String toString() {
    return "HingeEmbeddingLoss()";
  }
}
