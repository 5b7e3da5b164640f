package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of functions of one operand, by dtype. The result has the dtype of the operand.
///
/// Results are correctly rounded, or within so many ulp of the true value over the whole range:
/// exp, log and erf 1, sigmoid 2, tanh 3, gelu 8.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class UnaryKernels {
  private UnaryKernels() {}

  /// `y = -x`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static UnaryRow neg(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Unary.NEG : F32Unary.NEG;
      case F64 -> Dispatch.vector() ? VectorF64Unary.NEG : F64Unary.NEG;
      case I32 -> I32Unary.NEG;
      case I64 -> I64Unary.NEG;
      case U8, BOOL, BF16, F16 -> throw unsupported("neg", dtype);
    };
  }

  /// `y = |x|`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static UnaryRow abs(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Unary.ABS : F32Unary.ABS;
      case F64 -> Dispatch.vector() ? VectorF64Unary.ABS : F64Unary.ABS;
      case I32 -> I32Unary.ABS;
      case I64 -> I64Unary.ABS;
      case U8, BOOL, BF16, F16 -> throw unsupported("abs", dtype);
    };
  }

  /// -1, 0 or 1; 0 for NaN, as in PyTorch.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static UnaryRow sign(DType dtype) {
    return switch (dtype) {
      case F32 -> F32Unary.SIGN;
      case F64 -> F64Unary.SIGN;
      case I32 -> I32Unary.SIGN;
      case I64 -> I64Unary.SIGN;
      case U8, BOOL, BF16, F16 -> throw unsupported("sign", dtype);
    };
  }

  /// `y = max(x, 0)`; NaN stays NaN.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static UnaryRow relu(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Unary.RELU : F32Unary.RELU;
      case F64 -> Dispatch.vector() ? VectorF64Unary.RELU : F64Unary.RELU;
      case I32 -> I32Unary.RELU;
      case I64 -> I64Unary.RELU;
      case U8, BOOL, BF16, F16 -> throw unsupported("relu", dtype);
    };
  }

  /// `y = exp(x)`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow exp(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Math.EXP : F32Unary.EXP;
      case F64 -> Dispatch.vector() ? VectorF64Math.EXP : F64Unary.EXP;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("exp", dtype);
    };
  }

  /// `y = ln(x)`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow log(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Math.LOG : F32Unary.LOG;
      case F64 -> Dispatch.vector() ? VectorF64Math.LOG : F64Unary.LOG;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("log", dtype);
    };
  }

  /// `y` is the square root of `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow sqrt(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Unary.SQRT : F32Unary.SQRT;
      case F64 -> Dispatch.vector() ? VectorF64Unary.SQRT : F64Unary.SQRT;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("sqrt", dtype);
    };
  }

  /// `y = 1 / (1 + exp(-x))`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow sigmoid(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Math.SIGMOID : F32Unary.SIGMOID;
      case F64 -> Dispatch.vector() ? VectorF64Math.SIGMOID : F64Unary.SIGMOID;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("sigmoid", dtype);
    };
  }

  /// `y = tanh(x)`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow tanh(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Math.TANH : F32Unary.TANH;
      case F64 -> Dispatch.vector() ? VectorF64Math.TANH : F64Unary.TANH;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("tanh", dtype);
    };
  }

  /// `y = 1 / x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow reciprocal(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Unary.RECIPROCAL : F32Unary.RECIPROCAL;
      case F64 -> Dispatch.vector() ? VectorF64Unary.RECIPROCAL : F64Unary.RECIPROCAL;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("reciprocal", dtype);
    };
  }

  /// The error function.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow erf(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Gelu.ERF : F32Unary.ERF;
      case F64 -> Dispatch.vector() ? VectorF64Gelu.ERF : F64Unary.ERF;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("erf", dtype);
    };
  }

  /// `y = x (1 + erf(x / sqrt(2))) / 2`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow gelu(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Gelu.GELU : F32Unary.GELU;
      case F64 -> Dispatch.vector() ? VectorF64Gelu.GELU : F64Unary.GELU;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("gelu", dtype);
    };
  }

  /// `y = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2`, below -1 within some ulp of `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow geluTanh(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Gelu.GELU_TANH : F32Unary.GELU_TANH;
      case F64 -> Dispatch.vector() ? VectorF64Gelu.GELU_TANH : F64Unary.GELU_TANH;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("gelu", dtype);
    };
  }

  /// The backward pass of [#gelu]: `g` times the derivative at `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel, operands in the order `g`, `x`
  public static BinaryRow geluGradient(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Gelu.GELU_GRADIENT : F32Unary.GELU_GRADIENT;
      case F64 -> Dispatch.vector() ? VectorF64Gelu.GELU_GRADIENT : F64Unary.GELU_GRADIENT;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("gelu", dtype);
    };
  }

  /// The backward pass of [#geluTanh]: `g` times the derivative at `x`.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel, operands in the order `g`, `x`
  public static BinaryRow geluTanhGradient(DType dtype) {
    return switch (dtype) {
      case F32 ->
          Dispatch.vector() ? VectorF32Gelu.GELU_TANH_GRADIENT : F32Unary.GELU_TANH_GRADIENT;
      case F64 ->
          Dispatch.vector() ? VectorF64Gelu.GELU_TANH_GRADIENT : F64Unary.GELU_TANH_GRADIENT;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("gelu", dtype);
    };
  }
}
