package dev.gatun.tensor;

/// Elementwise functions. Results have the shape and dtype of this and belong to the current scope.
///
/// Dtypes: F32 and F64 are kept; integers and BOOL give F32, as in PyTorch, where no dtypes are
/// named; others are a [DTypeException].
public sealed interface PointwiseOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `-x`; F32, F64, I32, I64.
  ///
  /// @return a new tensor
  default Tensor neg() {
    return new Pointwise.Neg().apply(self());
  }

  /// `|x|`, with slope 0 at 0; F32, F64, I32, I64.
  ///
  /// @return a new tensor
  default Tensor abs() {
    return new Pointwise.Abs().apply(self());
  }

  /// -1, 0 or 1, and 0 for NaN; its gradient is 0; F32, F64, I32, I64.
  ///
  /// @return a new tensor
  default Tensor sign() {
    return new Pointwise.Sign().apply(self());
  }

  /// `eˣ`.
  ///
  /// @return a new tensor
  default Tensor exp() {
    return new Pointwise.Exp().apply(self());
  }

  /// Natural logarithm: -∞ at 0, NaN below.
  ///
  /// @return a new tensor
  default Tensor log() {
    return new Pointwise.Log().apply(self());
  }

  /// Square root: NaN below 0.
  ///
  /// @return a new tensor
  default Tensor sqrt() {
    return new Pointwise.Sqrt().apply(self());
  }

  /// `max(x, 0)`, with slope 0 at 0; F32, F64, I32, I64.
  ///
  /// @return a new tensor
  default Tensor relu() {
    return new Pointwise.Relu().apply(self());
  }

  /// `1 / (1 + e⁻ˣ)`.
  ///
  /// @return a new tensor
  default Tensor sigmoid() {
    return new Pointwise.Sigmoid().apply(self());
  }

  /// Hyperbolic tangent.
  ///
  /// @return a new tensor
  default Tensor tanh() {
    return new Pointwise.Tanh().apply(self());
  }

  /// The error function: `2/√π` times the integral of `e^(-t²)` from 0 to `x`.
  ///
  /// @return a new tensor
  default Tensor erf() {
    return new Pointwise.Erf().apply(self());
  }

  /// `x Φ(x)` with `Φ` the normal distribution, which is `x (1 + erf(x/√2)) / 2`; 0 at -∞; F32 and
  /// F64.
  ///
  /// @return a new tensor
  default Tensor gelu() {
    return gelu(false);
  }

  /// As [#gelu()], or its approximation `x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2`.
  ///
  /// @param tanhApproximation whether to compute the approximation
  /// @return a new tensor
  default Tensor gelu(boolean tanhApproximation) {
    return new Pointwise.Gelu(tanhApproximation).apply(self());
  }

  /// `1 / x`.
  ///
  /// @return a new tensor
  default Tensor reciprocal() {
    return new Pointwise.Reciprocal().apply(self());
  }
}
