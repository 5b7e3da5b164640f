package dev.gatun.tensor;

import dev.gatun.kernel.SpecialKernels;

/// Special functions, and what floating numbers can be besides finite, element by element. Results
/// have the shape of this and belong to the current scope.
///
/// Dtypes: F32 and F64 are kept; integers and BOOL give F32, as in PyTorch; BF16 and F16 are a
/// [DTypeException].
public sealed interface SpecialOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `1 - erf x`, exact also where that is small.
  ///
  /// @return a new tensor
  default Tensor erfc() {
    return new Special.Erfc().apply(self());
  }

  /// The inverse of the error function: ±∞ at ±1, NaN beyond.
  ///
  /// @return a new tensor
  default Tensor erfinv() {
    return new Special.Erfinv().apply(self());
  }

  /// `ln |Γ(x)|`; ∞ at 0, -1, -2, ….
  ///
  /// @return a new tensor
  default Tensor lgamma() {
    return new Special.Lgamma().apply(self());
  }

  /// The derivative of [#lgamma()]: ∓∞ at ±0, NaN at -1, -2, ….
  ///
  /// @return a new tensor
  default Tensor digamma() {
    return new Special.Digamma().apply(self());
  }

  /// The n-th derivative of [#digamma()]; that of order 0 is itself.
  ///
  /// @param n order, 0 to 170
  /// @return a new tensor
  /// @throws IllegalArgumentException if `n` is negative or above 170
  default Tensor polygamma(int n) {
    return Special.polygamma(n).apply(self());
  }

  /// This with 0 for NaN and the largest numbers of the dtype for ±∞, where the gradient is 0.
  /// Integers and BOOL are copied.
  ///
  /// @return a new tensor
  default Tensor nanToNum() {
    return Special.nanToNum(self());
  }

  /// As [#nanToNum()], with these numbers.
  ///
  /// @param nan for NaN
  /// @param posinf for ∞
  /// @param neginf for -∞
  /// @return a new tensor
  default Tensor nanToNum(double nan, double posinf, double neginf) {
    return Special.nanToNum(self(), nan, posinf, neginf);
  }

  /// Where this is NaN. Any dtype; no gradient.
  ///
  /// @return a new tensor of BOOL
  default Tensor isnan() {
    return Special.classify(self(), SpecialKernels::isnan, false);
  }

  /// Where this is ∞ or -∞. Any dtype; no gradient.
  ///
  /// @return a new tensor of BOOL
  default Tensor isinf() {
    return Special.classify(self(), SpecialKernels::isinf, false);
  }

  /// Where this is neither NaN nor ±∞. Any dtype; no gradient.
  ///
  /// @return a new tensor of BOOL
  default Tensor isfinite() {
    return Special.classify(self(), SpecialKernels::isfinite, true);
  }
}
