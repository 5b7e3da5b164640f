package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of exponentials and logarithms, by dtype. The result has the dtype of the operand.
///
/// Results are within 2 ulp of the true value over the whole range, those of logit within 3.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class ExponentialKernels {
  private ExponentialKernels() {}

  /// Two to the power `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow exp2(DType dtype) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector() ? VectorF32Exponential.EXP2 : MapRows.f32Row(RealFunctions::exp2);
      case F64 ->
          Dispatch.vector() ? VectorF64Exponential.EXP2 : MapRows.f64Row(RealFunctions::exp2);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("exp2", dtype);
    };
  }

  /// `exp(x) - 1`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow expm1(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Exponential.EXPM1 : MapRows.f32Row(Math::expm1);
      case F64 -> Dispatch.vector() ? VectorF64Exponential.EXPM1 : MapRows.f64Row(Math::expm1);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("expm1", dtype);
    };
  }

  /// The logarithm to the base 2.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow log2(DType dtype) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector() ? VectorF32Exponential.LOG2 : MapRows.f32Row(RealFunctions::log2);
      case F64 ->
          Dispatch.vector() ? VectorF64Exponential.LOG2 : MapRows.f64Row(RealFunctions::log2);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("log2", dtype);
    };
  }

  /// The logarithm to the base 10.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow log10(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Exponential.LOG10 : MapRows.f32Row(Math::log10);
      case F64 -> Dispatch.vector() ? VectorF64Exponential.LOG10 : MapRows.f64Row(Math::log10);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("log10", dtype);
    };
  }

  /// `ln(1 + x)`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow log1p(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Exponential.LOG1P : MapRows.f32Row(Math::log1p);
      case F64 -> Dispatch.vector() ? VectorF64Exponential.LOG1P : MapRows.f64Row(Math::log1p);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("log1p", dtype);
    };
  }

  /// One over the square root of `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow rsqrt(DType dtype) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector() ? VectorF32Exponential.RSQRT : MapRows.f32Row(RealFunctions::rsqrt);
      case F64 ->
          Dispatch.vector() ? VectorF64Exponential.RSQRT : MapRows.f64Row(RealFunctions::rsqrt);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("rsqrt", dtype);
    };
  }

  /// `ln(x / (1 - x))`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow logit(DType dtype) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector() ? VectorF32Exponential.LOGIT : MapRows.f32Row(RealFunctions::logit);
      case F64 ->
          Dispatch.vector() ? VectorF64Exponential.LOGIT : MapRows.f64Row(RealFunctions::logit);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("logit", dtype);
    };
  }
}
