package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// `x - tanh(x)`, element by element.
public final class Tanhshrink extends Module {
  /// Makes the layer; it has no parameters.
  public Tanhshrink() {}

  @Override
  public Tensor forward(Tensor x) {
    return F.tanhshrink(x);
  }
}
