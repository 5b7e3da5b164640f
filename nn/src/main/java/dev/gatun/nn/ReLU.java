package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `max(x, 0)`, element by element.
public final class ReLU extends Module {
  /// Makes the layer; it has no parameters.
  public ReLU() {}

  @Override
  public Tensor forward(Tensor x) {
    return F.relu(x);
  }
}
