package dev.gatun.tensor;

import dev.gatun.memory.DType;

/// Functions of the normal distribution.
final class Normal {
  private Normal() {}

  /// `y = x Φ(x)`
  record Gelu() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.floating("gelu", x, x);
      return Raw.unary(dev.gatun.kernel.Gelu.row(dtype), dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `g (Φ(x) + x φ(x))`
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor x = node.input(0);
      return g.mul(new Distribution().apply(x).add(x.mul(density(x))));
    }
  }

  /// `y = Φ(x)`
  record Distribution() implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.floating("gelu", x, x);
      return Raw.unary(dev.gatun.kernel.Gelu.cdf(dtype), dtype, x);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `g φ(x)`
    @Override
    public Tensor backward(Node node, Tensor g) {
      return g.mul(density(node.input(0)));
    }
  }

  /// `φ(x)`
  private static Tensor density(Tensor x) {
    return x.mul(x).mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
  }
}
