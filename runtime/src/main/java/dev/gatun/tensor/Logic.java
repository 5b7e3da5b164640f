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
  private static final Cast TRUTH = new Cast(DType.BOOL, DType.BOOL);

  private Logic() {}

  static Tensor not(Tensor x) {
    return Raw.unary(notRow(x), DType.BOOL, x);
  }

  private static UnaryRow notRow(Tensor x) {
    return MixedRows.of(ComparisonKernels.logicalNot(), new Cast(x.dtype, DType.BOOL), TRUTH);
  }

  /// A kernel of BOOL; every operand is true where it is not 0.
  static Tensor logical(String op, BinaryRow row, Tensor a, Tensor b) {
    return Raw.binary(op, row(row, a, b), DType.BOOL, a, b);
  }

  private static BinaryRow row(BinaryRow row, Tensor a, Tensor b) {
    return Elementwise.row(row, a, b, DType.BOOL, DType.BOOL, DType.BOOL);
  }

  static Tensor bitwiseNot(Tensor x) {
    return Raw.unary(BitKernels.not(requireBits("bitwiseNot", x, x.dtype)), x.dtype, x);
  }

  static Tensor bits(String op, Elementwise.Table kernels, Tensor a, Tensor b) {
    DType dtype = requireBits(op, a, Promotion.of(a, b));
    BinaryRow row = Elementwise.row(kernels.row(dtype), a, b, dtype, dtype, dtype);
    return Raw.binary(op, row, dtype, a, b);
  }

  static Tensor shift(String op, Elementwise.Table kernels, Tensor a, Tensor b) {
    DType dtype = requireBits(op, a, Promotion.of(a, b));
    if (dtype == DType.BOOL) {
      throw Arithmetic.unsupported(op, a, "integers");
    }
    return Elementwise.number(op, kernels, a, b);
  }

  private static DType requireBits(String op, Tensor x, DType dtype) {
    if (dtype.isFloating()) {
      throw Arithmetic.unsupported(op, x, "integers or BOOL");
    }
    return dtype;
  }
}
