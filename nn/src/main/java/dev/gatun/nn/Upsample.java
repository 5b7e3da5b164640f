package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// Signals and images, `[N, C, *]` with one to three more dimensions, at another resolution; see
/// [F#interpolate].
public final class Upsample extends Module {
  private final InterpolateOptions options;

  /// Makes the layer; it has no parameters.
  ///
  /// @param options size or factor, and mode
  public Upsample(InterpolateOptions options) {
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.interpolate(x, options);
  }

  @Override
  protected String extraRepr() {
    return options.text();
  }
}
