package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The normalizations of [F].
abstract sealed class NormalizationFunctions extends PoolingFunctions permits ActivationFunctions {
  NormalizationFunctions() {}

  /// `(x - mean) / √(variance + eps) · weight + bias` over the last dimensions; see [LayerNorm].
  ///
  /// @param x `[*, normalizedShape]`
  /// @param normalizedShape the last dimensions of `x`
  /// @param weight `normalizedShape`, or null
  /// @param bias `normalizedShape`, or null
  /// @param eps added to the variance
  /// @return the shape of `x`
  public static Tensor layerNorm(
      Tensor x,
      long[] normalizedShape,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    return x.layerNorm(normalizedShape, weight, bias, eps);
  }

  /// Normalization of every channel over a batch; see [BatchNorm2d].
  ///
  /// @param x `[N, C, *]`
  /// @param runningMean `[C]`, changed in training; or null
  /// @param runningVar the same
  /// @param weight `[C]`, or null
  /// @param bias `[C]`, or null
  /// @param training whether to normalize with the values of `x`
  /// @param momentum share of the new values in the running ones
  /// @param eps added to the variance
  /// @return the shape of `x`
  public static Tensor batchNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    return x.batchNorm(runningMean, runningVar, weight, bias, training, momentum, eps);
  }

  /// Normalization of every channel of every sample; see [InstanceNorm2d].
  ///
  /// @param x `[N, C, *]`
  /// @param runningMean `[C]`, changed where the values of `x` are used; or null
  /// @param runningVar the same
  /// @param weight `[C]`, or null
  /// @param bias `[C]`, or null
  /// @param useInputStats whether to normalize with the values of `x`
  /// @param momentum share of the new values in the running ones
  /// @param eps added to the variance
  /// @return the shape of `x`
  public static Tensor instanceNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean useInputStats,
      double momentum,
      double eps) {
    return x.instanceNorm(runningMean, runningVar, weight, bias, useInputStats, momentum, eps);
  }

  /// Normalization of groups of channels of every sample; see [GroupNorm].
  ///
  /// @param x `[N, C, *]`
  /// @param numGroups how many groups the channels are cut in
  /// @param weight `[C]`, or null
  /// @param bias `[C]`, or null
  /// @param eps added to the variance
  /// @return the shape of `x`
  public static Tensor groupNorm(
      Tensor x, long numGroups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return x.groupNorm(numGroups, weight, bias, eps);
  }

  /// `x / √(mean(x²) + eps) · weight` over the last dimensions; see [RMSNorm].
  ///
  /// @param x `[*, normalizedShape]`
  /// @param normalizedShape the last dimensions of `x`
  /// @param weight `normalizedShape`, or null
  /// @param eps added to the mean of the squares; null for the smallest step of the dtype at 1
  /// @return the shape of `x`
  public static Tensor rmsNorm(
      Tensor x, long[] normalizedShape, @Nullable Tensor weight, @Nullable Double eps) {
    return x.rmsNorm(normalizedShape, weight, eps == null ? step(x.dtype()) : eps);
  }

  /// The distance of 1 from the next larger number.
  private static double step(DType dtype) {
    return switch (dtype) {
      case F64 -> Math.ulp(1.0);
      case BF16 -> 0x1p-7;
      case F16 -> 0x1p-10;
      case F32, I32, I64, U8, BOOL -> Math.ulp(1.0f);
    };
  }

  /// `x / (k + alpha · mean(x² of the channels around))^beta`; see [LocalResponseNorm].
  ///
  /// @param x `[N, C, *]`
  /// @param size how many channels, the own one in their middle
  /// @param alpha factor of the mean
  /// @param beta exponent
  /// @param k added to it
  /// @return the shape of `x`
  public static Tensor localResponseNorm(Tensor x, long size, double alpha, double beta, double k) {
    requireSize(size);
    if (x.dim() < 3) {
      throw new ShapeException(
          "localResponseNorm: needs at least 3 dims, got shape " + Numbers.text(x.shape()));
    }
    if (x.numel() == 0) {
      return x;
    }
    // Channels become a dimension to pool over, padding of zeros included.
    Tensor squares = x.square().reshape(x.size(0), 1, x.size(1), -1);
    Tensor padded = squares.pad(0, 0, size / 2, (size - 1) / 2);
    long[] stride = {1};
    Tensor means = padded.avgPool2d(new long[] {size, 1}, stride, new long[] {0}, false, true, 0);
    return x.div(means.reshape(x.shape()).mul(alpha).add(k).pow(beta));
  }

  static void requireSize(long size) {
    if (size < 1) {
      throw new IllegalArgumentException("localResponseNorm: size must be positive: " + size);
    }
  }
}
