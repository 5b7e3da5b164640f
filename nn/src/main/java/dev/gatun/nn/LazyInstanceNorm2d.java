package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// A [InstanceNorm2d] that takes the channels of its input from the first one. Before that, its
/// parameters and running values are uninitialized; see [LazyModule].
public final class LazyInstanceNorm2d extends InstanceNorm2d implements LazyModule {
  /// PyTorch's defaults; see [NormOptions#instance].
  public LazyInstanceNorm2d() {
    this(NormOptions.instance(0));
  }

  /// Makes the layer.
  ///
  /// @param options eps, momentum, and what there is to train and to track; its channels are not
  ///   looked at
  public LazyInstanceNorm2d(NormOptions options) {
    super(options);
  }

  @Override
  public void initializeParameters(Tensor x) {
    initialize(x.size(-3));
  }

  @Override
  public boolean hasUninitializedParameters() {
    return features() == 0;
  }
}
