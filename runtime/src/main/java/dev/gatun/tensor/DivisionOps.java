package dev.gatun.tensor;

/// Rounded quotients and remainders; any dtypes but BOOL alone.
///
/// Dtypes, shapes and scopes are those of [ArithmeticOps]. Integers divided by 0 are an
/// [ArithmeticException]; floating dtypes have infinities and NaN instead.
public sealed interface DivisionOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `this / other`, rounded; integers stay integers. Has no slope.
  ///
  /// @param other broadcasts with this
  /// @param rounding toward zero or down
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor div(Tensor other, Rounding rounding) {
    return new Quotients.DivRounded("div", rounding).apply(self(), other);
  }

  /// `this / value`, rounded; integers stay integers. Has no slope.
  ///
  /// @param value divisor of every element
  /// @param rounding toward zero or down
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor div(double value, Rounding rounding) {
    return new Quotients.DivRounded("div", rounding).apply(self(), Promotion.wrap(self(), value));
  }

  /// `this / value`, rounded; integers stay integers. Has no slope.
  ///
  /// @param value divisor of every element
  /// @param rounding toward zero or down
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor div(long value, Rounding rounding) {
    return new Quotients.DivRounded("div", rounding).apply(self(), Promotion.wrap(self(), value));
  }

  /// `this / other` rounded down; integers stay integers. Has no slope.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor floorDivide(Tensor other) {
    return new Quotients.DivRounded("floorDivide", Rounding.FLOOR).apply(self(), other);
  }

  /// `this / value` rounded down; integers stay integers. Has no slope.
  ///
  /// @param value divisor of every element
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor floorDivide(double value) {
    return new Quotients.DivRounded("floorDivide", Rounding.FLOOR)
        .apply(self(), Promotion.wrap(self(), value));
  }

  /// `this / value` rounded down; integers stay integers. Has no slope.
  ///
  /// @param value divisor of every element
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor floorDivide(long value) {
    return new Quotients.DivRounded("floorDivide", Rounding.FLOOR)
        .apply(self(), Promotion.wrap(self(), value));
  }

  /// The remainder with the sign of this: of the division rounded toward zero.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor fmod(Tensor other) {
    return new Quotients.Remainder(Rounding.TRUNC).apply(self(), other);
  }

  /// The remainder with the sign of this: of the division rounded toward zero.
  ///
  /// @param value divisor of every element
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor fmod(double value) {
    return new Quotients.Remainder(Rounding.TRUNC).apply(self(), Promotion.wrap(self(), value));
  }

  /// The remainder with the sign of this: of the division rounded toward zero.
  ///
  /// @param value divisor of every element
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor fmod(long value) {
    return new Quotients.Remainder(Rounding.TRUNC).apply(self(), Promotion.wrap(self(), value));
  }

  /// The remainder with the sign of the divisor, as Python's `%`: of the division rounded down.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor remainder(Tensor other) {
    return new Quotients.Remainder(Rounding.FLOOR).apply(self(), other);
  }

  /// The remainder with the sign of the divisor, as Python's `%`: of the division rounded down.
  ///
  /// @param value divisor of every element
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor remainder(double value) {
    return new Quotients.Remainder(Rounding.FLOOR).apply(self(), Promotion.wrap(self(), value));
  }

  /// The remainder with the sign of the divisor, as Python's `%`: of the division rounded down.
  ///
  /// @param value divisor of every element
  /// @return a new tensor
  /// @throws ArithmeticException if integers are divided by 0
  default Tensor remainder(long value) {
    return new Quotients.Remainder(Rounding.FLOOR).apply(self(), Promotion.wrap(self(), value));
  }
}
