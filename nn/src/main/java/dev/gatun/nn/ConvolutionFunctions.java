package dev.gatun.nn;

import dev.gatun.tensor.ConvOptions;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The convolutions of [F].
abstract sealed class ConvolutionFunctions extends VisionFunctions permits PoolingFunctions {
  ConvolutionFunctions() {}

  /// Cross-correlation with stride 1 and no padding; see [Conv1d].
  ///
  /// @param x `[N, in, L]`, or without `N`
  /// @param weight `[out, in, k]`
  /// @param bias `[out]`, or null
  /// @return `[N, out, *]`
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return x.conv1d(weight, bias);
  }

  /// Cross-correlation; see [Conv1d].
  ///
  /// @param x `[N, in, L]`, or without `N`
  /// @param weight `[out, in/groups, k]`
  /// @param bias `[out]`, or null
  /// @param options stride, padding, dilation, groups
  /// @return `[N, out, *]`
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return x.conv1d(weight, bias, options);
  }

  /// Cross-correlation with stride 1 and no padding; see [Conv2d].
  ///
  /// @param x `[N, in, H, W]`, or without `N`
  /// @param weight `[out, in, kH, kW]`
  /// @param bias `[out]`, or null
  /// @return `[N, out, *]`
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return x.conv2d(weight, bias);
  }

  /// Cross-correlation; see [Conv2d].
  ///
  /// @param x `[N, in, H, W]`, or without `N`
  /// @param weight `[out, in/groups, kH, kW]`
  /// @param bias `[out]`, or null
  /// @param options stride, padding, dilation, groups
  /// @return `[N, out, *]`
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return x.conv2d(weight, bias, options);
  }

  /// Cross-correlation with stride 1 and no padding; see [Conv3d].
  ///
  /// @param x `[N, in, D, H, W]`, or without `N`
  /// @param weight `[out, in, kD, kH, kW]`
  /// @param bias `[out]`, or null
  /// @return `[N, out, *]`
  public static Tensor conv3d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return x.conv3d(weight, bias);
  }

  /// Cross-correlation; see [Conv3d].
  ///
  /// @param x `[N, in, D, H, W]`, or without `N`
  /// @param weight `[out, in/groups, kD, kH, kW]`
  /// @param bias `[out]`, or null
  /// @param options stride, padding, dilation, groups
  /// @return `[N, out, *]`
  public static Tensor conv3d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return x.conv3d(weight, bias, options);
  }

  /// A transposed convolution; see [ConvTranspose1d].
  ///
  /// @param x `[N, in, L]`, or without `N`
  /// @param weight `[in, out/groups, k]`
  /// @param bias `[out]`, or null
  /// @param options stride, padding, dilation, groups, outputPadding
  /// @return `[N, out, *]`
  public static Tensor convTranspose1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return x.convTranspose1d(weight, bias, options);
  }

  /// A transposed convolution; see [ConvTranspose2d].
  ///
  /// @param x `[N, in, H, W]`, or without `N`
  /// @param weight `[in, out/groups, kH, kW]`
  /// @param bias `[out]`, or null
  /// @param options stride, padding, dilation, groups, outputPadding
  /// @return `[N, out, *]`
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return x.convTranspose2d(weight, bias, options);
  }

  /// A transposed convolution; see [ConvTranspose3d].
  ///
  /// @param x `[N, in, D, H, W]`, or without `N`
  /// @param weight `[in, out/groups, kD, kH, kW]`
  /// @param bias `[out]`, or null
  /// @param options stride, padding, dilation, groups, outputPadding
  /// @return `[N, out, *]`
  public static Tensor convTranspose3d(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return x.convTranspose3d(weight, bias, options);
  }

  /// The patches that a kernel reads, as columns; see [Unfold].
  ///
  /// @param x `[N, C, H, W]`, or without `N`
  /// @param kernelSize `{kH, kW}`
  /// @param options stride, padding, dilation
  /// @return `[N, C kH kW, L]`
  public static Tensor unfold(Tensor x, long[] kernelSize, ConvOptions options) {
    return x.im2col(kernelSize, options);
  }

  /// The sum of patches at their places; see [Fold].
  ///
  /// @param x `[N, C kH kW, L]`, or without `N`
  /// @param outputSize `{H, W}`
  /// @param kernelSize `{kH, kW}`
  /// @param options stride, padding, dilation
  /// @return `[N, C, H, W]`
  public static Tensor fold(Tensor x, long[] outputSize, long[] kernelSize, ConvOptions options) {
    return x.col2im(outputSize, kernelSize, options);
  }
}
