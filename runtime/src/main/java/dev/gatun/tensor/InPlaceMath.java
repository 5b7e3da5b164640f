package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.SpecialKernels;
import dev.gatun.memory.DType;

/// What the methods of [InPlaceMathOps] do: kernels whose result is their operand.
final class InPlaceMath {
  private InPlaceMath() {}

  static Tensor real(String name, Op op, Curve.Table kernels, Tensor x) {
    DType dtype = Arithmetic.floating(name, x, x);
    return InPlace.unary(name, op, kernels.row(dtype), x);
  }

  static Tensor number(String name, Op op, Curve.Table kernels, Tensor x) {
    DType dtype = Arithmetic.number(name, x, x);
    return InPlace.unary(name, op, kernels.row(dtype), x);
  }

  static Tensor curve(Curve op, Tensor x) {
    return real(op.opName() + "_", op, op::row, x);
  }

  static Tensor scale(String name, Tensor x, double factor) {
    DType dtype = Arithmetic.floating(name, x, x);
    var op = new Scalars.MulScalar(factor);
    return InPlace.unary(name, op, ArithmeticKernels.mulScalar(dtype, factor), x);
  }

  static Tensor logit(Tensor x, double eps) {
    Arithmetic.floating("logit_", x, x);
    var op = new Exponentials.LogitHeld(eps);
    return InPlace.apply("logit_", op, () -> op.hold(x, x), x);
  }

  static Tensor nanToNum(Tensor x) {
    double largest = Special.largest(x.dtype);
    return nanToNum(x, 0, largest, -largest);
  }

  static Tensor nanToNum(Tensor x, double nan, double posinf, double neginf) {
    return switch (x.dtype) {
      case I32, I64, U8, BOOL -> x;
      case F32, F64, BF16, F16 ->
          real(
              "nanToNum_",
              new Special.NanToNum(nan, posinf, neginf),
              dtype -> SpecialKernels.nanToNum(dtype, nan, posinf, neginf),
              x);
    };
  }

  static Tensor toInteger(Roundings.Mode mode, Tensor x) {
    var op = new Roundings.ToInteger(mode);
    String name = op.opName() + "_";
    return switch (x.dtype) {
      case I32, I64, U8 -> x;
      case F32, F64 -> InPlace.unary(name, op, mode.row(x.dtype), x);
      case BOOL, BF16, F16 -> throw Arithmetic.unsupported(name, x, "F32, F64, I32, I64 or U8");
    };
  }

  static Tensor round(Tensor x, int decimals) {
    Arithmetic.floating("round_", x, x);
    var op = new Roundings.ToDecimals(decimals);
    return InPlace.apply("round_", op, () -> op.round(x, x), x);
  }
}
