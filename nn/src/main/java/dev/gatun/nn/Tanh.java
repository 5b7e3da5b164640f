package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `tanh(x)`, element by element.
public final class Tanh extends Module {
  /// Makes the layer; it has no parameters.
  public Tanh() {}

  @Override
  public Tensor forward(Tensor x) {
    return F.tanh(x);
  }
}
