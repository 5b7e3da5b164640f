package dev.gatun.kernel;

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
    return MapRows.of("exp2", dtype, RealFunctions::exp2);
  }

  /// `exp(x) - 1`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow expm1(DType dtype) {
    return MapRows.of("expm1", dtype, Math::expm1);
  }

  /// The logarithm to the base 2.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow log2(DType dtype) {
    return MapRows.of("log2", dtype, RealFunctions::log2);
  }

  /// The logarithm to the base 10.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow log10(DType dtype) {
    return MapRows.of("log10", dtype, Math::log10);
  }

  /// `ln(1 + x)`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow log1p(DType dtype) {
    return MapRows.of("log1p", dtype, Math::log1p);
  }

  /// One over the square root of `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow rsqrt(DType dtype) {
    return MapRows.of("rsqrt", dtype, RealFunctions::rsqrt);
  }

  /// `ln(x / (1 - x))`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow logit(DType dtype) {
    return MapRows.of("logit", dtype, RealFunctions::logit);
  }
}
