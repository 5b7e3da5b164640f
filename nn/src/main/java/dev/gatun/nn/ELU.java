package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x` above 0, `alpha (exp(x) - 1)` elsewhere, element by element (Clevert and others,
/// arXiv:1511.07289).
public final class ELU extends Module {
  private final double alpha;
  private final boolean inplace;

  /// With alpha 1.
  public ELU() {
    this(1);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param alpha minus the limit at -∞
  public ELU(double alpha) {
    this(alpha, false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param alpha minus the limit at -∞
  /// @param inplace whether the input is overwritten with the result
  public ELU(double alpha, boolean inplace) {
    this.alpha = alpha;
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.elu_(alpha) : F.elu(x, alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=" + Numbers.python(alpha) + (inplace ? ", inplace=True" : "");
  }
}
