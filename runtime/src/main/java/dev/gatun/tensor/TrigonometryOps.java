package dev.gatun.tensor;

/// Trigonometric and hyperbolic functions, element by element; angles are in radians. Results have
/// the shape of this and belong to the current scope.
///
/// Dtypes: F32 and F64 are kept; integers and BOOL give F32, as in PyTorch; BF16 and F16 are a
/// [DTypeException].
public sealed interface TrigonometryOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Sine.
  ///
  /// @return a new tensor
  default Tensor sin() {
    return new Trigonometry.Sin().apply(self());
  }

  /// Cosine.
  ///
  /// @return a new tensor
  default Tensor cos() {
    return new Trigonometry.Cos().apply(self());
  }

  /// Tangent.
  ///
  /// @return a new tensor
  default Tensor tan() {
    return new Trigonometry.Tan().apply(self());
  }

  /// Arcsine, from -π/2 to π/2; NaN outside of -1 to 1.
  ///
  /// @return a new tensor
  default Tensor asin() {
    return new Trigonometry.Asin().apply(self());
  }

  /// Arccosine, from 0 to π; NaN outside of -1 to 1.
  ///
  /// @return a new tensor
  default Tensor acos() {
    return new Trigonometry.Acos().apply(self());
  }

  /// Arctangent, from -π/2 to π/2.
  ///
  /// @return a new tensor
  default Tensor atan() {
    return new Trigonometry.Atan().apply(self());
  }

  /// Hyperbolic sine.
  ///
  /// @return a new tensor
  default Tensor sinh() {
    return new Trigonometry.Sinh().apply(self());
  }

  /// Hyperbolic cosine.
  ///
  /// @return a new tensor
  default Tensor cosh() {
    return new Trigonometry.Cosh().apply(self());
  }

  /// Inverse hyperbolic sine.
  ///
  /// @return a new tensor
  default Tensor asinh() {
    return new Trigonometry.Asinh().apply(self());
  }

  /// Inverse hyperbolic cosine; NaN below 1.
  ///
  /// @return a new tensor
  default Tensor acosh() {
    return new Trigonometry.Acosh().apply(self());
  }

  /// Inverse hyperbolic tangent: ±∞ at ±1, NaN beyond.
  ///
  /// @return a new tensor
  default Tensor atanh() {
    return new Trigonometry.Atanh().apply(self());
  }

  /// `sin(πx) / (πx)`, and 1 at 0, where the gradient is 0.
  ///
  /// @return a new tensor
  default Tensor sinc() {
    return new Trigonometry.Sinc().apply(self());
  }

  /// Degrees as radians: `x π / 180`.
  ///
  /// @return a new tensor
  default Tensor deg2rad() {
    return Curve.asReal("deg2rad", self()).mul(Math.PI / 180);
  }

  /// Radians as degrees: `x 180 / π`.
  ///
  /// @return a new tensor
  default Tensor rad2deg() {
    return Curve.asReal("rad2deg", self()).mul(180 / Math.PI);
  }
}
