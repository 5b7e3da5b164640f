package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// Convolutions, transposed convolutions, and the columns they are products of. They are computed
/// as products of tiles of a bounded size, never of all columns at once. Results belong to the
/// current scope.
///
/// Dtypes: F32 or F64, the same for all operands. An input may lack the batch dimension; the result
/// lacks it then. Backward: the gradients are convolutions themselves, with gradients of any order.
public sealed interface ConvolutionOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// As [#conv1d(Tensor, Tensor, ConvOptions)], with stride 1 and no padding.
  ///
  /// @param weight `[out, in, k]`
  /// @param bias `[out]`, or null
  /// @return `[N, out, L - k + 1]`
  default Tensor conv1d(Tensor weight, @Nullable Tensor bias) {
    return conv1d(weight, bias, ConvOptions.DEFAULT);
  }

  /// Cross-correlation along one dimension.
  ///
  /// | operand  | shape                  |
  /// |----------|------------------------|
  /// | this     | `[N, in, L]`           |
  /// | `weight` | `[out, in/groups, k]`  |
  /// | `bias`   | `[out]`                |
  /// | result   | `[N, out, Lout]`       |
  ///
  /// `Lout = ⌊(L + 2 padding - dilation (k - 1) - 1) / stride⌋ + 1`
  ///
  /// @param weight the kernels
  /// @param bias null for none
  /// @param options stride, padding, dilation, groups
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor conv1d(Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return Convolutions.conv("conv1d", 1, self(), weight, bias, options);
  }

  /// As [#conv2d(Tensor, Tensor, ConvOptions)], with stride 1 and no padding.
  ///
  /// @param weight `[out, in, kH, kW]`
  /// @param bias `[out]`, or null
  /// @return `[N, out, H - kH + 1, W - kW + 1]`
  default Tensor conv2d(Tensor weight, @Nullable Tensor bias) {
    return conv2d(weight, bias, ConvOptions.DEFAULT);
  }

  /// Cross-correlation over two dimensions.
  ///
  /// | operand  | shape                      |
  /// |----------|----------------------------|
  /// | this     | `[N, in, H, W]`            |
  /// | `weight` | `[out, in/groups, kH, kW]` |
  /// | `bias`   | `[out]`                    |
  /// | result   | `[N, out, Hout, Wout]`     |
  ///
  /// Sizes as for [#conv1d(Tensor, Tensor, ConvOptions)], in each dimension.
  ///
  /// @param weight the kernels
  /// @param bias null for none
  /// @param options stride, padding, dilation, groups
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor conv2d(Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return Convolutions.conv("conv2d", 2, self(), weight, bias, options);
  }

  /// As [#conv3d(Tensor, Tensor, ConvOptions)], with stride 1 and no padding.
  ///
  /// @param weight `[out, in, kD, kH, kW]`
  /// @param bias `[out]`, or null
  /// @return `[N, out, D - kD + 1, H - kH + 1, W - kW + 1]`
  default Tensor conv3d(Tensor weight, @Nullable Tensor bias) {
    return conv3d(weight, bias, ConvOptions.DEFAULT);
  }

  /// Cross-correlation over three dimensions: `[N, in, D, H, W]` with `[out, in/groups, kD, kH,
  /// kW]`, otherwise as [#conv2d(Tensor, Tensor, ConvOptions)].
  ///
  /// @param weight the kernels
  /// @param bias `[out]`, or null
  /// @param options stride, padding, dilation, groups
  /// @return `[N, out, Dout, Hout, Wout]`
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor conv3d(Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return Convolutions.conv("conv3d", 3, self(), weight, bias, options);
  }

  /// The transpose of a convolution along one dimension: the gradient of [#conv1d(Tensor, Tensor,
  /// ConvOptions)] with respect to its input, plus a bias.
  ///
  /// | operand  | shape                 |
  /// |----------|-----------------------|
  /// | this     | `[N, in, L]`          |
  /// | `weight` | `[in, out/groups, k]` |
  /// | `bias`   | `[out]`               |
  /// | result   | `[N, out, Lout]`      |
  ///
  /// `Lout = (L - 1) stride - 2 padding + dilation (k - 1) + outputPadding + 1`
  ///
  /// @param weight the kernels
  /// @param bias null for none
  /// @param options stride, padding, dilation, groups, outputPadding
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor convTranspose1d(Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return Convolutions.transposed("convTranspose1d", 1, self(), weight, bias, options);
  }

  /// The transpose of a convolution over two dimensions, as [#convTranspose1d].
  ///
  /// @param weight `[in, out/groups, kH, kW]`
  /// @param bias `[out]`, or null
  /// @param options stride, padding, dilation, groups, outputPadding
  /// @return `[N, out, Hout, Wout]`
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor convTranspose2d(Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return Convolutions.transposed("convTranspose2d", 2, self(), weight, bias, options);
  }

  /// The transpose of a convolution over three dimensions, as [#convTranspose1d].
  ///
  /// @param weight `[in, out/groups, kD, kH, kW]`
  /// @param bias `[out]`, or null
  /// @param options stride, padding, dilation, groups, outputPadding
  /// @return `[N, out, Dout, Hout, Wout]`
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor convTranspose3d(Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return Convolutions.transposed("convTranspose3d", 3, self(), weight, bias, options);
  }

  /// The patches that a kernel would read, as columns: PyTorch's `functional.unfold`. All of them
  /// are there at once: convolutions themselves do without.
  ///
  /// @param kernel `{kH, kW}`
  /// @param options stride, padding, dilation
  /// @return `[N, C kH kW, L]` for this `[N, C, H, W]`, with `L` the number of positions
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if this is not F32 or F64
  default Tensor im2col(long[] kernel, ConvOptions options) {
    return Columns.im2col(self(), kernel.clone(), options);
  }

  /// The sum of patches at the places that [#im2col] reads them from: PyTorch's `functional.fold`.
  ///
  /// @param outputSize `{H, W}`
  /// @param kernel `{kH, kW}`
  /// @param options stride, padding, dilation
  /// @return `[N, C, H, W]` for this `[N, C kH kW, L]`
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if this is not F32 or F64
  default Tensor col2im(long[] outputSize, long[] kernel, ConvOptions options) {
    return Columns.col2im(self(), outputSize.clone(), kernel.clone(), options);
  }
}
