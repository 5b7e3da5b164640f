package dev.gatun.kernel;

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
    return MapRows.of("floor", dtype, Math::floor);
  }

  /// The smallest integer not below `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow ceil(DType dtype) {
    return MapRows.of("ceil", dtype, Math::ceil);
  }

  /// The nearest integer, the even one of two.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow round(DType dtype) {
    return MapRows.of("round", dtype, Math::rint);
  }

  /// The integer part of `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow trunc(DType dtype) {
    return MapRows.of("trunc", dtype, RealFunctions::trunc);
  }

  /// What [#trunc] leaves, with the sign of `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow frac(DType dtype) {
    return MapRows.of("frac", dtype, RealFunctions::frac);
  }
}
