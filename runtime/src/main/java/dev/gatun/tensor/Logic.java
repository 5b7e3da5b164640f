package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.BitKernels;
import dev.gatun.kernel.ComparisonKernels;
import dev.gatun.kernel.MixedRows;
import dev.gatun.kernel.MixedRows.Cast;
import dev.gatun.kernel.UnaryRow;
import dev.gatun.memory.DType;

/// What the methods of [LogicOps] do. None of it has a gradient.
final class Logic {
  private Logic() {}

  static Tensor not(Tensor x) {
    return Raw.unary(not(x, DType.BOOL), DType.BOOL, x);
  }

  static Tensor not_(Tensor x) {
    return InPlace.overwrite("logicalNot_", () -> Raw.unary(not(x, x.dtype), x, x), x);
  }

  private static UnaryRow not(Tensor x, DType result) {
    Cast truth = new Cast(x.dtype, DType.BOOL);
    return MixedRows.of(ComparisonKernels.logicalNot(), truth, new Cast(result, DType.BOOL));
  }

  /// A kernel of BOOL; every operand is true where it is not 0.
  static Tensor logical(String op, BinaryRow row, Tensor a, Tensor b) {
    BinaryRow any = Elementwise.row(row, a, b, DType.BOOL, DType.BOOL, DType.BOOL);
    return Raw.binary(op, any, DType.BOOL, a, b);
  }

  static Tensor logical_(String op, BinaryRow row, Tensor x, Tensor other) {
    BinaryRow any = Elementwise.row(row, x, other, DType.BOOL, DType.BOOL, x.dtype);
    return Elementwise.overwrite(op, any, x, other);
  }

  static Tensor bitwiseNot(Tensor x) {
    return Raw.unary(BitKernels.not(requireBits("bitwiseNot", x, x.dtype)), x.dtype, x);
  }

  static Tensor bitwiseNot_(Tensor x) {
    UnaryRow row = BitKernels.not(requireBits("bitwiseNot_", x, x.dtype));
    return InPlace.overwrite("bitwiseNot_", () -> Raw.unary(row, x, x), x);
  }

  static Tensor bits(String op, Elementwise.Table kernels, Tensor a, Tensor b) {
    DType dtype = requireBits(op, a, Promotion.of(a, b));
    BinaryRow row = Elementwise.row(kernels.row(dtype), a, b, dtype, dtype, dtype);
    return Raw.binary(op, row, dtype, a, b);
  }

  static Tensor bits_(String op, Elementwise.Table kernels, Tensor x, Tensor other) {
    DType dtype = requireBits(op, x, Promotion.of(x, other));
    Promotion.requireCast(op, dtype, x);
    BinaryRow row = Elementwise.row(kernels.row(dtype), x, other, dtype, dtype, x.dtype);
    return Elementwise.overwrite(op, row, x, other);
  }

  static Tensor shift(String op, Elementwise.Table kernels, Tensor a, Tensor b) {
    DType dtype = requireIntegers(op, a, b);
    DType in = Promotion.computed(dtype);
    BinaryRow row = Elementwise.row(kernels.row(in), a, b, in, in, dtype);
    return Raw.binary(op, row, dtype, a, b);
  }

  static Tensor shift_(String op, Elementwise.Table kernels, Tensor x, Tensor other) {
    DType dtype = requireIntegers(op, x, other);
    Promotion.requireCast(op, dtype, x);
    DType in = Promotion.computed(dtype);
    return Elementwise.overwrite(
        op, Elementwise.row(kernels.row(in), x, other, in, in, x.dtype), x, other);
  }

  private static DType requireIntegers(String op, Tensor a, Tensor b) {
    DType dtype = requireBits(op, a, Promotion.of(a, b));
    if (dtype == DType.BOOL) {
      throw Arithmetic.unsupported(op, a, "integers");
    }
    return dtype;
  }

  private static DType requireBits(String op, Tensor x, DType dtype) {
    if (dtype.isFloating()) {
      throw Arithmetic.unsupported(op, x, "integers or BOOL");
    }
    return dtype;
  }
}
