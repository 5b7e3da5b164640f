package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of comparisons and of logic. The result is BOOL: one byte, 0 or 1.
///
/// Comparisons take F32, F64, I32, I64, U8 and BOOL; BF16 and F16 are an
/// [IllegalArgumentException]. A NaN equals nothing and is neither smaller nor larger.
public final class ComparisonKernels {
  private static final UnaryRow NOT =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, !bool(x, xo + i * xs));
        }
      };

  private static final BinaryRow AND =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, bool(a, ao + i * as) && bool(b, bo + i * bs));
        }
      };

  private static final BinaryRow OR =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, bool(a, ao + i * as) || bool(b, bo + i * bs));
        }
      };

  private ComparisonKernels() {}

  /// `y = a == b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow eq(DType dtype) {
    return switch (dtype) {
      case F32 -> F32Comparison.EQ;
      case F64 -> F64Comparison.EQ;
      case I32 -> I32Comparison.EQ;
      case I64 -> I64Comparison.EQ;
      case U8, BOOL -> U8Comparison.EQ;
      case BF16, F16 -> throw unsupported("eq", dtype);
    };
  }

  /// `y = a != b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow ne(DType dtype) {
    return switch (dtype) {
      case F32 -> F32Comparison.NE;
      case F64 -> F64Comparison.NE;
      case I32 -> I32Comparison.NE;
      case I64 -> I64Comparison.NE;
      case U8, BOOL -> U8Comparison.NE;
      case BF16, F16 -> throw unsupported("ne", dtype);
    };
  }

  /// `y = a < b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow lt(DType dtype) {
    return switch (dtype) {
      case F32 -> F32Comparison.LT;
      case F64 -> F64Comparison.LT;
      case I32 -> I32Comparison.LT;
      case I64 -> I64Comparison.LT;
      case U8, BOOL -> U8Comparison.LT;
      case BF16, F16 -> throw unsupported("lt", dtype);
    };
  }

  /// `y = a <= b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow le(DType dtype) {
    return switch (dtype) {
      case F32 -> F32Comparison.LE;
      case F64 -> F64Comparison.LE;
      case I32 -> I32Comparison.LE;
      case I64 -> I64Comparison.LE;
      case U8, BOOL -> U8Comparison.LE;
      case BF16, F16 -> throw unsupported("le", dtype);
    };
  }

  /// `y = a > b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow gt(DType dtype) {
    return swapped(lt(dtype));
  }

  /// `y = a >= b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow ge(DType dtype) {
    return swapped(le(dtype));
  }

  /// `y = !x` of BOOL.
  ///
  /// @return the row kernel
  public static UnaryRow logicalNot() {
    return NOT;
  }

  /// `y = a && b` of BOOL.
  ///
  /// @return the row kernel
  public static BinaryRow logicalAnd() {
    return AND;
  }

  /// `y = a || b` of BOOL.
  ///
  /// @return the row kernel
  public static BinaryRow logicalOr() {
    return OR;
  }

  private static BinaryRow swapped(BinaryRow row) {
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> row.apply(b, bo, bs, a, ao, as, y, yo, ys, n);
  }
}
