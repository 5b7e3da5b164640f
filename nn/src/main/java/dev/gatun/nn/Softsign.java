package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x / (1 + |x|)`, element by element.
public final class Softsign extends Module {
  /// Makes the layer; it has no parameters.
  public Softsign() {}

  @Override
  public Tensor forward(Tensor x) {
    return F.softsign(x);
  }
}
