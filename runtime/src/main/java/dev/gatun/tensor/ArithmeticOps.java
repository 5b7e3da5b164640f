package dev.gatun.tensor;

/// Elementwise arithmetic. Two tensors must have one dtype and broadcast against each other as in
/// NumPy; a number is taken in the dtype of the tensor. Results belong to the current scope.
///
/// Dtypes: F32, F64, and, but for division and powers, I32 and I64. Every method throws
/// [ShapeException] when the shapes do not broadcast and [DTypeException] when the dtypes differ or
/// are others.
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
  /// @param alpha factor
  /// @return a new tensor
  default Tensor add(Tensor other, double alpha) {
    return new Arithmetic.AddScaled(alpha).apply(self(), other);
  }

  /// `this + value`.
  ///
  /// @param value added to every element
  /// @return a new tensor
  default Tensor add(double value) {
    return new Arithmetic.AddScalar(value).apply(self());
  }

  /// `this - other`.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor sub(Tensor other) {
    return new Arithmetic.Sub().apply(self(), other);
  }

  /// `this - value`.
  ///
  /// @param value subtracted from every element
  /// @return a new tensor
  default Tensor sub(double value) {
    return add(-value);
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
    return new Arithmetic.MulScalar(value).apply(self());
  }

  /// `this / other`; floating dtypes.
  ///
  /// @param other broadcasts with this
  /// @return a new tensor
  default Tensor div(Tensor other) {
    return new Arithmetic.Div().apply(self(), other);
  }

  /// `this / value`; floating dtypes.
  ///
  /// @param value divisor of every element
  /// @return a new tensor
  default Tensor div(double value) {
    return div(Tensor.scalar(self().dtype, value));
  }

  /// `this` to the power `other`; floating dtypes.
  ///
  /// @param other exponents, broadcast with this
  /// @return a new tensor
  default Tensor pow(Tensor other) {
    return new Arithmetic.Pow().apply(self(), other);
  }

  /// `this` to the power `exponent`; floating dtypes.
  ///
  /// @param exponent of every element
  /// @return a new tensor
  default Tensor pow(double exponent) {
    return new Arithmetic.PowScalar(exponent).apply(self());
  }

  /// `this²`.
  ///
  /// @return a new tensor
  default Tensor square() {
    return mul(self());
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
}
