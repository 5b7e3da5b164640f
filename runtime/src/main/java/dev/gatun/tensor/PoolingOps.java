package dev.gatun.tensor;

/// Operations that join the elements of windows, as a convolution does: the last one, two or three
/// dimensions are a plane, and each plane is pooled by itself. Results belong to the current scope.
///
/// | tensor                | shape                                 |
/// |-----------------------|---------------------------------------|
/// | this, one dimension   | `[C, L]` or `[N, C, L]`               |
/// | this, two dimensions  | `[C, H, W]` or `[N, C, H, W]`         |
/// | this, three dimensions| `[C, D, H, W]` or `[N, C, D, H, W]`   |
/// | result                | as this, with the number of windows   |
///
/// Along each dimension there are `⌊(size + 2 padding - dilation (kernel - 1) - 1) / stride⌋ + 1`
/// windows; with `ceilMode` rounded up, where windows that would begin in the padding after the end
/// are left out. Every size is one value for all dimensions or one for each; an empty stride means
/// the kernel size. Dtypes: F32 and F64; BF16 and F16 are computed in F32. Names and values are
/// PyTorch's.
public sealed interface PoolingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The largest element of every window over one dimension, one beside the other.
  ///
  /// @param kernelSize of the windows, and their stride
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor maxPool1d(long... kernelSize) {
    return maxPool1d(kernelSize, new long[0], new long[] {0}, new long[] {1}, false);
  }

  /// The largest element of every window over one dimension. NaN is larger than all; padding is
  /// never taken. The gradient goes to the first of equals.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance; empty for the kernel size
  /// @param padding at both ends, at most half of the kernel size
  /// @param dilation distance of the elements of a window
  /// @param ceilMode whether a window may stand over the end
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor maxPool1d(
      long[] kernelSize, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
    String op = "maxPool1d";
    var arguments = PoolArguments.of(op, 1, kernelSize, stride, padding, dilation, ceilMode);
    return PoolArguments.max(op, self(), arguments.plan(self(), 0, false));
  }

  /// As [#maxPool1d(long[], long[], long[], long[], boolean)], and where the elements stand.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance; empty for the kernel size
  /// @param padding at both ends, at most half of the kernel size
  /// @param dilation distance of the elements of a window
  /// @param ceilMode whether a window may stand over the end
  /// @return the elements, and their places in the flattened plane, I64
  /// @throws ShapeException if the shape does not fit
  default ValuesIndices maxPool1dWithIndices(
      long[] kernelSize, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
    String op = "maxPool1d";
    var arguments = PoolArguments.of(op, 1, kernelSize, stride, padding, dilation, ceilMode);
    return PoolArguments.maxWithIndices(op, self(), arguments.plan(self(), 0, false));
  }

  /// The largest element of every window over two dimensions, one beside the other.
  ///
  /// @param kernelSize of the windows, and their stride
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor maxPool2d(long... kernelSize) {
    return maxPool2d(kernelSize, new long[0], new long[] {0}, new long[] {1}, false);
  }

  /// The largest element of every window over two dimensions. NaN is larger than all; padding is
  /// never taken. The gradient goes to the first of equals.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance; empty for the kernel size
  /// @param padding at both ends, at most half of the kernel size
  /// @param dilation distance of the elements of a window
  /// @param ceilMode whether a window may stand over the end
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor maxPool2d(
      long[] kernelSize, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
    String op = "maxPool2d";
    var arguments = PoolArguments.of(op, 2, kernelSize, stride, padding, dilation, ceilMode);
    return PoolArguments.max(op, self(), arguments.plan(self(), 0, false));
  }

  /// As [#maxPool2d(long[], long[], long[], long[], boolean)], and where the elements stand.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance; empty for the kernel size
  /// @param padding at both ends, at most half of the kernel size
  /// @param dilation distance of the elements of a window
  /// @param ceilMode whether a window may stand over the end
  /// @return the elements, and their places in the flattened plane, I64
  /// @throws ShapeException if the shape does not fit
  default ValuesIndices maxPool2dWithIndices(
      long[] kernelSize, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
    String op = "maxPool2d";
    var arguments = PoolArguments.of(op, 2, kernelSize, stride, padding, dilation, ceilMode);
    return PoolArguments.maxWithIndices(op, self(), arguments.plan(self(), 0, false));
  }

  /// The largest element of every window over three dimensions, one beside the other.
  ///
  /// @param kernelSize of the windows, and their stride
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor maxPool3d(long... kernelSize) {
    return maxPool3d(kernelSize, new long[0], new long[] {0}, new long[] {1}, false);
  }

  /// The largest element of every window over three dimensions. NaN is larger than all; padding is
  /// never taken. The gradient goes to the first of equals.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance; empty for the kernel size
  /// @param padding at both ends, at most half of the kernel size
  /// @param dilation distance of the elements of a window
  /// @param ceilMode whether a window may stand over the end
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor maxPool3d(
      long[] kernelSize, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
    String op = "maxPool3d";
    var arguments = PoolArguments.of(op, 3, kernelSize, stride, padding, dilation, ceilMode);
    return PoolArguments.max(op, self(), arguments.plan(self(), 0, false));
  }

  /// As [#maxPool3d(long[], long[], long[], long[], boolean)], and where the elements stand.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance; empty for the kernel size
  /// @param padding at both ends, at most half of the kernel size
  /// @param dilation distance of the elements of a window
  /// @param ceilMode whether a window may stand over the end
  /// @return the elements, and their places in the flattened plane, I64
  /// @throws ShapeException if the shape does not fit
  default ValuesIndices maxPool3dWithIndices(
      long[] kernelSize, long[] stride, long[] padding, long[] dilation, boolean ceilMode) {
    String op = "maxPool3d";
    var arguments = PoolArguments.of(op, 3, kernelSize, stride, padding, dilation, ceilMode);
    return PoolArguments.maxWithIndices(op, self(), arguments.plan(self(), 0, false));
  }

  /// The mean of every window over one dimension, one beside the other.
  ///
  /// @param kernelSize of the windows, and their stride
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor avgPool1d(long... kernelSize) {
    return avgPool1d(kernelSize, new long[0], new long[] {0}, false, true);
  }

  /// The mean of every window over one dimension.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance; empty for the kernel size
  /// @param padding zeros at both ends, at most half of the kernel size
  /// @param ceilMode whether a window may stand over the end
  /// @param countIncludePad whether padding counts as elements
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor avgPool1d(
      long[] kernelSize, long[] stride, long[] padding, boolean ceilMode, boolean countIncludePad) {
    String op = "avgPool1d";
    var arguments = PoolArguments.of(op, 1, kernelSize, stride, padding, ceilMode);
    return PoolArguments.average(op, self(), arguments.plan(self(), 0, countIncludePad));
  }

  /// The mean of every window over two dimensions, one beside the other.
  ///
  /// @param kernelSize of the windows, and their stride
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor avgPool2d(long... kernelSize) {
    return avgPool2d(kernelSize, new long[0], new long[] {0}, false, true, 0);
  }

  /// The mean of every window over two dimensions.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance; empty for the kernel size
  /// @param padding zeros at both ends, at most half of the kernel size
  /// @param ceilMode whether a window may stand over the end
  /// @param countIncludePad whether padding counts as elements
  /// @param divisorOverride what sums are divided by; 0 for the number of elements
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor avgPool2d(
      long[] kernelSize,
      long[] stride,
      long[] padding,
      boolean ceilMode,
      boolean countIncludePad,
      long divisorOverride) {
    String op = "avgPool2d";
    var arguments = PoolArguments.of(op, 2, kernelSize, stride, padding, ceilMode);
    return PoolArguments.average(
        op, self(), arguments.plan(self(), (double) divisorOverride, countIncludePad));
  }

  /// The mean of every window over three dimensions, one beside the other.
  ///
  /// @param kernelSize of the windows, and their stride
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor avgPool3d(long... kernelSize) {
    return avgPool3d(kernelSize, new long[0], new long[] {0}, false, true, 0);
  }

  /// The mean of every window over three dimensions.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance; empty for the kernel size
  /// @param padding zeros at both ends, at most half of the kernel size
  /// @param ceilMode whether a window may stand over the end
  /// @param countIncludePad whether padding counts as elements
  /// @param divisorOverride what sums are divided by; 0 for the number of elements
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor avgPool3d(
      long[] kernelSize,
      long[] stride,
      long[] padding,
      boolean ceilMode,
      boolean countIncludePad,
      long divisorOverride) {
    String op = "avgPool3d";
    var arguments = PoolArguments.of(op, 3, kernelSize, stride, padding, ceilMode);
    return PoolArguments.average(
        op, self(), arguments.plan(self(), (double) divisorOverride, countIncludePad));
  }
}
