package dev.gatun.nn;

/// Cross-correlation over three dimensions.
///
/// | tensor   | shape                          |
/// |----------|--------------------------------|
/// | input    | `[N, in, D, H, W]`             |
/// | `weight` | `[out, in/groups, kD, kH, kW]` |
/// | `bias`   | `[out]`                        |
/// | result   | `[N, out, Dout, Hout, Wout]`   |
///
/// In each dimension the result's size is `⌊(size + 2 padding - dilation (kernel - 1) - 1) /
/// stride⌋
/// + 1`. The input and the result may lack `N`. [Convolution] says how weight and bias are drawn.
public sealed class Conv3d extends Correlation permits LazyConv3d {
  /// F32, with a bias, stride 1 and no padding.
  ///
  /// @param inChannels channels of the input
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  public Conv3d(long inChannels, long outChannels, long kernelSize) {
    this(Options.of(inChannels, outChannels, kernelSize));
  }

  /// F32, with a bias.
  ///
  /// @param inChannels channels of the input
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  /// @param stride the distance of positions
  /// @param padding zeros on both sides
  public Conv3d(long inChannels, long outChannels, long kernelSize, long stride, long padding) {
    this(Options.of(inChannels, outChannels, kernelSize).stride(stride).padding(padding));
  }

  /// With options: `new Conv3d(Conv3d.Options.of(3, 64, 3).stride(2).padding(1))`.
  ///
  /// @param options how to make it
  /// @throws IllegalArgumentException if they do not fit each other
  public Conv3d(Options options) {
    super(options, 3);
  }
}
