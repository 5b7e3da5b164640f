package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `1 - cos(x1, x2)` where the target is 1, `max(0, cos(x1, x2) - margin)` where it is -1.
///
/// | operand | shape             |
/// |---------|-------------------|
/// | inputs  | `[N, D]` or `[D]` |
/// | target  | `[N]` or `[]`     |
///
/// @param margin the cosine up to which a pair is far enough, -1 to 1
/// @param reduction what to do with the values
public record CosineEmbeddingLoss(double margin, Reduction reduction) {
  /// With PyTorch's defaults.
  public CosineEmbeddingLoss() {
    this(0, Reduction.MEAN);
  }

  /// A copy with another margin.
  ///
  /// @param margin the cosine up to which a pair is far enough, -1 to 1
  /// @return a new loss
  public CosineEmbeddingLoss withMargin(double margin) {
    return new CosineEmbeddingLoss(margin, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public CosineEmbeddingLoss withReduction(Reduction reduction) {
    return new CosineEmbeddingLoss(margin, reduction);
  }

  /// Computes the loss; it belongs to the current scope.
  ///
  /// @param input1 `[N, D]` or `[D]`
  /// @param input2 the shape of `input1`
  /// @param target 1 or -1, `[N]` or `[]`
  /// @return a scalar, or the shape of the target without reduction
  public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
    return F.cosineEmbeddingLoss(input1, input2, target, margin, reduction);
  }

  @Override
  public String toString() {
    return "CosineEmbeddingLoss()";
  }
}
