package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// A [ConvTranspose3d] that takes the channels of its input from the first one. Before that, its
/// parameters are uninitialized; see [LazyModule].
public final class LazyConvTranspose3d extends ConvTranspose3d implements LazyModule {
  /// F32, with a bias, stride 1 and no padding.
  ///
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  public LazyConvTranspose3d(long outChannels, long kernelSize) {
    this(Options.lazy(outChannels, kernelSize));
  }

  /// With options: `new LazyConvTranspose3d(ConvTranspose3d.Options.lazy(64, 3).stride(2))`.
  ///
  /// @param options how to make it
  /// @throws IllegalArgumentException if they do not fit each other
  public LazyConvTranspose3d(Options options) {
    super(options);
  }

  @Override
  public void initializeParameters(Tensor x) {
    initialize(x);
  }
}
