package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// The sum of patches at their places, the transpose of [Unfold]: `[N, C kH kW, L]` to `[N, C, H,
/// W]`, with `L` the number of positions. Either may lack `N`.
public final class Fold extends Module {
  private final long[] size;
  private final long[] kernel;
  private final PatchSettings settings;

  /// Patches side by side in steps of 1, without padding.
  ///
  /// @param outputSize one size, or `H, W`
  /// @param kernelSize one size, or `kH, kW`
  public Fold(long[] outputSize, long... kernelSize) {
    this(outputSize, kernelSize, new long[] {1}, new long[] {0}, new long[] {1});
  }

  /// Makes the layer; each argument has one value, or one for each dimension.
  ///
  /// @param outputSize of the result
  /// @param kernelSize of the patches
  /// @param dilation the distance of their elements
  /// @param padding positions on both sides that are dropped
  /// @param stride the distance of patches
  /// @throws IllegalArgumentException for another number of values, or values too small
  public Fold(
      long[] outputSize, long[] kernelSize, long[] dilation, long[] padding, long[] stride) {
    settings = PatchSettings.of("Fold", dilation, padding, stride);
    size = outputSize.clone();
    kernel = kernelSize.clone();
    long[] _ = settings.pair("outputSize", size, 1);
    long[] _ = settings.pair("kernelSize", kernel, 1);
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.col2im(
        settings.pair("outputSize", size, 1),
        settings.pair("kernelSize", kernel, 1),
        settings.options());
  }

  @Override
  protected String extraRepr() {
    return "output_size=%s, kernel_size=%s, %s"
        .formatted(PatchSettings.text(size), PatchSettings.text(kernel), settings.text());
  }
}
