package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// Normalizations of images and other samples with channels, `[N, C, *]`. Results belong to the
/// current scope; dtypes are F32 and F64, BF16 and F16 are computed in F32.
public sealed interface ChannelNormOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `(x - mean) / √(variance + eps) weight + bias`, with the mean and the biased variance of every
  /// channel over all samples (Ioffe and Szegedy, arXiv:1502.03167), as one operation.
  ///
  /// In training the running values move towards those of this batch, in place: `running = (1 -
  /// momentum) running + momentum value`, where the variance is the unbiased one. In evaluation
  /// they are what is normalized with.
  ///
  /// | operand                                           | shape       |
  /// |---------------------------------------------------|-------------|
  /// | this                                              | `[N, C, *]` |
  /// | `runningMean`, `runningVar`, `weight` and `bias`  | `[C]`       |
  /// | result                                            | `[N, C, *]` |
  ///
  /// @param runningMean changed in training; null for none, which evaluation does not allow
  /// @param runningVar the same
  /// @param weight null for 1
  /// @param bias null for 0
  /// @param training whether to use and note the values of this batch
  /// @param momentum share of the new values
  /// @param eps added to the variance
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit, or training meets one value per channel
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor batchNorm(
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    var running = new ChannelNormCall.Running(runningMean, runningVar, momentum);
    return new ChannelNormCall("batchNorm", weight, bias, eps).batch(self(), running, training);
  }

  /// `(x - mean) / √(variance + eps) weight + bias`, with the mean and the biased variance of every
  /// group of channels of every sample (Wu and He, arXiv:1803.08494), as one operation.
  ///
  /// @param groups how many groups the channels are cut in
  /// @param weight `[C]`; null for 1
  /// @param bias `[C]`; null for 0
  /// @param eps added to the variance
  /// @return a new tensor in the shape of this, `[N, C, *]`
  /// @throws ShapeException if the shapes do not fit, or there is one value per group
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor groupNorm(
      long groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return new ChannelNormCall("groupNorm", weight, bias, eps).group(self(), groups);
  }

  /// `(x - mean) / √(variance + eps) weight + bias`, with the mean and the biased variance of every
  /// channel of every sample (Ulyanov, Vedaldi and Lempitsky, arXiv:1607.08022), as one operation.
  ///
  /// Running values are the means over the samples; they change, and take the place of those of the
  /// input, as in [#batchNorm].
  ///
  /// @param runningMean `[C]`, changed where the input's values are used; null for none
  /// @param runningVar the same
  /// @param weight `[C]`; null for 1
  /// @param bias `[C]`; null for 0
  /// @param useInputStats whether to normalize with the values of the input
  /// @param momentum share of the new values
  /// @param eps added to the variance
  /// @return a new tensor in the shape of this, `[N, C, *]`
  /// @throws ShapeException if the shapes do not fit, or there is one value per channel
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor instanceNorm(
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean useInputStats,
      double momentum,
      double eps) {
    var running = new ChannelNormCall.Running(runningMean, runningVar, momentum);
    var call = new ChannelNormCall("instanceNorm", weight, bias, eps);
    return call.instance(self(), running, useInputStats);
  }
}
