package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x / (k + α · mean(x² of the channels around))^β` of `[N, C, *]` (Krizhevsky, Sutskever and
/// Hinton, 2012).
public final class LocalResponseNorm extends Module {
  private final long size;
  private final double alpha;
  private final double beta;
  private final double k;

  /// With `α = 1e-4`, `β = 0.75` and `k = 1`.
  ///
  /// @param size how many channels, the own one in their middle
  public LocalResponseNorm(long size) {
    this(size, 1e-4, 0.75, 1);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param size how many channels, the own one in their middle
  /// @param alpha factor of the mean
  /// @param beta exponent
  /// @param k added to it
  public LocalResponseNorm(long size, double alpha, double beta, double k) {
    NormalizationFunctions.requireSize(size);
    this.size = size;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.localResponseNorm(x, size, alpha, beta, k);
  }

  @Override
  protected String extraRepr() {
    return "%d, alpha=%s, beta=%s, k=%s"
        .formatted(size, Numbers.python(alpha), Numbers.python(beta), Numbers.python(k));
  }
}
