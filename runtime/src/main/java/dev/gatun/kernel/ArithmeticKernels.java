package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of arithmetic, by dtype. The result has the dtype of the operands; integers wrap.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class ArithmeticKernels {
  private ArithmeticKernels() {}

  /// `y = a + b`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow add(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Arithmetic.ADD : F32Arithmetic.ADD;
      case F64 -> Dispatch.vector() ? VectorF64Arithmetic.ADD : F64Arithmetic.ADD;
      case I32 -> Dispatch.vector() ? VectorI32Arithmetic.ADD : I32Arithmetic.ADD;
      case I64 -> Dispatch.vector() ? VectorI64Arithmetic.ADD : I64Arithmetic.ADD;
      case U8, BOOL, BF16, F16 -> throw unsupported("add", dtype);
    };
  }

  /// `y = a - b`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow sub(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Arithmetic.SUB : F32Arithmetic.SUB;
      case F64 -> Dispatch.vector() ? VectorF64Arithmetic.SUB : F64Arithmetic.SUB;
      case I32 -> Dispatch.vector() ? VectorI32Arithmetic.SUB : I32Arithmetic.SUB;
      case I64 -> Dispatch.vector() ? VectorI64Arithmetic.SUB : I64Arithmetic.SUB;
      case U8, BOOL, BF16, F16 -> throw unsupported("sub", dtype);
    };
  }

  /// `y = a * b`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow mul(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Arithmetic.MUL : F32Arithmetic.MUL;
      case F64 -> Dispatch.vector() ? VectorF64Arithmetic.MUL : F64Arithmetic.MUL;
      case I32 -> Dispatch.vector() ? VectorI32Arithmetic.MUL : I32Arithmetic.MUL;
      case I64 -> Dispatch.vector() ? VectorI64Arithmetic.MUL : I64Arithmetic.MUL;
      case U8, BOOL, BF16, F16 -> throw unsupported("mul", dtype);
    };
  }

  /// `y = a / b`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static BinaryRow div(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Arithmetic.DIV : F32Arithmetic.DIV;
      case F64 -> Dispatch.vector() ? VectorF64Arithmetic.DIV : F64Arithmetic.DIV;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("div", dtype);
    };
  }

  /// `y = a` to the power `b`; 1 to any power is 1, also to NaN. Integers wrap, and below the power
  /// 0 what is not 1 or -1 becomes 0.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow pow(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Power.POW : F32Arithmetic.POW;
      case F64 -> Dispatch.vector() ? VectorF64Power.POW : F64Arithmetic.POW;
      case I32 -> I32Arithmetic.POW;
      case I64 -> I64Arithmetic.POW;
      case U8, BOOL, BF16, F16 -> throw unsupported("pow", dtype);
    };
  }

  /// The larger of `a` and `b`; NaN when either is.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow maximum(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Arithmetic.MAXIMUM : F32Arithmetic.MAXIMUM;
      case F64 -> Dispatch.vector() ? VectorF64Arithmetic.MAXIMUM : F64Arithmetic.MAXIMUM;
      case I32 -> Dispatch.vector() ? VectorI32Arithmetic.MAXIMUM : I32Arithmetic.MAXIMUM;
      case I64 -> Dispatch.vector() ? VectorI64Arithmetic.MAXIMUM : I64Arithmetic.MAXIMUM;
      case U8, BOOL, BF16, F16 -> throw unsupported("maximum", dtype);
    };
  }

  /// The smaller of `a` and `b`; NaN when either is.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow minimum(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Arithmetic.MINIMUM : F32Arithmetic.MINIMUM;
      case F64 -> Dispatch.vector() ? VectorF64Arithmetic.MINIMUM : F64Arithmetic.MINIMUM;
      case I32 -> Dispatch.vector() ? VectorI32Arithmetic.MINIMUM : I32Arithmetic.MINIMUM;
      case I64 -> Dispatch.vector() ? VectorI64Arithmetic.MINIMUM : I64Arithmetic.MINIMUM;
      case U8, BOOL, BF16, F16 -> throw unsupported("minimum", dtype);
    };
  }

  /// `y = a` where `b > 0`, elsewhere 0: the backward pass of relu.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static BinaryRow wherePositive(DType dtype) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector() ? VectorF32Arithmetic.WHERE_POSITIVE : F32Arithmetic.WHERE_POSITIVE;
      case F64 ->
          Dispatch.vector() ? VectorF64Arithmetic.WHERE_POSITIVE : F64Arithmetic.WHERE_POSITIVE;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("wherePositive", dtype);
    };
  }

  /// `y = a + alpha * b`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @param alpha factor, truncated toward zero for integers
  /// @return the row kernel
  public static BinaryRow addScaled(DType dtype, double alpha) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector()
              ? VectorF32Arithmetic.addScaled((float) alpha)
              : F32Arithmetic.addScaled((float) alpha);
      case F64 ->
          Dispatch.vector() ? VectorF64Arithmetic.addScaled(alpha) : F64Arithmetic.addScaled(alpha);
      case I32 -> I32Arithmetic.addScaled((int) alpha);
      case I64 -> I64Arithmetic.addScaled((long) alpha);
      case U8, BOOL, BF16, F16 -> throw unsupported("addScaled", dtype);
    };
  }

  /// `y = x + value`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @param value summand, truncated toward zero for integers
  /// @return the row kernel
  public static UnaryRow addScalar(DType dtype, double value) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector()
              ? VectorF32Unary.addScalar((float) value)
              : F32Arithmetic.addScalar((float) value);
      case F64 ->
          Dispatch.vector() ? VectorF64Unary.addScalar(value) : F64Arithmetic.addScalar(value);
      case I32 ->
          Dispatch.vector()
              ? VectorI32Arithmetic.addScalar((int) value)
              : I32Arithmetic.addScalar((int) value);
      case I64 ->
          Dispatch.vector()
              ? VectorI64Arithmetic.addScalar((long) value)
              : I64Arithmetic.addScalar((long) value);
      case U8, BOOL, BF16, F16 -> throw unsupported("addScalar", dtype);
    };
  }

  /// `y = x * value`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @param value factor, truncated toward zero for integers
  /// @return the row kernel
  public static UnaryRow mulScalar(DType dtype, double value) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector()
              ? VectorF32Unary.mulScalar((float) value)
              : F32Arithmetic.mulScalar((float) value);
      case F64 ->
          Dispatch.vector() ? VectorF64Unary.mulScalar(value) : F64Arithmetic.mulScalar(value);
      case I32 ->
          Dispatch.vector()
              ? VectorI32Arithmetic.mulScalar((int) value)
              : I32Arithmetic.mulScalar((int) value);
      case I64 ->
          Dispatch.vector()
              ? VectorI64Arithmetic.mulScalar((long) value)
              : I64Arithmetic.mulScalar((long) value);
      case U8, BOOL, BF16, F16 -> throw unsupported("mulScalar", dtype);
    };
  }

  /// `y = x` to the power `exponent`.
  ///
  /// @param dtype F32 or F64
  /// @param exponent the power
  /// @return the row kernel
  public static UnaryRow powScalar(DType dtype, double exponent) {
    if (exponent == 1) {
      return CopyKernels.copy(dtype);
    }
    if (exponent == 2) {
      return square(dtype);
    }
    if (exponent == -1) {
      return UnaryKernels.reciprocal(dtype);
    }
    if (exponent == 0.5) {
      // pow(-0.0, 0.5) is 0.0 and pow(-inf, 0.5) is inf; the square root, -0.0 and NaN, is
      // PyTorch's answer, and so is one over it.
      return UnaryKernels.sqrt(dtype);
    }
    if (exponent == -0.5) {
      return ExponentialKernels.rsqrt(dtype);
    }
    return switch (dtype) {
      case F32 ->
          Dispatch.vector() ? VectorF32Power.of(exponent) : F32Arithmetic.powScalar(exponent);
      case F64 ->
          Dispatch.vector() ? VectorF64Power.of(exponent) : F64Arithmetic.powScalar(exponent);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("pow", dtype);
    };
  }

  private static UnaryRow square(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Unary.SQUARE : F32Arithmetic.SQUARE;
      case F64 -> Dispatch.vector() ? VectorF64Unary.SQUARE : F64Arithmetic.SQUARE;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("pow", dtype);
    };
  }

  /// `y = a + value * b * c`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @param value factor, truncated toward zero for integers
  /// @return the row kernel
  public static TernaryRow addcmul(DType dtype, double value) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector()
              ? VectorF32Arithmetic.addcmul((float) value)
              : F32Arithmetic.addcmul((float) value);
      case F64 ->
          Dispatch.vector() ? VectorF64Arithmetic.addcmul(value) : F64Arithmetic.addcmul(value);
      case I32 -> I32Arithmetic.addcmul((int) value);
      case I64 -> I64Arithmetic.addcmul((long) value);
      case U8, BOOL, BF16, F16 -> throw unsupported("addcmul", dtype);
    };
  }

  /// `y = a + value * b / c`.
  ///
  /// @param dtype F32 or F64
  /// @param value factor
  /// @return the row kernel
  public static TernaryRow addcdiv(DType dtype, double value) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector()
              ? VectorF32Arithmetic.addcdiv((float) value)
              : F32Arithmetic.addcdiv((float) value);
      case F64 ->
          Dispatch.vector() ? VectorF64Arithmetic.addcdiv(value) : F64Arithmetic.addcdiv(value);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("addcdiv", dtype);
    };
  }
}
