package dev.gatun.tensor;

/// Arithmetic that changes this tensor and returns it: what [InPlaceOps] says holds here too.
///
/// Operands of several dtypes are computed with as in [ArithmeticOps], and the result is converted
/// to the dtype of this. One that is not of its category is a [DTypeException]: integers do not
/// take fractions, nor does BOOL take numbers. Integers divided by 0 are an [ArithmeticException].
public sealed interface InPlaceArithmeticOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `this += other`.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor add_(Tensor other) {
    return new Arithmetic.Add().inPlace("add_", self(), other);
  }

  /// `this += value`.
  ///
  /// @param value added to every element
  /// @return this
  default Tensor add_(double value) {
    return Scalars.add_(self(), value);
  }

  /// `this += value`.
  ///
  /// @param value added to every element
  /// @return this
  default Tensor add_(long value) {
    return Scalars.add_(self(), value);
  }

  /// `this += alpha other`.
  ///
  /// @param other broadcasts to the shape of this
  /// @param alpha factor, whole where the result is not floating
  /// @return this
  default Tensor add_(Tensor other, double alpha) {
    return new Arithmetic.AddScaled(alpha).inPlace("add_", self(), other);
  }

  /// `this -= other`.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor sub_(Tensor other) {
    return new Arithmetic.Sub().inPlace("sub_", self(), other);
  }

  /// `this -= alpha other`.
  ///
  /// @param other broadcasts to the shape of this
  /// @param alpha factor, whole where the result is not floating
  /// @return this
  default Tensor sub_(Tensor other, double alpha) {
    Arithmetic.requireNoBool(self(), other);
    return new Arithmetic.AddScaled(-alpha).inPlace("sub_", self(), other);
  }

  /// `this -= value`.
  ///
  /// @param value subtracted from every element
  /// @return this
  default Tensor sub_(double value) {
    return Scalars.sub_(self(), value);
  }

  /// `this -= value`.
  ///
  /// @param value subtracted from every element
  /// @return this
  default Tensor sub_(long value) {
    return Scalars.sub_(self(), value);
  }

  /// `this *= other`.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor mul_(Tensor other) {
    return new Arithmetic.Mul().inPlace("mul_", self(), other);
  }

  /// `this *= value`.
  ///
  /// @param value factor of every element
  /// @return this
  default Tensor mul_(double value) {
    return Scalars.mul_(self(), value);
  }

  /// `this *= value`.
  ///
  /// @param value factor of every element
  /// @return this
  default Tensor mul_(long value) {
    return Scalars.mul_(self(), value);
  }

  /// `this /= other`; floating dtypes.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor div_(Tensor other) {
    return new Arithmetic.Div().inPlace("div_", self(), other);
  }

  /// `this /= value`; floating dtypes.
  ///
  /// @param value divisor of every element
  /// @return this
  default Tensor div_(double value) {
    return new Arithmetic.Div().inPlace("div_", self(), Promotion.wrap(self(), value));
  }

  /// `this /= value`; floating dtypes.
  ///
  /// @param value divisor of every element
  /// @return this
  default Tensor div_(long value) {
    return new Arithmetic.Div().inPlace("div_", self(), Promotion.wrap(self(), value));
  }

  /// `this /= other`, rounded.
  ///
  /// @param other broadcasts to the shape of this
  /// @param rounding toward zero or down
  /// @return this
  default Tensor div_(Tensor other, Rounding rounding) {
    return new Quotients.DivRounded("div", rounding).inPlace("div_", self(), other);
  }

  /// `this /= value`, rounded.
  ///
  /// @param value divisor of every element
  /// @param rounding toward zero or down
  /// @return this
  default Tensor div_(double value, Rounding rounding) {
    return new Quotients.DivRounded("div", rounding)
        .inPlace("div_", self(), Promotion.wrap(self(), value));
  }

  /// `this /= value`, rounded.
  ///
  /// @param value divisor of every element
  /// @param rounding toward zero or down
  /// @return this
  default Tensor div_(long value, Rounding rounding) {
    return new Quotients.DivRounded("div", rounding)
        .inPlace("div_", self(), Promotion.wrap(self(), value));
  }

  /// `this /= other`, rounded down.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor floorDivide_(Tensor other) {
    return new Quotients.DivRounded("floorDivide", Rounding.FLOOR)
        .inPlace("floorDivide_", self(), other);
  }

  /// `this /= value`, rounded down.
  ///
  /// @param value divisor of every element
  /// @return this
  default Tensor floorDivide_(double value) {
    return new Quotients.DivRounded("floorDivide", Rounding.FLOOR)
        .inPlace("floorDivide_", self(), Promotion.wrap(self(), value));
  }

  /// `this /= value`, rounded down.
  ///
  /// @param value divisor of every element
  /// @return this
  default Tensor floorDivide_(long value) {
    return new Quotients.DivRounded("floorDivide", Rounding.FLOOR)
        .inPlace("floorDivide_", self(), Promotion.wrap(self(), value));
  }

  /// This becomes the remainder of its division by `other`, with the sign of this.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor fmod_(Tensor other) {
    return new Quotients.Remainder(Rounding.TRUNC).inPlace("fmod_", self(), other);
  }

  /// This becomes the remainder of its division by `value`, with the sign of this.
  ///
  /// @param value divisor of every element
  /// @return this
  default Tensor fmod_(double value) {
    return new Quotients.Remainder(Rounding.TRUNC)
        .inPlace("fmod_", self(), Promotion.wrap(self(), value));
  }

  /// This becomes the remainder of its division by `value`, with the sign of this.
  ///
  /// @param value divisor of every element
  /// @return this
  default Tensor fmod_(long value) {
    return new Quotients.Remainder(Rounding.TRUNC)
        .inPlace("fmod_", self(), Promotion.wrap(self(), value));
  }

  /// This becomes the remainder of its division by `other`, with the sign of `other`.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor remainder_(Tensor other) {
    return new Quotients.Remainder(Rounding.FLOOR).inPlace("remainder_", self(), other);
  }

  /// This becomes the remainder of its division by `value`, with the sign of `value`.
  ///
  /// @param value divisor of every element
  /// @return this
  default Tensor remainder_(double value) {
    return new Quotients.Remainder(Rounding.FLOOR)
        .inPlace("remainder_", self(), Promotion.wrap(self(), value));
  }

  /// This becomes the remainder of its division by `value`, with the sign of `value`.
  ///
  /// @param value divisor of every element
  /// @return this
  default Tensor remainder_(long value) {
    return new Quotients.Remainder(Rounding.FLOOR)
        .inPlace("remainder_", self(), Promotion.wrap(self(), value));
  }

  /// `this` to the power `other`.
  ///
  /// @param other exponents; broadcasts to the shape of this
  /// @return this
  default Tensor pow_(Tensor other) {
    return new Arithmetic.Pow().inPlace("pow_", self(), other);
  }

  /// `this` to the power `exponent`.
  ///
  /// @param exponent of every element
  /// @return this
  default Tensor pow_(double exponent) {
    return Scalars.pow_(self(), exponent);
  }

  /// `this` to the power `exponent`.
  ///
  /// @param exponent of every element
  /// @return this
  default Tensor pow_(long exponent) {
    return Scalars.pow_(self(), exponent);
  }

  /// `this²`.
  ///
  /// @return this
  default Tensor square_() {
    return pow_(2);
  }
}
