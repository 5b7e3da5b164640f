package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.unsupported;
import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.memory.DType;

/// Row kernels of comparisons and of logic. The result is BOOL: one byte, 0 or 1.
///
/// Comparisons take F32, F64, I32, I64, U8 and BOOL; BF16 and F16 are an
/// [IllegalArgumentException]. A NaN equals nothing and is neither smaller nor larger.
public final class ComparisonKernels {
  static final UnaryRow NOT =
      PlainRows.of(
          1,
          1,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, !bool(ALL, x + i * xs));
            }
          });

  static final BinaryRow AND =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, bool(ALL, a + i * as) && bool(ALL, b + i * bs));
            }
          });

  static final BinaryRow OR =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, bool(ALL, a + i * as) || bool(ALL, b + i * bs));
            }
          });

  static final BinaryRow XOR =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, bool(ALL, a + i * as) ^ bool(ALL, b + i * bs));
            }
          });

  private ComparisonKernels() {}

  /// `y = a == b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow eq(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Comparison.EQ : F32Comparison.EQ;
      case F64 -> Dispatch.vector() ? VectorF64Comparison.EQ : F64Comparison.EQ;
      case I32 -> Dispatch.vector() ? VectorI32Comparison.EQ : I32Comparison.EQ;
      case I64 -> Dispatch.vector() ? VectorI64Comparison.EQ : I64Comparison.EQ;
      case U8, BOOL -> Dispatch.vector() ? VectorU8Comparison.EQ : U8Comparison.EQ;
      case BF16, F16 -> throw unsupported("eq", dtype);
    };
  }

  /// `y = a != b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow ne(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Comparison.NE : F32Comparison.NE;
      case F64 -> Dispatch.vector() ? VectorF64Comparison.NE : F64Comparison.NE;
      case I32 -> Dispatch.vector() ? VectorI32Comparison.NE : I32Comparison.NE;
      case I64 -> Dispatch.vector() ? VectorI64Comparison.NE : I64Comparison.NE;
      case U8, BOOL -> Dispatch.vector() ? VectorU8Comparison.NE : U8Comparison.NE;
      case BF16, F16 -> throw unsupported("ne", dtype);
    };
  }

  /// `y = a < b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow lt(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Comparison.LT : F32Comparison.LT;
      case F64 -> Dispatch.vector() ? VectorF64Comparison.LT : F64Comparison.LT;
      case I32 -> Dispatch.vector() ? VectorI32Comparison.LT : I32Comparison.LT;
      case I64 -> Dispatch.vector() ? VectorI64Comparison.LT : I64Comparison.LT;
      case U8, BOOL -> Dispatch.vector() ? VectorU8Comparison.LT : U8Comparison.LT;
      case BF16, F16 -> throw unsupported("lt", dtype);
    };
  }

  /// `y = a <= b`.
  ///
  /// @param dtype dtype of both operands
  /// @return the row kernel
  public static BinaryRow le(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Comparison.LE : F32Comparison.LE;
      case F64 -> Dispatch.vector() ? VectorF64Comparison.LE : F64Comparison.LE;
      case I32 -> Dispatch.vector() ? VectorI32Comparison.LE : I32Comparison.LE;
      case I64 -> Dispatch.vector() ? VectorI64Comparison.LE : I64Comparison.LE;
      case U8, BOOL -> Dispatch.vector() ? VectorU8Comparison.LE : U8Comparison.LE;
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
    return Dispatch.vector() ? VectorU8Bits.LOGICAL_NOT : NOT;
  }

  /// `y = a && b` of BOOL.
  ///
  /// @return the row kernel
  public static BinaryRow logicalAnd() {
    return Dispatch.vector() ? VectorU8Bits.LOGICAL_AND : AND;
  }

  /// `y = a || b` of BOOL.
  ///
  /// @return the row kernel
  public static BinaryRow logicalOr() {
    return Dispatch.vector() ? VectorU8Bits.LOGICAL_OR : OR;
  }

  /// `y = a != b` of truth values.
  ///
  /// @return the row kernel
  public static BinaryRow logicalXor() {
    return Dispatch.vector() ? VectorU8Bits.LOGICAL_XOR : XOR;
  }

  private static BinaryRow swapped(BinaryRow row) {
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> row.apply(b, bo, bs, a, ao, as, y, yo, ys, n);
  }
}
