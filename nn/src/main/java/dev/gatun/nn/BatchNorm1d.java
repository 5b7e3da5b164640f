package dev.gatun.nn;

/// `(x - mean) / √(variance + eps) · weight + bias` with the mean and variance of every channel
/// over the batch, `[N, C]` or `[N, C, L]` (Ioffe and Szegedy, arXiv:1502.03167).
///
/// In training running values move towards those of each batch, the variance as its unbiased
/// estimate; evaluation normalizes with them. Weight and running variance start as 1, bias and
/// running mean as 0.
public sealed class BatchNorm1d extends BatchNorm permits LazyBatchNorm1d {
  /// PyTorch's defaults; see [NormOptions#batch].
  ///
  /// @param numFeatures channels of the input
  public BatchNorm1d(long numFeatures) {
    this(NormOptions.batch(numFeatures));
  }

  /// Makes the layer.
  ///
  /// @param options channels, eps, momentum, and what there is to train and to track
  public BatchNorm1d(NormOptions options) {
    super(options, 2, 3);
  }
}
