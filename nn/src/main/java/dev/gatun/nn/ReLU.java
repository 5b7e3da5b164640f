package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `max(x, 0)`, element by element.
public final class ReLU extends Module {
  private final boolean inplace;

  /// Makes the layer; it has no parameters.
  public ReLU() {
    this(false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param inplace whether the input is overwritten with the result
  public ReLU(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.relu_() : F.relu(x);
  }

  @Override
  protected String extraRepr() {
    return inplace ? "inplace=True" : "";
  }
}
