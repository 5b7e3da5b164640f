package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// The mean of every window over three dimensions of `[N, C, D, H, W]` or `[C, D, H, W]`.
public final class AvgPool3d extends Module {
  private final AvgPoolOptions options;

  /// Windows one beside the other.
  ///
  /// @param kernelSize of the windows, and their stride
  public AvgPool3d(long kernelSize) {
    this(AvgPoolOptions.of(kernelSize));
  }

  /// Windows of one size in all dimensions, without padding.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance
  public AvgPool3d(long kernelSize, long stride) {
    this(AvgPoolOptions.of(kernelSize).stride(stride));
  }

  /// Windows of one size in all dimensions.
  ///
  /// @param kernelSize of the windows
  /// @param stride their distance
  /// @param padding zeros at both ends, at most half of the kernel size
  public AvgPool3d(long kernelSize, long stride, long padding) {
    this(AvgPoolOptions.of(kernelSize).stride(stride).padding(padding));
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param options sizes of the windows
  public AvgPool3d(AvgPoolOptions options) {
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.avgPool3d(x, options);
  }

  @Override
  protected String extraRepr() {
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            Sizes.text(options.kernelSize()),
            Sizes.text(options.strideOrKernel()),
            Sizes.text(options.padding()));
  }
}
