package dev.gatun.tensor;

import dev.gatun.kernel.BinaryRow;
import dev.gatun.kernel.ComparisonKernels;
import dev.gatun.memory.DType;
import java.util.Arrays;

/// What the methods of [ComparisonOps] do. None of it has a gradient.
final class Comparison {
  private Comparison() {}

  @FunctionalInterface
  interface Table {
    BinaryRow row(DType dtype);
  }

  static Tensor compare(String op, Table kernels, Tensor a, Tensor b) {
    Arithmetic.same(op, a, b);
    return switch (a.dtype) {
      case BF16, F16 -> compare(op, kernels, a.detach().to(DType.F32), b.detach().to(DType.F32));
      case F32, F64, I32, I64, U8, BOOL -> Raw.binary(op, kernels.row(a.dtype), DType.BOOL, a, b);
    };
  }

  /// Compares with a number, in the dtype of `x` as PyTorch does, or in F64 where an integer dtype
  /// does not hold the number.
  static Tensor compare(String op, Table kernels, Tensor x, double value) {
    DType dtype =
        switch (x.dtype) {
          case F32, F64 -> x.dtype;
          case BF16, F16 -> DType.F32;
          case I32 -> value == (int) value ? DType.I32 : DType.F64;
          case I64 -> value == (long) value && Math.abs(value) < 0x1p63 ? DType.I64 : DType.F64;
          case U8, BOOL ->
              value == (int) value && value >= 0 && value <= 255 ? DType.U8 : DType.F64;
        };
    return compare(op, kernels, x.detach().to(dtype), Tensor.scalar(dtype, value));
  }

  static Tensor logic(String op, BinaryRow row, Tensor a, Tensor b) {
    requireBool(op, a);
    requireBool(op, b);
    return Raw.binary(op, row, DType.BOOL, a, b);
  }

  static Tensor not(Tensor x) {
    requireBool("logicalNot", x);
    return Raw.unary(ComparisonKernels.logicalNot(), DType.BOOL, x);
  }

  private static void requireBool(String op, Tensor x) {
    if (x.dtype != DType.BOOL) {
      throw new DTypeException(
          "%s: needs BOOL, got %s %s; compare with ne(0) first"
              .formatted(op, x.dtype, Shapes.format(x.shape)));
    }
  }

  /// How many elements of a BOOL tensor are true.
  static Tensor count(Tensor x) {
    return x.to(DType.I64).sum();
  }

  static boolean equal(Tensor a, Tensor b) {
    return a.dtype == b.dtype && Arrays.equals(a.shape, b.shape) && count(a.ne(b)).itemLong() == 0;
  }
}
