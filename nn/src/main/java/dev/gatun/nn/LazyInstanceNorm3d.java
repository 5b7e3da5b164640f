package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// A [InstanceNorm3d] that takes the channels of its input from the first one. Before that, its
/// parameters and running values are uninitialized; see [LazyModule].
public final class LazyInstanceNorm3d extends InstanceNorm3d implements LazyModule {
  /// PyTorch's defaults; see [NormOptions#instance].
  public LazyInstanceNorm3d() {
    this(NormOptions.instance(0));
  }

  /// Makes the layer.
  ///
  /// @param options eps, momentum, and what there is to train and to track; its channels are not
  ///   looked at
  public LazyInstanceNorm3d(NormOptions options) {
    super(options);
  }

  @Override
  public void initializeParameters(Tensor x) {
    initialize(x.size(-4));
  }

  @Override
  public boolean hasUninitializedParameters() {
    return features() == 0;
  }
}
