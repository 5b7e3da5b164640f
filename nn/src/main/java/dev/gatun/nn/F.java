package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Layers and losses as functions. Every result belongs to the current scope.
public final class F extends LossFunctions {
  private F() {}

  /// `x Wᵀ + b` over the last dimension.
  ///
  /// @param x `[*, in]`
  /// @param weight `[out, in]`
  /// @param bias `[out]`, or null
  /// @return `[*, out]`
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return x.linear(weight, bias);
  }

  /// As [#dropout(Tensor, double, boolean, Generator)], drawing from the process's generator.
  ///
  /// @param x any shape
  /// @param p the probability of an element to be zeroed
  /// @param training false returns `x` itself
  /// @return the shape of `x`
  public static Tensor dropout(Tensor x, double p, boolean training) {
    return dropout(x, p, training, Generator.shared());
  }

  /// Zeroes each element with probability `p` and multiplies the others by `1 / (1 - p)`.
  ///
  /// @param x any shape, F32 or F64
  /// @param p the probability of an element to be zeroed, 0 to 1
  /// @param training false returns `x` itself
  /// @param generator where the elements to drop are drawn from
  /// @return the shape of `x`
  public static Tensor dropout(Tensor x, double p, boolean training, Generator generator) {
    requireProbability(p);
    if (!training || p == 0) {
      return x;
    }
    if (p == 1) {
      return x.mul(0);
    }
    // Drawn in F32 whatever the dtype, so that a seed drops the same elements in both.
    Tensor kept = Tensor.rand(generator, DType.F32, x.shape()).ge(p);
    return x.mul(kept.to(x.dtype()).mul_(1 / (1 - p)));
  }

  /// Zeroes each channel with probability `p`; see [Dropout1d].
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param p the probability of a channel to be zeroed, 0 to 1
  /// @param training false returns `x` itself
  /// @param generator where the channels to drop are drawn from
  /// @return the shape of `x`
  public static Tensor dropout1d(Tensor x, double p, boolean training, Generator generator) {
    return DropoutFunctions.channels("dropout1d", x, 1, p, training, generator);
  }

  /// Zeroes each channel with probability `p`; see [Dropout2d].
  ///
  /// @param x `[N, C, H, W]`, or `[N, C, L]`
  /// @param p the probability of a channel to be zeroed, 0 to 1
  /// @param training false returns `x` itself
  /// @param generator where the channels to drop are drawn from
  /// @return the shape of `x`
  public static Tensor dropout2d(Tensor x, double p, boolean training, Generator generator) {
    return DropoutFunctions.channels("dropout2d", x, 2, p, training, generator);
  }

  /// Zeroes each channel with probability `p`; see [Dropout3d].
  ///
  /// @param x `[N, C, D, H, W]` or `[C, D, H, W]`
  /// @param p the probability of a channel to be zeroed, 0 to 1
  /// @param training false returns `x` itself
  /// @param generator where the channels to drop are drawn from
  /// @return the shape of `x`
  public static Tensor dropout3d(Tensor x, double p, boolean training, Generator generator) {
    return DropoutFunctions.channels("dropout3d", x, 3, p, training, generator);
  }

  /// Drops elements to where mean and variance stay; see [AlphaDropout].
  ///
  /// @param x any shape
  /// @param p the probability to be dropped, 0 to 1
  /// @param training false returns `x` itself
  /// @param generator where what to drop is drawn from
  /// @return the shape of `x`
  public static Tensor alphaDropout(Tensor x, double p, boolean training, Generator generator) {
    return DropoutFunctions.alpha("alphaDropout", x, p, training, false, generator);
  }

  /// Drops channels to where mean and variance stay; see [FeatureAlphaDropout].
  ///
  /// @param x `[N, C, *]`
  /// @param p the probability to be dropped, 0 to 1
  /// @param training false returns `x` itself
  /// @param generator where what to drop is drawn from
  /// @return the shape of `x`
  public static Tensor featureAlphaDropout(
      Tensor x, double p, boolean training, Generator generator) {
    return DropoutFunctions.alpha("featureAlphaDropout", x, p, training, true, generator);
  }

  static void requireProbability(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("dropout: p must be between 0 and 1: " + p);
    }
  }
}
