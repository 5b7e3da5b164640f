package dev.gatun.tensor;

/// Elementwise arithmetic.
///
/// Operands of several dtypes are taken in the one that PyTorch takes: floating before integers
/// before BOOL, tensors with dimensions before scalars, the wider before the narrower. A `long`
/// keeps the dtype of integers, a `double` makes F32 of them; BF16 and F16 are computed in F32 and
/// rounded, U8 wraps. Gradients come back in the dtype of each operand. Two tensors broadcast
/// against each other as in NumPy. Results belong to the current scope.
///
/// Every method throws [ShapeException] when the shapes do not broadcast and [DTypeException] when
/// it has no meaning for a dtype.
public sealed interface ArithmeticOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `this + other`.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor add(Tensor other) {
    return new Arithmetic.Add().apply(self(), other);
  }

  /// `this + alpha other`.
  ///
  /// @param other broadcasts with this
  /// @param alpha factor, whole where the result is not floating
  /// @return a new tensor
  default Tensor add(Tensor other, double alpha) {
    return new Arithmetic.AddScaled(alpha).apply(self(), other);
  }

  /// `this + value`.
  ///
  /// @param value added to every element
  /// @return a new tensor
  default Tensor add(double value) {
    return Scalars.add(self(), value);
  }

  /// `this + value`.
  ///
  /// @param value added to every element
  /// @return a new tensor
  default Tensor add(long value) {
    return Scalars.add(self(), value);
  }

  /// `this - other`; not BOOL.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor sub(Tensor other) {
    return new Arithmetic.Sub().apply(self(), other);
  }

  /// `this - alpha other`; not BOOL.
  ///
  /// @param other broadcasts with this
  /// @param alpha factor, whole where the result is not floating
  /// @return a new tensor
  default Tensor sub(Tensor other, double alpha) {
    Arithmetic.requireNoBool(self(), other);
    return new Arithmetic.AddScaled(-alpha).apply(self(), other);
  }

  /// `this - value`; not BOOL.
  ///
  /// @param value subtracted from every element
  /// @return a new tensor
  default Tensor sub(double value) {
    return Scalars.sub(self(), value);
  }

  /// `this - value`; not BOOL.
  ///
  /// @param value subtracted from every element
  /// @return a new tensor
  default Tensor sub(long value) {
    return Scalars.sub(self(), value);
  }

  /// `other - this`; not BOOL.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor rsub(Tensor other) {
    return other.sub(self());
  }

  /// `value - this`; not BOOL.
  ///
  /// @param value that every element is subtracted from
  /// @return a new tensor
  default Tensor rsub(double value) {
    return Promotion.wrap(self(), value).sub(self());
  }

  /// `value - this`; not BOOL.
  ///
  /// @param value that every element is subtracted from
  /// @return a new tensor
  default Tensor rsub(long value) {
    return Promotion.wrap(self(), value).sub(self());
  }

  /// `this · other`, element by element.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor mul(Tensor other) {
    return new Arithmetic.Mul().apply(self(), other);
  }

  /// `this · value`.
  ///
  /// @param value factor of every element
  /// @return a new tensor
  default Tensor mul(double value) {
    return Scalars.mul(self(), value);
  }

  /// `this · value`.
  ///
  /// @param value factor of every element
  /// @return a new tensor
  default Tensor mul(long value) {
    return Scalars.mul(self(), value);
  }

  /// `this / other`; integers become F32.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor div(Tensor other) {
    return new Arithmetic.Div().apply(self(), other);
  }

  /// `this / value`; integers become F32.
  ///
  /// @param value divisor of every element
  /// @return a new tensor
  default Tensor div(double value) {
    return div(Promotion.wrap(self(), value));
  }

  /// `this / value`; integers become F32.
  ///
  /// @param value divisor of every element
  /// @return a new tensor
  default Tensor div(long value) {
    return div(Promotion.wrap(self(), value));
  }

  /// `this` to the power `other`. Integers wrap, and powers below 0 of what is not 1 or -1 are 0.
  ///
  /// @param other exponents, broadcast with this
  /// @return a new tensor
  default Tensor pow(Tensor other) {
    return new Arithmetic.Pow().apply(self(), other);
  }

  /// `this` to the power `exponent`; integers become F32.
  ///
  /// @param exponent of every element
  /// @return a new tensor
  default Tensor pow(double exponent) {
    return Scalars.pow(self(), exponent);
  }

  /// `this` to the power `exponent`.
  ///
  /// @param exponent of every element, not negative for integers
  /// @return a new tensor
  default Tensor pow(long exponent) {
    return Scalars.pow(self(), exponent);
  }

  /// `this²`.
  ///
  /// @return a new tensor
  default Tensor square() {
    return mul(self());
  }
}
