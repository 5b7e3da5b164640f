package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// 0 from `-lambd` to `lambd`, `x` nearer to 0 by as much beyond, element by element.
public final class Softshrink extends Module {
  private final double lambd;

  /// With lambd 0.5.
  public Softshrink() {
    this(0.5);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param lambd half the width of the flat part, not negative
  public Softshrink(double lambd) {
    this.lambd = lambd;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.softshrink(x, lambd);
  }

  @Override
  protected String extraRepr() {
    return Numbers.python(lambd);
  }
}
