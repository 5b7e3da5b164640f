package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// A [BatchNorm3d] that takes the channels of its input from the first one. Before that, its
/// parameters and running values are uninitialized; see [LazyModule].
public final class LazyBatchNorm3d extends BatchNorm3d implements LazyModule {
  /// PyTorch's defaults; see [NormOptions#batch].
  public LazyBatchNorm3d() {
    this(NormOptions.batch(0));
  }

  /// Makes the layer.
  ///
  /// @param options eps, momentum, and what there is to train and to track; its channels are not
  ///   looked at
  public LazyBatchNorm3d(NormOptions options) {
    super(options);
  }

  @Override
  public void initializeParameters(Tensor x) {
    initialize(x.size(1));
  }

  @Override
  public boolean hasUninitializedParameters() {
    return features() == 0;
  }
}
