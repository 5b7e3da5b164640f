package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.MixedRows;
import dev.gatun.kernel.MixedRows.Cast;
import dev.gatun.kernel.TernaryRow;
import dev.gatun.memory.DType;

/// Forwards of operations whose operands may differ in dtype.
final class Elementwise {
  private Elementwise() {}

  /// The kernels of an operation, by the dtype that they compute in.
  @FunctionalInterface
  interface Table {
    BinaryRow row(DType dtype);
  }

  /// The result has the common dtype.
  static Tensor number(String op, Table kernels, Tensor a, Tensor b) {
    return arithmetic(op, kernels, Promotion.of(a, b), a, b);
  }

  /// The result has the common dtype, which must not be BOOL.
  static Tensor noBool(String op, Table kernels, Tensor a, Tensor b) {
    DType dtype = Promotion.of(a, b);
    if (dtype == DType.BOOL) {
      throw Arithmetic.unsupported(op, a, "numbers");
    }
    return arithmetic(op, kernels, dtype, a, b);
  }

  /// The result has the common dtype, F32 in place of integers and BOOL.
  static Tensor fraction(String op, Table kernels, Tensor a, Tensor b) {
    return arithmetic(op, kernels, Promotion.fraction(Promotion.of(a, b)), a, b);
  }

  /// The result has the common dtype, which must be a floating one.
  static Tensor floating(String op, Table kernels, Tensor a, Tensor b) {
    DType dtype = Promotion.of(a, b);
    if (!dtype.isFloating()) {
      throw Arithmetic.unsupported(op, a, "a floating dtype");
    }
    return arithmetic(op, kernels, dtype, a, b);
  }

  private static Tensor arithmetic(String op, Table kernels, DType dtype, Tensor a, Tensor b) {
    DType in = Promotion.computed(dtype);
    BinaryRow row = kernels.row(in);
    return Raw.binary(op, row(row, a, b, in, in, dtype), dtype, a, b);
  }

  /// The result is BOOL.
  static Tensor compare(String op, Table kernels, Tensor a, Tensor b) {
    DType in = Promotion.compared(Promotion.of(a, b));
    BinaryRow row = kernels.row(in);
    return Raw.binary(op, row(row, a, b, in, DType.BOOL, DType.BOOL), DType.BOOL, a, b);
  }

  /// A kernel that computes in `in` and results in `out`, for the dtypes that there are.
  static BinaryRow row(BinaryRow row, Tensor a, Tensor b, DType in, DType out, DType y) {
    if (a.dtype == in && b.dtype == in && y == out) {
      return row;
    }
    return MixedRows.of(row, new Cast(a.dtype, in), new Cast(b.dtype, in), new Cast(y, out));
  }

  /// `row(a, b, c)` broadcast, in `dtype`.
  static Tensor ternary(
      String op, TernaryRow row, DType dtype, DType in, Tensor a, Tensor b, Tensor c) {
    long[] shape = Shapes.broadcast(op, a.shape, Shapes.broadcast(op, b.shape, c.shape));
    Tensor y = Raw.empty(op, dtype, shape);
    Raw.ternary(row(row, in, a, b, c, y), a, b, c, y);
    return y;
  }

  static TernaryRow row(TernaryRow row, DType in, Tensor a, Tensor b, Tensor c, Tensor y) {
    return MixedRows.of(
        row,
        new Cast(a.dtype, in),
        new Cast(b.dtype, in),
        new Cast(c.dtype, in),
        new Cast(y.dtype, in));
  }
}
