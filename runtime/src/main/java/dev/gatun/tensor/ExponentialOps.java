package dev.gatun.tensor;

/// Exponentials, logarithms and roots, element by element. Results have the shape of this and
/// belong to the current scope.
///
/// Dtypes: F32 and F64 are kept; integers and BOOL give F32, as in PyTorch; BF16 and F16 are a
/// [DTypeException].
public sealed interface ExponentialOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `2ˣ`.
  ///
  /// @return a new tensor
  default Tensor exp2() {
    return new Exponentials.Exp2().apply(self());
  }

  /// `eˣ - 1`, exact also where `x` is small.
  ///
  /// @return a new tensor
  default Tensor expm1() {
    return new Exponentials.Expm1().apply(self());
  }

  /// Logarithm to the base 2: -∞ at 0, NaN below.
  ///
  /// @return a new tensor
  default Tensor log2() {
    return new Exponentials.Log2().apply(self());
  }

  /// Logarithm to the base 10: -∞ at 0, NaN below.
  ///
  /// @return a new tensor
  default Tensor log10() {
    return new Exponentials.Log10().apply(self());
  }

  /// `ln(1 + x)`, exact also where `x` is small: -∞ at -1, NaN below.
  ///
  /// @return a new tensor
  default Tensor log1p() {
    return new Exponentials.Log1p().apply(self());
  }

  /// `1 / √x`: ∞ at 0, NaN below.
  ///
  /// @return a new tensor
  default Tensor rsqrt() {
    return new Exponentials.Rsqrt().apply(self());
  }

  /// `ln(x / (1 - x))`, the inverse of the sigmoid; NaN outside of 0 to 1.
  ///
  /// @return a new tensor
  default Tensor logit() {
    return new Exponentials.Logit().apply(self());
  }

  /// As [#logit()], of `x` held between `eps` and `1 - eps`; the gradient beyond is 0.
  ///
  /// @param eps from 0 to 1/2
  /// @return a new tensor
  default Tensor logit(double eps) {
    return new Exponentials.LogitHeld(eps).apply(self());
  }
}
