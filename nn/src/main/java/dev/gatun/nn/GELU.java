package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x Φ(x)`, element by element, where `Φ` is the distribution function of the normal distribution
/// (Hendrycks and Gimpel, arXiv:1606.08415).
public final class GELU extends Module {
  private final boolean tanhApproximation;

  /// The exact function, by `erf`.
  public GELU() {
    this(false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param tanhApproximation whether to compute `x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2`
  ///   instead, PyTorch's `approximate='tanh'`
  public GELU(boolean tanhApproximation) {
    this.tanhApproximation = tanhApproximation;
  }

  boolean isExact() {
    return !tanhApproximation;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.gelu(x, tanhApproximation);
  }

  @Override
  protected String extraRepr() {
    return tanhApproximation ? "approximate='tanh'" : "approximate='none'";
  }
}
