package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `(Σ xᵖ)^(1/p)` over windows of one dimension of `[N, C, L]` or `[C, L]`.
public final class LPPool1d extends Module {
  private final double normType;
  private final AvgPoolOptions options;

  /// Windows one beside the other.
  ///
  /// @param normType `p`
  /// @param kernelSize of the windows: one number or one for each dimension
  public LPPool1d(double normType, long... kernelSize) {
    this(normType, AvgPoolOptions.of(kernelSize));
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param normType `p`
  /// @param options kernel size, stride and ceil mode of the windows
  public LPPool1d(double normType, AvgPoolOptions options) {
    this.normType = normType;
    this.options = options;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.lpPool1d(x, normType, options);
  }

  @Override
  protected String extraRepr() {
    return "norm_type=%s, kernel_size=%s, stride=%s, ceil_mode=%s"
        .formatted(
            Numbers.text(normType),
            Sizes.text(options.kernelSize()),
            options.stride().isEmpty() ? "None" : Sizes.text(options.stride()),
            options.ceilMode() ? "True" : "False");
  }
}
