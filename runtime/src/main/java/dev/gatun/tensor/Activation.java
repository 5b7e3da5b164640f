package dev.gatun.tensor;

import org.jspecify.annotations.Nullable;

/// A function of each element that a matrix product can end with; see
/// [LinearAlgebraOps#linear(Tensor, Tensor, Activation)].
public enum Activation {
  /// The element as it is.
  NONE(dev.gatun.kernel.Activation.NONE, null),

  /// `max(x, 0)`; NaN stays NaN.
  RELU(dev.gatun.kernel.Activation.RELU, new Pointwise.Relu()),

  /// `1 / (1 + e⁻ˣ)`
  SIGMOID(dev.gatun.kernel.Activation.SIGMOID, new Pointwise.Sigmoid()),

  /// `tanh x`
  TANH(dev.gatun.kernel.Activation.TANH, new Pointwise.Tanh()),

  /// `x Φ(x)`, where `Φ` is the distribution function of the normal distribution: the exact form,
  /// by `erf`, which is PyTorch's default.
  GELU(dev.gatun.kernel.Activation.GELU, new Pointwise.Gelu(false));

  /// What the kernels call it.
  final dev.gatun.kernel.Activation kernel;

  /// The operation that does the same to a tensor; null where there is nothing to do.
  final Op.@Nullable Unary op;

  Activation(dev.gatun.kernel.Activation kernel, Op.@Nullable Unary op) {
    this.kernel = kernel;
    this.op = op;
  }
}
