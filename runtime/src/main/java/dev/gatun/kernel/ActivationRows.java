package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of activation functions in one dtype. Those named a gradient take the gradient of
/// the result first, then the operand, and give the product of it with the slope there.
///
/// F32 is within some ulp of the true value; tanhshrink, mish and the gradients of silu and mish
/// cancel around their zeros, where they are within some ulp of the operand.
public interface ActivationRows {
  /// The rows of a dtype.
  ///
  /// @param operation for messages
  /// @param dtype F32 or F64; others are an [IllegalArgumentException]
  /// @return the rows
  static ActivationRows of(String operation, DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Activations.ROWS : ReferenceActivations.F32;
      case F64 -> Dispatch.vector() ? VectorF64Activations.ROWS : ReferenceActivations.F64;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported(operation, dtype);
    };
  }

  /// {@return the gradient of a function of straight pieces}
  ///
  /// @param slopes the pieces
  BinaryRow slopes(Slopes slopes);

  /// {@return `x` above 0, `slope x` elsewhere}
  ///
  /// @param slope of the lower part
  UnaryRow leakyRelu(double slope);

  /// {@return `x` above `threshold`, `value` elsewhere}
  ///
  /// @param threshold the largest operand that is replaced
  /// @param value what it is replaced by
  UnaryRow threshold(double threshold, double value);

  /// {@return `x` held between `low` and `high`}
  ///
  /// @param low the lower bound
  /// @param high the higher bound
  UnaryRow hardtanh(double low, double high);

  /// {@return `x + 3` held between 0 and 6, over 6}
  UnaryRow hardsigmoid();

  /// {@return 0 from `-lambda` to `lambda`, `x` beyond}
  ///
  /// @param lambda half the width of the flat part
  UnaryRow hardshrink(double lambda);

  /// {@return 0 from `-lambda` to `lambda`, `x` moved toward 0 by as much beyond}
  ///
  /// @param lambda half the width of the flat part
  UnaryRow softshrink(double lambda);

  /// {@return `x` times the hardsigmoid}
  UnaryRow hardswish();

  /// {@return the gradient of [#hardswish]}
  BinaryRow hardswishGradient();

  /// {@return `x / (1 + |x|)`}
  UnaryRow softsign();

  /// {@return the gradient of [#softsign]}
  BinaryRow softsignGradient();

  /// {@return `scale x` above 0, `alpha (exp(inner x) - 1)` elsewhere}
  ///
  /// @param alpha factor of the lower part
  /// @param scale slope of the upper part
  /// @param inner factor of the operand in the lower part
  UnaryRow elu(double alpha, double scale, double inner);

  /// {@return the gradient of [#elu]}
  ///
  /// @param alpha factor of the lower part
  /// @param scale slope of the upper part
  /// @param inner factor of the operand in the lower part
  BinaryRow eluGradient(double alpha, double scale, double inner);

  /// {@return `x sigmoid(x)`}
  UnaryRow silu();

  /// {@return the gradient of [#silu]}
  BinaryRow siluGradient();

  /// {@return `x tanh(log(1 + exp(x)))`}
  UnaryRow mish();

  /// {@return the gradient of [#mish]}
  BinaryRow mishGradient();

  /// {@return `log(1 + exp(beta x)) / beta`, and `x` where `beta x` is above the threshold}
  ///
  /// @param beta how sharp the bend is
  /// @param threshold of `beta x`
  UnaryRow softplus(double beta, double threshold);

  /// {@return the gradient of [#softplus]}
  ///
  /// @param beta how sharp the bend is
  /// @param threshold of `beta x`
  BinaryRow softplusGradient(double beta, double threshold);

  /// {@return `-log(1 + exp(-x))`}
  UnaryRow logSigmoid();

  /// {@return the gradient of [#logSigmoid]}
  BinaryRow logSigmoidGradient();

  /// {@return `x - tanh(x)`}
  UnaryRow tanhshrink();

  /// {@return the gradient of [#tanhshrink]}
  BinaryRow tanhshrinkGradient();

  /// {@return `g y (1 - y)`: the gradient of the sigmoid, from its result}
  BinaryRow sigmoidGradient();

  /// {@return `g (1 - y²)`: the gradient of tanh, from its result}
  BinaryRow tanhGradient();

  /// {@return `a sigmoid(b)`}
  BinaryRow gate();

  /// {@return the gradient of [#gate] with respect to `b`, operands in the order `g`, `a`, `b`}
  TernaryRow gateGradient();

  /// {@return `x` where that is above 0, `w x` elsewhere; operands in the order `x`, `w`}
  BinaryRow prelu();

  /// {@return the gradient of [#prelu] with respect to `x`, operands in the order `g`, `x`, `w`}
  TernaryRow preluGradient();
}
