package dev.gatun.nn;

/// Cross-correlation over two dimensions.
///
/// | tensor   | shape                      |
/// |----------|----------------------------|
/// | input    | `[N, in, H, W]`            |
/// | `weight` | `[out, in/groups, kH, kW]` |
/// | `bias`   | `[out]`                    |
/// | result   | `[N, out, Hout, Wout]`     |
///
/// In each dimension the result's size is `⌊(size + 2 padding - dilation (kernel - 1) - 1) /
/// stride⌋
/// + 1`. The input and the result may lack `N`. [Convolution] says how weight and bias are drawn.
public sealed class Conv2d extends Correlation permits LazyConv2d {
  /// F32, with a bias, stride 1 and no padding.
  ///
  /// @param inChannels channels of the input
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  public Conv2d(long inChannels, long outChannels, long kernelSize) {
    this(Options.of(inChannels, outChannels, kernelSize));
  }

  /// F32, with a bias.
  ///
  /// @param inChannels channels of the input
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  /// @param stride the distance of positions
  /// @param padding zeros on both sides
  public Conv2d(long inChannels, long outChannels, long kernelSize, long stride, long padding) {
    this(Options.of(inChannels, outChannels, kernelSize).stride(stride).padding(padding));
  }

  /// With options: `new Conv2d(Conv2d.Options.of(3, 64, 3).stride(2).padding(1))`.
  ///
  /// @param options how to make it
  /// @throws IllegalArgumentException if they do not fit each other
  public Conv2d(Options options) {
    super(options, 2);
  }
}
