package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// A [BatchNorm2d] that takes the channels of its input from the first one. Before that, its
/// parameters and running values are uninitialized; see [LazyModule].
public final class LazyBatchNorm2d extends BatchNorm2d implements LazyModule {
  /// PyTorch's defaults; see [NormOptions#batch].
  public LazyBatchNorm2d() {
    this(NormOptions.batch(0));
  }

  /// Makes the layer.
  ///
  /// @param options eps, momentum, and what there is to train and to track; its channels are not
  ///   looked at
  public LazyBatchNorm2d(NormOptions options) {
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
