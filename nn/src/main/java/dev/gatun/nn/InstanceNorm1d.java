package dev.gatun.nn;

/// `(x - mean) / √(variance + eps) · weight + bias` with the mean and variance of every channel of
/// every sample, `[C, L]` or `[N, C, L]` (Ulyanov, Vedaldi and Lempitsky, arXiv:1607.08022).
///
/// Where running values are tracked, they are the means over the samples; training uses the values
/// of the input and evaluation the running ones. Else both use those of the input.
public sealed class InstanceNorm1d extends InstanceNorm permits LazyInstanceNorm1d {
  /// PyTorch's defaults: nothing to train or to track; see [NormOptions#instance].
  ///
  /// @param numFeatures channels of the input
  public InstanceNorm1d(long numFeatures) {
    this(NormOptions.instance(numFeatures));
  }

  /// Makes the layer.
  ///
  /// @param options channels, eps, momentum, and what there is to train and to track
  public InstanceNorm1d(NormOptions options) {
    super(options, 1);
  }
}
