package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `log(1 + exp(beta * x)) / beta`, element by element; `x` itself where `beta * x` is above a
/// threshold.
public final class Softplus extends Module {
  private final double beta;
  private final double threshold;

  /// With beta 1 and threshold 20.
  public Softplus() {
    this(1, 20);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param beta how sharp the bend is
  /// @param threshold of `beta * x`, above which the function is the identity
  public Softplus(double beta, double threshold) {
    this.beta = beta;
    this.threshold = threshold;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.softplus(x, beta, threshold);
  }

  @Override
  protected String extraRepr() {
    return "beta=" + Numbers.text(beta) + ", threshold=" + Numbers.text(threshold);
  }
}
