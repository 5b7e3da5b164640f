package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `1 / (1 + exp(-x))`, element by element.
public final class Sigmoid extends Module {
  /// Makes the layer; it has no parameters.
  public Sigmoid() {}

  @Override
  public Tensor forward(Tensor x) {
    return F.sigmoid(x);
  }
}
