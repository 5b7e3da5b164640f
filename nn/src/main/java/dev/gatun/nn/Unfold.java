package dev.gatun.nn;

import dev.gatun.tensor.ConvOptions;
import dev.gatun.tensor.Tensor;

/// The patches that a kernel reads, as columns: `[N, C, H, W]` to `[N, C kH kW, L]`, with `L` the
/// number of positions. Either may lack `N`.
public final class Unfold extends Module {
  private final long[] kernel;
  private final PatchSettings settings;

  /// Patches side by side in steps of 1, without padding.
  ///
  /// @param kernelSize one size, or `kH, kW`
  public Unfold(long... kernelSize) {
    this(kernelSize, new long[] {1}, new long[] {0}, new long[] {1});
  }

  /// Makes the layer; each argument has one value, or one for each dimension.
  ///
  /// @param kernelSize of the patches
  /// @param dilation the distance of their elements
  /// @param padding zeros on both sides
  /// @param stride the distance of patches
  /// @throws IllegalArgumentException for another number of values, or values too small
  public Unfold(long[] kernelSize, long[] dilation, long[] padding, long[] stride) {
    settings = PatchSettings.of("Unfold", dilation, padding, stride);
    kernel = kernelSize.clone();
    long[] _ = settings.pair("kernelSize", kernel, 1);
  }

  @Override
  public Tensor forward(Tensor x) {
    ConvOptions options = settings.options();
    return x.im2col(settings.pair("kernelSize", kernel, 1), options);
  }

  @Override
  protected String extraRepr() {
    return "kernel_size=%s, %s".formatted(PatchSettings.text(kernel), settings.text());
  }
}
