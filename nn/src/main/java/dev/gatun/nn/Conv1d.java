package dev.gatun.nn;

/// Cross-correlation over one dimension.
///
/// | tensor   | shape                 |
/// |----------|-----------------------|
/// | input    | `[N, in, L]`          |
/// | `weight` | `[out, in/groups, k]` |
/// | `bias`   | `[out]`               |
/// | result   | `[N, out, Lout]`      |
///
/// In each dimension the result's size is `⌊(size + 2 padding - dilation (kernel - 1) - 1) /
/// stride⌋
/// + 1`. The input and the result may lack `N`. [Convolution] says how weight and bias are drawn.
public sealed class Conv1d extends Correlation permits LazyConv1d {
  /// F32, with a bias, stride 1 and no padding.
  ///
  /// @param inChannels channels of the input
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  public Conv1d(long inChannels, long outChannels, long kernelSize) {
    this(Options.of(inChannels, outChannels, kernelSize));
  }

  /// F32, with a bias.
  ///
  /// @param inChannels channels of the input
  /// @param outChannels channels of the result
  /// @param kernelSize size of the kernel in each dimension
  /// @param stride the distance of positions
  /// @param padding zeros on both sides
  public Conv1d(long inChannels, long outChannels, long kernelSize, long stride, long padding) {
    this(Options.of(inChannels, outChannels, kernelSize).stride(stride).padding(padding));
  }

  /// With options: `new Conv1d(Conv1d.Options.of(3, 64, 3).stride(2).padding(1))`.
  ///
  /// @param options how to make it
  /// @throws IllegalArgumentException if they do not fit each other
  public Conv1d(Options options) {
    super(options, 1);
  }
}
