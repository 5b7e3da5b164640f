package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x` above 0, `negativeSlope x` elsewhere, element by element (Maas, Hannun and Ng, 2013).
public final class LeakyReLU extends Module {
  private final double negativeSlope;
  private final boolean inplace;

  /// With negativeSlope 0.01.
  public LeakyReLU() {
    this(0.01);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param negativeSlope slope of the lower part
  public LeakyReLU(double negativeSlope) {
    this(negativeSlope, false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param negativeSlope slope of the lower part
  /// @param inplace whether the input is overwritten with the result
  public LeakyReLU(double negativeSlope, boolean inplace) {
    this.negativeSlope = negativeSlope;
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.leakyRelu_(negativeSlope) : F.leakyRelu(x, negativeSlope);
  }

  @Override
  protected String extraRepr() {
    return "negative_slope=" + Numbers.python(negativeSlope) + (inplace ? ", inplace=True" : "");
  }
}
