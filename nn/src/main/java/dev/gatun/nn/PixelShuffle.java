package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// Elements of `r²` channels as squares of `r` by `r` pixels of one (Shi et al., arXiv:1609.05158):
/// `[*, C r², H, W]` becomes `[*, C, H r, W r]`.
public final class PixelShuffle extends Module {
  private final long upscaleFactor;

  /// Makes the layer; it has no parameters.
  ///
  /// @param upscaleFactor `r`
  public PixelShuffle(long upscaleFactor) {
    if (upscaleFactor < 1) {
      throw new IllegalArgumentException(
          "PixelShuffle: the upscale factor must be positive: " + upscaleFactor);
    }
    this.upscaleFactor = upscaleFactor;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.pixelShuffle(x, upscaleFactor);
  }

  @Override
  protected String extraRepr() {
    return "upscale_factor=" + upscaleFactor;
  }
}
