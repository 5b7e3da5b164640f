package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x` above 0, `alpha (exp(x / alpha) - 1)` elsewhere, element by element (Barron,
/// arXiv:1704.07483).
public final class CELU extends Module {
  private final double alpha;
  private final boolean inplace;

  /// With alpha 1.
  public CELU() {
    this(1);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param alpha minus the limit at -∞, not 0
  public CELU(double alpha) {
    this(alpha, false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param alpha minus the limit at -∞, not 0
  /// @param inplace whether the input is overwritten with the result
  public CELU(double alpha, boolean inplace) {
    this.alpha = alpha;
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.celu_(alpha) : F.celu(x, alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=" + Numbers.python(alpha) + (inplace ? ", inplace=True" : "");
  }
}
