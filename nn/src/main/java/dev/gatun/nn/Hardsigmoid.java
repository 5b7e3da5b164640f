package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `min(max(x + 3, 0), 6) / 6`, element by element.
public final class Hardsigmoid extends Module {
  private final boolean inplace;

  /// Makes the layer; it has no parameters.
  public Hardsigmoid() {
    this(false);
  }

  /// Makes the layer; it has no parameters.
  ///
  /// @param inplace whether the input is overwritten with the result
  public Hardsigmoid(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return inplace ? x.hardsigmoid_() : F.hardsigmoid(x);
  }
}
