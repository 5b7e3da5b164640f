package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x tanh(softplus(x))`, element by element (Misra, arXiv:1908.08681).
public final class Mish extends Module {
  private final boolean inplace;

  /// Makes the layer; it has no parameters.
  public Mish() {
    this(false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param inplace whether the input is overwritten with the result
  public Mish(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.mish_() : F.mish(x);
  }

  @Override
  protected String extraRepr() {
    return inplace ? "inplace=True" : "";
  }
}
