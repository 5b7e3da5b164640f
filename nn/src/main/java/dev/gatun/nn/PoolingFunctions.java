package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.ValuesIndices;

/// The poolings of [F].
abstract sealed class PoolingFunctions extends ConvolutionFunctions permits NormalizationFunctions {
  PoolingFunctions() {}

  /// The largest element of every window, one beside the other; see [MaxPool1d].
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param kernelSize of the windows: one number or one for each dimension
  /// @return one element for each window
  public static Tensor maxPool1d(Tensor x, long... kernelSize) {
    return x.maxPool1d(kernelSize);
  }

  /// The largest element of every window; see [MaxPool1d].
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param options sizes of the windows
  /// @return one element for each window
  public static Tensor maxPool1d(Tensor x, MaxPoolOptions options) {
    return x.maxPool1d(
        Sizes.array(options.kernelSize()),
        Sizes.array(options.stride()),
        Sizes.array(options.padding()),
        Sizes.array(options.dilation()),
        options.ceilMode());
  }

  /// The largest element of every window, and where it stands; see [MaxPool1d].
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param options sizes of the windows
  /// @return one element for each window, and its place in the flattened plane, I64
  public static ValuesIndices maxPool1dWithIndices(Tensor x, MaxPoolOptions options) {
    return x.maxPool1dWithIndices(
        Sizes.array(options.kernelSize()),
        Sizes.array(options.stride()),
        Sizes.array(options.padding()),
        Sizes.array(options.dilation()),
        options.ceilMode());
  }

  /// The largest element of every window, one beside the other; see [MaxPool2d].
  ///
  /// @param x `[N, C, H, W]` or `[C, H, W]`
  /// @param kernelSize of the windows: one number or one for each dimension
  /// @return one element for each window
  public static Tensor maxPool2d(Tensor x, long... kernelSize) {
    return x.maxPool2d(kernelSize);
  }

  /// The largest element of every window; see [MaxPool2d].
  ///
  /// @param x `[N, C, H, W]` or `[C, H, W]`
  /// @param options sizes of the windows
  /// @return one element for each window
  public static Tensor maxPool2d(Tensor x, MaxPoolOptions options) {
    return x.maxPool2d(
        Sizes.array(options.kernelSize()),
        Sizes.array(options.stride()),
        Sizes.array(options.padding()),
        Sizes.array(options.dilation()),
        options.ceilMode());
  }

  /// The largest element of every window, and where it stands; see [MaxPool2d].
  ///
  /// @param x `[N, C, H, W]` or `[C, H, W]`
  /// @param options sizes of the windows
  /// @return one element for each window, and its place in the flattened plane, I64
  public static ValuesIndices maxPool2dWithIndices(Tensor x, MaxPoolOptions options) {
    return x.maxPool2dWithIndices(
        Sizes.array(options.kernelSize()),
        Sizes.array(options.stride()),
        Sizes.array(options.padding()),
        Sizes.array(options.dilation()),
        options.ceilMode());
  }

  /// The largest element of every window, one beside the other; see [MaxPool3d].
  ///
  /// @param x `[N, C, D, H, W]` or `[C, D, H, W]`
  /// @param kernelSize of the windows: one number or one for each dimension
  /// @return one element for each window
  public static Tensor maxPool3d(Tensor x, long... kernelSize) {
    return x.maxPool3d(kernelSize);
  }

  /// The largest element of every window; see [MaxPool3d].
  ///
  /// @param x `[N, C, D, H, W]` or `[C, D, H, W]`
  /// @param options sizes of the windows
  /// @return one element for each window
  public static Tensor maxPool3d(Tensor x, MaxPoolOptions options) {
    return x.maxPool3d(
        Sizes.array(options.kernelSize()),
        Sizes.array(options.stride()),
        Sizes.array(options.padding()),
        Sizes.array(options.dilation()),
        options.ceilMode());
  }

  /// The largest element of every window, and where it stands; see [MaxPool3d].
  ///
  /// @param x `[N, C, D, H, W]` or `[C, D, H, W]`
  /// @param options sizes of the windows
  /// @return one element for each window, and its place in the flattened plane, I64
  public static ValuesIndices maxPool3dWithIndices(Tensor x, MaxPoolOptions options) {
    return x.maxPool3dWithIndices(
        Sizes.array(options.kernelSize()),
        Sizes.array(options.stride()),
        Sizes.array(options.padding()),
        Sizes.array(options.dilation()),
        options.ceilMode());
  }

  /// The mean of every window, one beside the other; see [AvgPool1d].
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param kernelSize of the windows: one number or one for each dimension
  /// @return one element for each window
  public static Tensor avgPool1d(Tensor x, long... kernelSize) {
    return x.avgPool1d(kernelSize);
  }

  /// The mean of every window; see [AvgPool1d].
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param options sizes of the windows
  /// @return one element for each window
  public static Tensor avgPool1d(Tensor x, AvgPoolOptions options) {
    return x.avgPool1d(
        Sizes.array(options.kernelSize()),
        Sizes.array(options.stride()),
        Sizes.array(options.padding()),
        options.ceilMode(),
        options.countIncludePad());
  }

  /// The mean of every window, one beside the other; see [AvgPool2d].
  ///
  /// @param x `[N, C, H, W]` or `[C, H, W]`
  /// @param kernelSize of the windows: one number or one for each dimension
  /// @return one element for each window
  public static Tensor avgPool2d(Tensor x, long... kernelSize) {
    return x.avgPool2d(kernelSize);
  }

  /// The mean of every window; see [AvgPool2d].
  ///
  /// @param x `[N, C, H, W]` or `[C, H, W]`
  /// @param options sizes of the windows
  /// @return one element for each window
  public static Tensor avgPool2d(Tensor x, AvgPoolOptions options) {
    return x.avgPool2d(
        Sizes.array(options.kernelSize()),
        Sizes.array(options.stride()),
        Sizes.array(options.padding()),
        options.ceilMode(),
        options.countIncludePad(),
        options.divisorOverride());
  }

  /// The mean of every window, one beside the other; see [AvgPool3d].
  ///
  /// @param x `[N, C, D, H, W]` or `[C, D, H, W]`
  /// @param kernelSize of the windows: one number or one for each dimension
  /// @return one element for each window
  public static Tensor avgPool3d(Tensor x, long... kernelSize) {
    return x.avgPool3d(kernelSize);
  }

  /// The mean of every window; see [AvgPool3d].
  ///
  /// @param x `[N, C, D, H, W]` or `[C, D, H, W]`
  /// @param options sizes of the windows
  /// @return one element for each window
  public static Tensor avgPool3d(Tensor x, AvgPoolOptions options) {
    return x.avgPool3d(
        Sizes.array(options.kernelSize()),
        Sizes.array(options.stride()),
        Sizes.array(options.padding()),
        options.ceilMode(),
        options.countIncludePad(),
        options.divisorOverride());
  }

  /// The means of windows that cover one dimension evenly.
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param outputSize of the result; -1 for that of the input
  /// @return one element for each window
  public static Tensor adaptiveAvgPool1d(Tensor x, long... outputSize) {
    return x.adaptiveAvgPool1d(outputSize);
  }

  /// The means of windows that cover two dimensions evenly.
  ///
  /// @param x `[N, C, H, W]` or `[C, H, W]`
  /// @param outputSize of the result; -1 for that of the input
  /// @return one element for each window
  public static Tensor adaptiveAvgPool2d(Tensor x, long... outputSize) {
    return x.adaptiveAvgPool2d(outputSize);
  }

  /// The means of windows that cover three dimensions evenly.
  ///
  /// @param x `[N, C, D, H, W]` or `[C, D, H, W]`
  /// @param outputSize of the result; -1 for that of the input
  /// @return one element for each window
  public static Tensor adaptiveAvgPool3d(Tensor x, long... outputSize) {
    return x.adaptiveAvgPool3d(outputSize);
  }

  /// The largest elements of windows that cover one dimension evenly.
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param outputSize of the result; -1 for that of the input
  /// @return one element for each window
  public static Tensor adaptiveMaxPool1d(Tensor x, long... outputSize) {
    return x.adaptiveMaxPool1d(outputSize);
  }

  /// The largest elements of windows that cover two dimensions evenly.
  ///
  /// @param x `[N, C, H, W]` or `[C, H, W]`
  /// @param outputSize of the result; -1 for that of the input
  /// @return one element for each window
  public static Tensor adaptiveMaxPool2d(Tensor x, long... outputSize) {
    return x.adaptiveMaxPool2d(outputSize);
  }

  /// The largest elements of windows that cover three dimensions evenly.
  ///
  /// @param x `[N, C, D, H, W]` or `[C, D, H, W]`
  /// @param outputSize of the result; -1 for that of the input
  /// @return one element for each window
  public static Tensor adaptiveMaxPool3d(Tensor x, long... outputSize) {
    return x.adaptiveMaxPool3d(outputSize);
  }

  /// The elements of `x` where the indices of a pooling say, among zeros; see [MaxUnpool1d].
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param indices places in the flattened plane of the result, I64, in the shape of `x`
  /// @param outputSize of a plane of the result
  /// @return a larger tensor
  public static Tensor maxUnpool1d(Tensor x, Tensor indices, long... outputSize) {
    return x.maxUnpool1d(indices, outputSize);
  }

  /// The elements of `x` where the indices of a pooling say, among zeros; see [MaxUnpool2d].
  ///
  /// @param x `[N, C, H, W]` or `[C, H, W]`
  /// @param indices places in the flattened plane of the result, I64, in the shape of `x`
  /// @param outputSize of a plane of the result
  /// @return a larger tensor
  public static Tensor maxUnpool2d(Tensor x, Tensor indices, long... outputSize) {
    return x.maxUnpool2d(indices, outputSize);
  }

  /// The elements of `x` where the indices of a pooling say, among zeros; see [MaxUnpool3d].
  ///
  /// @param x `[N, C, D, H, W]` or `[C, D, H, W]`
  /// @param indices places in the flattened plane of the result, I64, in the shape of `x`
  /// @param outputSize of a plane of the result
  /// @return a larger tensor
  public static Tensor maxUnpool3d(Tensor x, Tensor indices, long... outputSize) {
    return x.maxUnpool3d(indices, outputSize);
  }

  /// `(Σ xᵖ)^(1/p)` over windows; see [LPPool1d].
  ///
  /// @param x `[N, C, L]` or `[C, L]`
  /// @param normType `p`
  /// @param options kernel size, stride and ceil mode of the windows
  /// @return one element for each window
  public static Tensor lpPool1d(Tensor x, double normType, AvgPoolOptions options) {
    Tensor means = avgPool1d(x.pow(normType), options);
    // The root of what rounding brought below 0 would be NaN.
    Tensor sums = means.sign().mul(means.abs().relu()).mul(elements(options, 1));
    return sums.pow(1 / normType);
  }

  /// `(Σ xᵖ)^(1/p)` over windows; see [LPPool2d].
  ///
  /// @param x `[N, C, H, W]` or `[C, H, W]`
  /// @param normType `p`
  /// @param options kernel size, stride and ceil mode of the windows
  /// @return one element for each window
  public static Tensor lpPool2d(Tensor x, double normType, AvgPoolOptions options) {
    Tensor means = avgPool2d(x.pow(normType), options);
    // The root of what rounding brought below 0 would be NaN.
    Tensor sums = means.sign().mul(means.abs().relu()).mul(elements(options, 2));
    return sums.pow(1 / normType);
  }

  private static double elements(AvgPoolOptions options, int dims) {
    double elements = 1;
    for (int i = 0; i < dims; i++) {
      elements *= options.kernelSize().get(options.kernelSize().size() == 1 ? 0 : i);
    }
    return elements;
  }
}
