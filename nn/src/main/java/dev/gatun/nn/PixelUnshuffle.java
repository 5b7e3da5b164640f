package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// Squares of `r` by `r` pixels as elements of `r²` channels: `[*, C, H r, W r]` becomes `[*, C r²,
/// H, W]`.
public final class PixelUnshuffle extends Module {
  private final long downscaleFactor;

  /// Makes the layer; it has no parameters.
  ///
  /// @param downscaleFactor `r`
  public PixelUnshuffle(long downscaleFactor) {
    if (downscaleFactor < 1) {
      throw new IllegalArgumentException(
          "PixelUnshuffle: the downscale factor must be positive: " + downscaleFactor);
    }
    this.downscaleFactor = downscaleFactor;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.pixelUnshuffle(x, downscaleFactor);
  }

  @Override
  protected String extraRepr() {
    return "downscale_factor=" + downscaleFactor;
  }
}
