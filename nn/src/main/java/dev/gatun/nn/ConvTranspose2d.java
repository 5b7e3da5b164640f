package dev.gatun.nn;

/// The transpose of a convolution over two dimensions: what the gradient of [Conv2d] with respect
/// to its input computes. Not its inverse.
///
/// | tensor   | shape                      |
/// |----------|----------------------------|
/// | input    | `[N, in, H, W]`            |
/// | `weight` | `[in, out/groups, kH, kW]` |
/// | `bias`   | `[out]`                    |
/// | result   | `[N, out, Hout, Wout]`     |
///
/// In each dimension the result's size is `(size - 1) stride - 2 padding + dilation (kernel - 1) +
/// outputPadding + 1`. The input and the result may lack `N`. [Convolution] says how weight and
/// bias are drawn.
public sealed class ConvTranspose2d extends Transposed permits LazyConvTranspose2d {
  /// F32, with a bias, stride 1 and no padding.
  ///
  /// @param inChannels channels of the input
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  public ConvTranspose2d(long inChannels, long outChannels, long kernelSize) {
    this(Options.of(inChannels, outChannels, kernelSize));
  }

  /// F32, with a bias.
  ///
  /// @param inChannels channels of the input
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  /// @param stride the distance of positions
  /// @param padding positions dropped on both sides
  public ConvTranspose2d(
      long inChannels, long outChannels, long kernelSize, long stride, long padding) {
    this(Options.of(inChannels, outChannels, kernelSize).stride(stride).padding(padding));
  }

  /// With options: `new ConvTranspose2d(ConvTranspose2d.Options.of(3, 64,
  /// 3).stride(2).padding(1))`.
  ///
  /// @param options how to make it
  /// @throws IllegalArgumentException if they do not fit each other
  public ConvTranspose2d(Options options) {
    super(options, 2);
  }
}
