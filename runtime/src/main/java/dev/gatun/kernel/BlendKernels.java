package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of functions of two operands, and of choices and blends between them, by dtype.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class BlendKernels {
  private BlendKernels() {}

  /// The angle of the point `(b, a)`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static BinaryRow atan2(DType dtype) {
    return floating("atan2", dtype, Dispatch.vector() ? VectorF64Special.ATAN2 : F64Special.ATAN2);
  }

  /// The square root of `a^2 + b^2`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static BinaryRow hypot(DType dtype) {
    return floating("hypot", dtype, Dispatch.vector() ? VectorF64Special.HYPOT : F64Special.HYPOT);
  }

  /// `ln(exp(a) + exp(b))`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static BinaryRow logaddexp(DType dtype) {
    return floating(
        "logaddexp",
        dtype,
        Dispatch.vector() ? VectorF64Special.LOG_ADD_EXP : F64Special.LOG_ADD_EXP);
  }

  /// `a * ln(b)`, and 0 where `a` is 0 and `b` not NaN.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static BinaryRow xlogy(DType dtype) {
    return floating(
        "xlogy", dtype, Dispatch.vector() ? VectorF64Special.X_LOG_Y : F64Special.X_LOG_Y);
  }

  /// The larger of `a` and `b`, a number rather than NaN.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow fmax(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Blend.FMAX : F32Blend.FMAX;
      case F64 -> Dispatch.vector() ? VectorF64Blend.FMAX : F64Blend.FMAX;
      case I32, I64 -> ArithmeticKernels.maximum(dtype);
      case U8, BOOL, BF16, F16 -> throw unsupported("fmax", dtype);
    };
  }

  /// The smaller of `a` and `b`, a number rather than NaN.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow fmin(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Blend.FMIN : F32Blend.FMIN;
      case F64 -> Dispatch.vector() ? VectorF64Blend.FMIN : F64Blend.FMIN;
      case I32, I64 -> ArithmeticKernels.minimum(dtype);
      case U8, BOOL, BF16, F16 -> throw unsupported("fmin", dtype);
    };
  }

  /// `|a|` with the sign of `b`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static BinaryRow copysign(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Blend.COPY_SIGN : F32Blend.COPY_SIGN;
      case F64 -> Dispatch.vector() ? VectorF64Blend.COPY_SIGN : F64Blend.COPY_SIGN;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("copysign", dtype);
    };
  }

  /// `min(max(x, min), max)`; NaN stays NaN.
  ///
  /// @param dtype F32 or F64
  /// @param min lower bound
  /// @param max upper bound
  /// @return the row kernel
  public static UnaryRow clamp(DType dtype, double min, double max) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector()
              ? VectorF32Blend.clamp((float) min, (float) max)
              : F32Blend.clamp((float) min, (float) max);
      case F64 -> Dispatch.vector() ? VectorF64Blend.clamp(min, max) : F64Blend.clamp(min, max);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("clamp", dtype);
    };
  }

  /// `a + weight * (b - a)`.
  ///
  /// @param dtype F32 or F64
  /// @param weight of `b`
  /// @return the row kernel
  public static BinaryRow lerp(DType dtype, double weight) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector() ? VectorF32Blend.lerp((float) weight) : F32Blend.lerp((float) weight);
      case F64 -> Dispatch.vector() ? VectorF64Blend.lerp(weight) : F64Blend.lerp(weight);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("lerp", dtype);
    };
  }

  /// `a + c * (b - a)`, operands in the order `a`, `b`, `c`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static TernaryRow lerp(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Blend.LERP : F32Blend.LERP;
      case F64 -> Dispatch.vector() ? VectorF64Blend.LERP : F64Blend.LERP;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("lerp", dtype);
    };
  }

  private static BinaryRow floating(String op, DType dtype, BinaryRow row) {
    return switch (dtype) {
      case F32 -> {
        MixedRows.Cast cast = new MixedRows.Cast(DType.F32, DType.F64);
        yield MixedRows.of(row, cast, cast, cast);
      }
      case F64 -> row;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported(op, dtype);
    };
  }
}
