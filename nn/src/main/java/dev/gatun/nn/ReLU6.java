package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `min(max(x, 0), 6)`, element by element.
public final class ReLU6 extends Module {
  private final boolean inplace;

  /// Makes the layer; it has no parameters.
  public ReLU6() {
    this(false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param inplace whether the input is overwritten with the result
  public ReLU6(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.relu6_() : F.relu6(x);
  }

  @Override
  protected String extraRepr() {
    return inplace ? "inplace=True" : "";
  }
}
