package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels that round, by dtype. The result has the dtype of the operand; every one is exact.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class RoundingKernels {
  private RoundingKernels() {}

  /// The largest integer not above `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow floor(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Rounding.FLOOR : MapRows.f32Row(Math::floor);
      case F64 -> Dispatch.vector() ? VectorF64Rounding.FLOOR : MapRows.f64Row(Math::floor);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("floor", dtype);
    };
  }

  /// The smallest integer not below `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow ceil(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Rounding.CEIL : MapRows.f32Row(Math::ceil);
      case F64 -> Dispatch.vector() ? VectorF64Rounding.CEIL : MapRows.f64Row(Math::ceil);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("ceil", dtype);
    };
  }

  /// The nearest integer, the even one of two.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow round(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Rounding.ROUND : MapRows.f32Row(Math::rint);
      case F64 -> Dispatch.vector() ? VectorF64Rounding.ROUND : MapRows.f64Row(Math::rint);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("round", dtype);
    };
  }

  /// The integer part of `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow trunc(DType dtype) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector() ? VectorF32Rounding.TRUNC : MapRows.f32Row(RealFunctions::trunc);
      case F64 ->
          Dispatch.vector() ? VectorF64Rounding.TRUNC : MapRows.f64Row(RealFunctions::trunc);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("trunc", dtype);
    };
  }

  /// What [#trunc] leaves, with the sign of `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow frac(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Rounding.FRAC : MapRows.f32Row(RealFunctions::frac);
      case F64 -> Dispatch.vector() ? VectorF64Rounding.FRAC : MapRows.f64Row(RealFunctions::frac);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("frac", dtype);
    };
  }
}
