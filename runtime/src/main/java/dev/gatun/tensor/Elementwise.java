package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.MixedRows;
import dev.gatun.kernel.MixedRows.Cast;
import dev.gatun.kernel.TernaryRow;
import dev.gatun.memory.DType;

/// What operations share whose operands may differ in dtype.
final class Elementwise {
  private Elementwise() {}

  /// The kernels of an operation, by the dtype that they compute in.
  @FunctionalInterface
  interface Table {
    BinaryRow row(DType dtype);
  }

  /// The result is BOOL.
  static Tensor compare(String op, Table kernels, Tensor a, Tensor b) {
    DType in = Promotion.compared(Promotion.of(a, b));
    BinaryRow row = kernels.row(in);
    return Raw.binary(op, row(row, a, b, in, DType.BOOL, DType.BOOL), DType.BOOL, a, b);
  }

  /// The result is overwritten on `x`, as 0 and 1.
  static Tensor compareInPlace(String op, Table kernels, Tensor x, Tensor other) {
    DType in = Promotion.compared(Promotion.of(x, other));
    return overwrite(op, row(kernels.row(in), x, other, in, DType.BOOL, x.dtype), x, other);
  }

  /// `x = row(x, other)`, an operation without gradients.
  static Tensor overwrite(String op, BinaryRow row, Tensor x, Tensor other) {
    InPlace.requireFits(op, x, other);
    return InPlace.overwrite(op, () -> Raw.binary(row, x, InPlace.apart(x, other), x), x);
  }

  /// The operand of a change in place of `x`. One of another floating dtype whose gradient is asked
  /// for is converted first, so that gradients stay in the dtype of `x` to the end.
  static Tensor recordable(Tensor x, Tensor other) {
    boolean converted = other.dtype != x.dtype && other.dtype.isFloating() && x.dtype.isFloating();
    return converted && InPlace.isRecorded(x, other) ? other.to(x.dtype) : other;
  }

  /// A kernel that computes in `in` and results in `out`, for the dtypes that there are.
  static BinaryRow row(BinaryRow row, Tensor a, Tensor b, DType in, DType out, DType y) {
    if (a.dtype == in && b.dtype == in && y == out) {
      return row;
    }
    return MixedRows.of(row, new Cast(a.dtype, in), new Cast(b.dtype, in), new Cast(y, out));
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
