package dev.gatun.tensor;

/// Bounds, blends and choices, element by element.
///
/// Dtypes, shapes, scopes and errors are those of [ArithmeticOps], where nothing else is said.
public sealed interface BlendingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `min(max(this, min), max)`: NaN stays NaN, `max` wins over `min`. The gradient passes at the
  /// bounds.
  ///
  /// @param min lower bounds, broadcast with this
  /// @param max upper bounds, broadcast with this
  /// @return a new tensor
  default Tensor clamp(Tensor min, Tensor max) {
    return Blending.clamp(self(), min, max);
  }

  /// `min(max(this, min), max)`, the bounds included; NaN stays NaN.
  ///
  /// @param min lower bound
  /// @param max upper bound
  /// @return a new tensor
  default Tensor clamp(double min, double max) {
    return Blending.clamp(self(), min, max);
  }

  /// `min(max(this, min), max)`, the bounds included; NaN stays NaN.
  ///
  /// @param min lower bound
  /// @param max upper bound
  /// @return a new tensor
  default Tensor clamp(long min, long max) {
    return Blending.clamp(self(), min, max);
  }

  /// `max(this, min)`; NaN wins. The gradient passes where both are equal.
  ///
  /// @param min lower bounds, broadcast with this
  /// @return a new tensor
  default Tensor clampMin(Tensor min) {
    return new Blending.Bound(true).apply(self(), min);
  }

  /// `max(this, min)`; NaN stays NaN. The gradient passes at the bound.
  ///
  /// @param min lower bound
  /// @return a new tensor
  default Tensor clampMin(double min) {
    return clampMin(Promotion.wrap(self(), min));
  }

  /// `max(this, min)`; NaN stays NaN. The gradient passes at the bound.
  ///
  /// @param min lower bound
  /// @return a new tensor
  default Tensor clampMin(long min) {
    return clampMin(Promotion.wrap(self(), min));
  }

  /// `min(this, max)`; NaN wins. The gradient passes where both are equal.
  ///
  /// @param max upper bounds, broadcast with this
  /// @return a new tensor
  default Tensor clampMax(Tensor max) {
    return new Blending.Bound(false).apply(self(), max);
  }

  /// `min(this, max)`; NaN stays NaN. The gradient passes at the bound.
  ///
  /// @param max upper bound
  /// @return a new tensor
  default Tensor clampMax(double max) {
    return clampMax(Promotion.wrap(self(), max));
  }

  /// `min(this, max)`; NaN stays NaN. The gradient passes at the bound.
  ///
  /// @param max upper bound
  /// @return a new tensor
  default Tensor clampMax(long max) {
    return clampMax(Promotion.wrap(self(), max));
  }

  /// `this + weight (end - this)`; one floating dtype.
  ///
  /// @param end broadcasts with this
  /// @param weight 0 gives this, 1 gives `end`
  /// @return a new tensor
  default Tensor lerp(Tensor end, double weight) {
    return new Blending.Lerp(weight).apply(self(), end);
  }

  /// `this + weight (end - this)`; one floating dtype.
  ///
  /// @param end broadcasts with this
  /// @param weight 0 gives this, 1 gives `end`; broadcasts with both
  /// @return a new tensor
  default Tensor lerp(Tensor end, Tensor weight) {
    return new Blending.LerpWeights().apply(self(), end, weight);
  }

  /// `this + value · a · b`; not BOOL.
  ///
  /// @param a broadcasts with this
  /// @param b broadcasts with both
  /// @param value factor, whole where the result is not floating
  /// @return a new tensor
  default Tensor addcmul(Tensor a, Tensor b, double value) {
    return new Blending.Addcmul(value).apply(self(), a, b);
  }

  /// `this + a · b`; not BOOL.
  ///
  /// @param a broadcasts with this
  /// @param b broadcasts with both
  /// @return a new tensor
  default Tensor addcmul(Tensor a, Tensor b) {
    return addcmul(a, b, 1);
  }

  /// `this + value · a / b`; `a` or `b` is floating.
  ///
  /// @param a broadcasts with this
  /// @param b broadcasts with both
  /// @param value factor
  /// @return a new tensor
  default Tensor addcdiv(Tensor a, Tensor b, double value) {
    return new Blending.Addcdiv(value).apply(self(), a, b);
  }

  /// `this + a / b`; `a` or `b` is floating.
  ///
  /// @param a broadcasts with this
  /// @param b broadcasts with both
  /// @return a new tensor
  default Tensor addcdiv(Tensor a, Tensor b) {
    return addcdiv(a, b, 1);
  }

  /// `condition ? this : other`, in the common dtype.
  ///
  /// @param condition BOOL, broadcasts with both
  /// @param other taken where false
  /// @return a new tensor
  default Tensor where(Tensor condition, Tensor other) {
    return Tensor.where(condition, self(), other);
  }

  /// `value` where `mask` is true, elsewhere this.
  ///
  /// @param mask BOOL, broadcasts with this
  /// @param value a scalar, converted to the dtype of this; it has a gradient
  /// @return a new tensor of the dtype of this
  default Tensor maskedFill(Tensor mask, Tensor value) {
    return Choices.maskedFill(self(), mask, value);
  }

  /// `value` where `mask` is true, elsewhere this.
  ///
  /// @param mask BOOL, broadcasts with this
  /// @param value converted to the dtype of this
  /// @return a new tensor of the dtype of this
  default Tensor maskedFill(Tensor mask, double value) {
    return maskedFill(mask, Promotion.wrap(self(), value));
  }

  /// `value` where `mask` is true, elsewhere this.
  ///
  /// @param mask BOOL, broadcasts with this
  /// @param value converted to the dtype of this
  /// @return a new tensor of the dtype of this
  default Tensor maskedFill(Tensor mask, long value) {
    return maskedFill(mask, Promotion.wrap(self(), value));
  }
}
