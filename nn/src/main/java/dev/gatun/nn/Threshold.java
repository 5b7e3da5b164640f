package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x` above a threshold, another value elsewhere, element by element.
public final class Threshold extends Module {
  private final double threshold;
  private final double value;
  private final boolean inplace;

  /// Makes the layer; it has no parameters.
  ///
  /// @param threshold the largest element that is replaced
  /// @param value what it is replaced by
  public Threshold(double threshold, double value) {
    this(threshold, value, false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param threshold the largest element that is replaced
  /// @param value what it is replaced by
  /// @param inplace whether the input is overwritten with the result
  public Threshold(double threshold, double value, boolean inplace) {
    this.threshold = threshold;
    this.value = value;
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.threshold_(threshold, value) : F.threshold(x, threshold, value);
  }

  @Override
  protected String extraRepr() {
    return "threshold="
        + Numbers.text(threshold)
        + ", value="
        + Numbers.text(value)
        + (inplace ? ", inplace=True" : "");
  }
}
