package dev.gatun.tensor;

/// Functions of several operands that change this tensor and return it: what [InPlaceOps] and
/// [InPlaceArithmeticOps] say holds here too.
public sealed interface InPlaceBlendingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// This becomes the angle of the point `(other, this)`.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor atan2_(Tensor other) {
    return new PairMath.Atan2().inPlace("atan2_", self(), other);
  }

  /// `this = √(this² + other²)`.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor hypot_(Tensor other) {
    return new PairMath.Hypot().inPlace("hypot_", self(), other);
  }

  /// `this = this · ln(other)`, and 0 where this is 0.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor xlogy_(Tensor other) {
    return new PairMath.Xlogy().inPlace("xlogy_", self(), other);
  }

  /// `this = this · ln(value)`, and 0 where this is 0.
  ///
  /// @param value taken for every element
  /// @return this
  default Tensor xlogy_(double value) {
    return new PairMath.Xlogy().inPlace("xlogy_", self(), Promotion.wrap(self(), value));
  }

  /// `this = this · ln(value)`, and 0 where this is 0.
  ///
  /// @param value taken for every element
  /// @return this
  default Tensor xlogy_(long value) {
    return new PairMath.Xlogy().inPlace("xlogy_", self(), Promotion.wrap(self(), value));
  }

  /// This gets the sign of `other`.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor copysign_(Tensor other) {
    return new PairMath.Copysign().inPlace("copysign_", self(), other);
  }

  /// This gets the sign of `value`.
  ///
  /// @param value taken for every element
  /// @return this
  default Tensor copysign_(double value) {
    return new PairMath.Copysign().inPlace("copysign_", self(), Promotion.wrap(self(), value));
  }

  /// This gets the sign of `value`.
  ///
  /// @param value taken for every element
  /// @return this
  default Tensor copysign_(long value) {
    return new PairMath.Copysign().inPlace("copysign_", self(), Promotion.wrap(self(), value));
  }

  /// `this = max(this, other)`, NaN wins.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor maximum_(Tensor other) {
    return new Arithmetic.Extremum(true).inPlace("maximum_", self(), other);
  }

  /// `this = min(this, other)`, NaN wins.
  ///
  /// @param other broadcasts to the shape of this
  /// @return this
  default Tensor minimum_(Tensor other) {
    return new Arithmetic.Extremum(false).inPlace("minimum_", self(), other);
  }

  /// `this = min(max(this, min), max)`.
  ///
  /// @param min lower bounds
  /// @param max upper bounds
  /// @return this
  default Tensor clamp_(Tensor min, Tensor max) {
    return Blending.clamp_(self(), min, max);
  }

  /// `this = min(max(this, min), max)`.
  ///
  /// @param min lower bound
  /// @param max upper bound
  /// @return this
  default Tensor clamp_(double min, double max) {
    return Blending.clamp_(self(), min, max);
  }

  /// `this = min(max(this, min), max)`.
  ///
  /// @param min lower bound
  /// @param max upper bound
  /// @return this
  default Tensor clamp_(long min, long max) {
    return Blending.clamp_(self(), min, max);
  }

  /// `this = max(this, min)`.
  ///
  /// @param min lower bounds
  /// @return this
  default Tensor clampMin_(Tensor min) {
    return new Blending.Bound(true).inPlace("clampMin_", self(), min);
  }

  /// `this = max(this, min)`.
  ///
  /// @param min lower bound
  /// @return this
  default Tensor clampMin_(double min) {
    return new Blending.Bound(true).inPlace("clampMin_", self(), Promotion.wrap(self(), min));
  }

  /// `this = max(this, min)`.
  ///
  /// @param min lower bound
  /// @return this
  default Tensor clampMin_(long min) {
    return new Blending.Bound(true).inPlace("clampMin_", self(), Promotion.wrap(self(), min));
  }

  /// `this = min(this, max)`.
  ///
  /// @param max upper bounds
  /// @return this
  default Tensor clampMax_(Tensor max) {
    return new Blending.Bound(false).inPlace("clampMax_", self(), max);
  }

  /// `this = min(this, max)`.
  ///
  /// @param max upper bound
  /// @return this
  default Tensor clampMax_(double max) {
    return new Blending.Bound(false).inPlace("clampMax_", self(), Promotion.wrap(self(), max));
  }

  /// `this = min(this, max)`.
  ///
  /// @param max upper bound
  /// @return this
  default Tensor clampMax_(long max) {
    return new Blending.Bound(false).inPlace("clampMax_", self(), Promotion.wrap(self(), max));
  }

  /// `this += weight (end - this)`; one floating dtype.
  ///
  /// @param end broadcasts to the shape of this
  /// @param weight 0 leaves this, 1 gives `end`
  /// @return this
  default Tensor lerp_(Tensor end, double weight) {
    return new Blending.Lerp(weight).inPlace("lerp_", self(), end);
  }

  /// `this += weight (end - this)`; one floating dtype.
  ///
  /// @param end broadcasts to the shape of this
  /// @param weight broadcasts to the shape of this
  /// @return this
  default Tensor lerp_(Tensor end, Tensor weight) {
    return new Blending.LerpWeights().inPlace("lerp_", self(), end, weight);
  }

  /// `this += value · a · b`.
  ///
  /// @param a broadcasts to the shape of this
  /// @param b broadcasts to the shape of this
  /// @param value factor
  /// @return this
  default Tensor addcmul_(Tensor a, Tensor b, double value) {
    return new Blending.Addcmul(value).inPlace("addcmul_", self(), a, b);
  }

  /// `this += a · b`.
  ///
  /// @param a broadcasts to the shape of this
  /// @param b broadcasts to the shape of this
  /// @return this
  default Tensor addcmul_(Tensor a, Tensor b) {
    return addcmul_(a, b, 1);
  }

  /// `this += value · a / b`; `a` or `b` is floating.
  ///
  /// @param a broadcasts to the shape of this
  /// @param b broadcasts to the shape of this
  /// @param value factor
  /// @return this
  default Tensor addcdiv_(Tensor a, Tensor b, double value) {
    return new Blending.Addcdiv(value).inPlace("addcdiv_", self(), a, b);
  }

  /// `this += a / b`; `a` or `b` is floating.
  ///
  /// @param a broadcasts to the shape of this
  /// @param b broadcasts to the shape of this
  /// @return this
  default Tensor addcdiv_(Tensor a, Tensor b) {
    return addcdiv_(a, b, 1);
  }

  /// `value` where `mask` is true.
  ///
  /// @param mask BOOL, broadcasts to the shape of this
  /// @param value a scalar, converted to the dtype of this; it has a gradient
  /// @return this
  default Tensor maskedFill_(Tensor mask, Tensor value) {
    return Choices.maskedFill_(self(), mask, value);
  }

  /// `value` where `mask` is true.
  ///
  /// @param mask BOOL, broadcasts to the shape of this
  /// @param value converted to the dtype of this
  /// @return this
  default Tensor maskedFill_(Tensor mask, double value) {
    return maskedFill_(mask, Promotion.wrap(self(), value));
  }

  /// `value` where `mask` is true.
  ///
  /// @param mask BOOL, broadcasts to the shape of this
  /// @param value converted to the dtype of this
  /// @return this
  default Tensor maskedFill_(Tensor mask, long value) {
    return maskedFill_(mask, Promotion.wrap(self(), value));
  }
}
