package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// 0 from `-lambd` to `lambd`, `x` beyond, element by element.
public final class Hardshrink extends Module {
  private final double lambd;

  /// With lambd 0.5.
  public Hardshrink() {
    this(0.5);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param lambd half the width of the flat part
  public Hardshrink(double lambd) {
    this.lambd = lambd;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.hardshrink(x, lambd);
  }

  @Override
  protected String extraRepr() {
    return Numbers.python(lambd);
  }
}
