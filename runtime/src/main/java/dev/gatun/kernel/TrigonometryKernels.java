package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of trigonometric and hyperbolic functions, by dtype. The result has the dtype of the
/// operand.
///
/// Results are within 2 ulp of the true value over the whole range, those of tan, asin, acos and
/// the hyperbolic functions within 4.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class TrigonometryKernels {
  private TrigonometryKernels() {}

  /// The sine of an angle in radians.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow sin(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Trigonometry.SIN : MapRows.f32Row(Math::sin);
      case F64 -> Dispatch.vector() ? VectorF64Trigonometry.SIN : MapRows.f64Row(Math::sin);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("sin", dtype);
    };
  }

  /// The cosine of an angle in radians.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow cos(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Trigonometry.COS : MapRows.f32Row(Math::cos);
      case F64 -> Dispatch.vector() ? VectorF64Trigonometry.COS : MapRows.f64Row(Math::cos);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("cos", dtype);
    };
  }

  /// The tangent of an angle in radians.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow tan(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Trigonometry.TAN : MapRows.f32Row(Math::tan);
      case F64 -> Dispatch.vector() ? VectorF64Trigonometry.TAN : MapRows.f64Row(Math::tan);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("tan", dtype);
    };
  }

  /// The angle from -pi/2 to pi/2 whose sine is `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow asin(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Trigonometry.ASIN : MapRows.f32Row(Math::asin);
      case F64 -> Dispatch.vector() ? VectorF64Trigonometry.ASIN : MapRows.f64Row(Math::asin);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("asin", dtype);
    };
  }

  /// The angle from 0 to pi whose cosine is `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow acos(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Trigonometry.ACOS : MapRows.f32Row(Math::acos);
      case F64 -> Dispatch.vector() ? VectorF64Trigonometry.ACOS : MapRows.f64Row(Math::acos);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("acos", dtype);
    };
  }

  /// The angle from -pi/2 to pi/2 whose tangent is `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow atan(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Trigonometry.ATAN : MapRows.f32Row(Math::atan);
      case F64 -> Dispatch.vector() ? VectorF64Trigonometry.ATAN : MapRows.f64Row(Math::atan);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("atan", dtype);
    };
  }

  /// The hyperbolic sine.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow sinh(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Wide.SINH : MapRows.f32Row(Math::sinh);
      case F64 -> Dispatch.vector() ? VectorF64Hyperbolic.SINH : MapRows.f64Row(Math::sinh);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("sinh", dtype);
    };
  }

  /// The hyperbolic cosine.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow cosh(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Wide.COSH : MapRows.f32Row(Math::cosh);
      case F64 -> Dispatch.vector() ? VectorF64Hyperbolic.COSH : MapRows.f64Row(Math::cosh);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("cosh", dtype);
    };
  }

  /// The inverse hyperbolic sine.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow asinh(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Wide.ASINH : MapRows.f32Row(RealFunctions::asinh);
      case F64 ->
          Dispatch.vector() ? VectorF64Hyperbolic.ASINH : MapRows.f64Row(RealFunctions::asinh);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("asinh", dtype);
    };
  }

  /// The inverse hyperbolic cosine; NaN below 1.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow acosh(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Wide.ACOSH : MapRows.f32Row(RealFunctions::acosh);
      case F64 ->
          Dispatch.vector() ? VectorF64Hyperbolic.ACOSH : MapRows.f64Row(RealFunctions::acosh);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("acosh", dtype);
    };
  }

  /// The inverse hyperbolic tangent; NaN outside of -1 to 1.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow atanh(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Wide.ATANH : MapRows.f32Row(RealFunctions::atanh);
      case F64 ->
          Dispatch.vector() ? VectorF64Hyperbolic.ATANH : MapRows.f64Row(RealFunctions::atanh);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("atanh", dtype);
    };
  }

  /// `sin(pi x) / (pi x)`, and 1 at 0.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow sinc(DType dtype) {
    return MapRows.of("sinc", dtype, RealFunctions::sinc);
  }
}
