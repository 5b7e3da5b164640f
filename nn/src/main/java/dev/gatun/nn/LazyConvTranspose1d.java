package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// A [ConvTranspose1d] that takes the channels of its input from the first one. Before that, its
/// parameters are uninitialized; see [LazyModule].
public final class LazyConvTranspose1d extends ConvTranspose1d implements LazyModule {
  /// F32, with a bias, stride 1 and no padding.
  ///
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  public LazyConvTranspose1d(long outChannels, long kernelSize) {
    this(Options.lazy(outChannels, kernelSize));
  }

  /// With options: `new LazyConvTranspose1d(ConvTranspose1d.Options.lazy(64, 3).stride(2))`.
  ///
  /// @param options how to make it
  /// @throws IllegalArgumentException if they do not fit each other
  public LazyConvTranspose1d(Options options) {
    super(options);
  }

  @Override
  public void initializeParameters(Tensor x) {
    initialize(x);
  }
}
