package dev.gatun.tensor;

/// Rounding, element by element; the gradient is 0 but for [#frac()]. Results have the shape and
/// dtype of this and belong to the current scope.
///
/// Dtypes: F32, F64, and, where nothing else is said, I32, I64 and U8, which are copied; others are
/// a [DTypeException].
public sealed interface RoundingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The largest integer not above.
  ///
  /// @return a new tensor
  default Tensor floor() {
    return new Roundings.ToInteger(Roundings.Mode.FLOOR).apply(self());
  }

  /// The smallest integer not below.
  ///
  /// @return a new tensor
  default Tensor ceil() {
    return new Roundings.ToInteger(Roundings.Mode.CEIL).apply(self());
  }

  /// The nearest integer, the even one of two equally near.
  ///
  /// @return a new tensor
  default Tensor round() {
    return new Roundings.ToInteger(Roundings.Mode.ROUND).apply(self());
  }

  /// The nearest number of so many decimals: `round(x 10ᵈ) / 10ᵈ`; F32 and F64.
  ///
  /// @param decimals behind the point, or before it when negative
  /// @return a new tensor
  default Tensor round(int decimals) {
    return new Roundings.ToDecimals(decimals).apply(self());
  }

  /// The integer part: rounded toward 0.
  ///
  /// @return a new tensor
  default Tensor trunc() {
    return new Roundings.ToInteger(Roundings.Mode.TRUNC).apply(self());
  }

  /// What [#trunc()] leaves, with the sign of this: `x - trunc(x)`; F32 and F64.
  ///
  /// @return a new tensor
  default Tensor frac() {
    return new Roundings.Frac().apply(self());
  }
}
