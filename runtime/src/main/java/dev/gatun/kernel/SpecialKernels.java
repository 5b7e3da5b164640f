package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of special functions and of what floating numbers can be besides finite, by dtype.
/// The result has the dtype of the operand where nothing else is said.
///
/// Results are within a few ulp of the true value, those of lgamma and the polygammas near their
/// roots within a few ulp of 1.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class SpecialKernels {
  private SpecialKernels() {}

  /// One less the error function.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow erfc(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Wide.ERFC : MapRows.f32Row(Erf::erfc);
      case F64 -> Dispatch.vector() ? VectorF64Erfc.ERFC : MapRows.f64Row(Erf::erfc);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("erfc", dtype);
    };
  }

  /// The inverse of the error function; NaN outside of -1 to 1.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow erfinv(DType dtype) {
    return MapRows.of("erfinv", dtype, ErfInverse::erfinv);
  }

  /// The logarithm of the absolute value of the gamma function.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow lgamma(DType dtype) {
    return MapRows.of("lgamma", dtype, Gamma::lgamma);
  }

  /// The derivative of [#lgamma].
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow digamma(DType dtype) {
    return MapRows.of("digamma", dtype, Gamma::digamma);
  }

  /// The n-th derivative of [#digamma].
  ///
  /// @param dtype F32 or F64
  /// @param n order, 1 or more
  /// @return the row kernel
  public static UnaryRow polygamma(DType dtype, int n) {
    return MapRows.of("polygamma", dtype, new Polygamma(n));
  }

  /// The operand with other numbers in the place of NaN and of the infinities.
  ///
  /// @param dtype F32 or F64
  /// @param nan in the place of NaN
  /// @param positive in the place of positive infinity
  /// @param negative in the place of negative infinity
  /// @return the row kernel
  public static UnaryRow nanToNum(DType dtype, double nan, double positive, double negative) {
    return switch (dtype) {
      case F32 -> Finite.replaceF32((float) nan, (float) positive, (float) negative);
      case F64 -> Finite.replaceF64(nan, positive, negative);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("nanToNum", dtype);
    };
  }

  /// Whether an element is no number; the result is BOOL.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow isnan(DType dtype) {
    return switch (dtype) {
      case F32 -> Finite.NAN_F32;
      case F64 -> Finite.NAN_F64;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("isnan", dtype);
    };
  }

  /// Whether an element is infinite, of whichever sign; the result is BOOL.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow isinf(DType dtype) {
    return switch (dtype) {
      case F32 -> Finite.INFINITE_F32;
      case F64 -> Finite.INFINITE_F64;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("isinf", dtype);
    };
  }

  /// Whether an element is neither infinite nor NaN; the result is BOOL.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow isfinite(DType dtype) {
    return switch (dtype) {
      case F32 -> Finite.FINITE_F32;
      case F64 -> Finite.FINITE_F64;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("isfinite", dtype);
    };
  }
}
