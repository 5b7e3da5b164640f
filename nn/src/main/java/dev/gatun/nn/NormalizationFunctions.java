package dev.gatun.nn;

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
}
