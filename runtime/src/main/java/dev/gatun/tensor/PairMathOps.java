package dev.gatun.tensor;

/// Functions of two operands, element by element.
///
/// Dtypes, shapes, scopes and errors are those of [ArithmeticOps].
public sealed interface PairMathOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The angle, from -π to π, of the point `(other, this)`; integers become F32.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor atan2(Tensor other) {
    return new PairMath.Atan2().apply(self(), other);
  }

  /// `√(this² + other²)`, without overflow in between; floating dtypes.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor hypot(Tensor other) {
    return new PairMath.Hypot().apply(self(), other);
  }

  /// `ln(exp(this) + exp(other))`, without overflow in between; floating dtypes.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor logaddexp(Tensor other) {
    return new PairMath.LogAddExp().apply(self(), other);
  }

  /// `this · ln(other)`, and 0 where this is 0 and `other` not NaN; integers become F32.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor xlogy(Tensor other) {
    return new PairMath.Xlogy().apply(self(), other);
  }

  /// `this · ln(value)`, and 0 where this is 0; integers become F32.
  ///
  /// @param value taken for every element
  /// @return a new tensor
  default Tensor xlogy(double value) {
    return xlogy(Promotion.wrap(self(), value));
  }

  /// `this · ln(value)`, and 0 where this is 0; integers become F32.
  ///
  /// @param value taken for every element
  /// @return a new tensor
  default Tensor xlogy(long value) {
    return xlogy(Promotion.wrap(self(), value));
  }

  /// The magnitude of this with the sign of `other`; integers become F32.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor copysign(Tensor other) {
    return new PairMath.Copysign().apply(self(), other);
  }

  /// The magnitude of this with the sign of `value`; integers become F32.
  ///
  /// @param value taken for every element
  /// @return a new tensor
  default Tensor copysign(double value) {
    return copysign(Promotion.wrap(self(), value));
  }

  /// The magnitude of this with the sign of `value`; integers become F32.
  ///
  /// @param value taken for every element
  /// @return a new tensor
  default Tensor copysign(long value) {
    return copysign(Promotion.wrap(self(), value));
  }

  /// The larger of two elements; NaN wins, and equal ones share the gradient.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor maximum(Tensor other) {
    return new Arithmetic.Extremum(true).apply(self(), other);
  }

  /// The smaller of two elements; NaN wins, and equal ones share the gradient.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor minimum(Tensor other) {
    return new Arithmetic.Extremum(false).apply(self(), other);
  }

  /// The larger of two elements, a number rather than NaN; of equal ones this has the gradient.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor fmax(Tensor other) {
    return new PairMath.NumberExtremum(true).apply(self(), other);
  }

  /// The smaller of two elements, a number rather than NaN; of equal ones this has the gradient.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor fmin(Tensor other) {
    return new PairMath.NumberExtremum(false).apply(self(), other);
  }
}
