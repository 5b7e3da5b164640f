package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `min(max(x, minVal), maxVal)`, element by element; the slope at the bounds is 0.
public final class Hardtanh extends Module {
  private final double minVal;
  private final double maxVal;
  private final boolean inplace;

  /// With minVal -1 and maxVal 1.
  public Hardtanh() {
    this(-1, 1);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param minVal the lower bound
  /// @param maxVal the higher bound
  public Hardtanh(double minVal, double maxVal) {
    this(minVal, maxVal, false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param minVal the lower bound
  /// @param maxVal the higher bound
  /// @param inplace whether the input is overwritten with the result
  public Hardtanh(double minVal, double maxVal, boolean inplace) {
    if (!(maxVal > minVal)) {
      throw new IllegalArgumentException(
          "Hardtanh: maxVal must be greater than minVal: %s and %s".formatted(minVal, maxVal));
    }
    this.minVal = minVal;
    this.maxVal = maxVal;
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.hardtanh_(minVal, maxVal) : F.hardtanh(x, minVal, maxVal);
  }

  @Override
  protected String extraRepr() {
    return "min_val="
        + Numbers.python(minVal)
        + ", max_val="
        + Numbers.python(maxVal)
        + (inplace ? ", inplace=True" : "");
  }
}
