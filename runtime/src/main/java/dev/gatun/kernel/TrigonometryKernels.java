package dev.gatun.kernel;

import dev.gatun.memory.DType;

/// Row kernels of trigonometric and hyperbolic functions, by dtype. The result has the dtype of the
/// operand.
///
/// Results are within 2 ulp of the true value over the whole range, those of tan, acos and the
/// hyperbolic functions within 4.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class TrigonometryKernels {
  private TrigonometryKernels() {}

  /// The sine of an angle in radians.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow sin(DType dtype) {
    return MapRows.of("sin", dtype, Math::sin);
  }

  /// The cosine of an angle in radians.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow cos(DType dtype) {
    return MapRows.of("cos", dtype, Math::cos);
  }

  /// The tangent of an angle in radians.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow tan(DType dtype) {
    return MapRows.of("tan", dtype, Math::tan);
  }

  /// The angle from -pi/2 to pi/2 whose sine is `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow asin(DType dtype) {
    return MapRows.of("asin", dtype, Math::asin);
  }

  /// The angle from 0 to pi whose cosine is `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow acos(DType dtype) {
    return MapRows.of("acos", dtype, Math::acos);
  }

  /// The angle from -pi/2 to pi/2 whose tangent is `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow atan(DType dtype) {
    return MapRows.of("atan", dtype, Math::atan);
  }

  /// The hyperbolic sine.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow sinh(DType dtype) {
    return MapRows.of("sinh", dtype, Math::sinh);
  }

  /// The hyperbolic cosine.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow cosh(DType dtype) {
    return MapRows.of("cosh", dtype, Math::cosh);
  }

  /// The inverse hyperbolic sine.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow asinh(DType dtype) {
    return MapRows.of("asinh", dtype, RealFunctions::asinh);
  }

  /// The inverse hyperbolic cosine; NaN below 1.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow acosh(DType dtype) {
    return MapRows.of("acosh", dtype, RealFunctions::acosh);
  }

  /// The inverse hyperbolic tangent; NaN outside of -1 to 1.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow atanh(DType dtype) {
    return MapRows.of("atanh", dtype, RealFunctions::atanh);
  }

  /// `sin(pi x) / (pi x)`, and 1 at 0.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow sinc(DType dtype) {
    return MapRows.of("sinc", dtype, RealFunctions::sinc);
  }
}
