package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.gatun.memory.DType;

/// Row kernels that change elements on their way into a [Reduction].
public final class FoldMaps {
  private static final UnaryRow NUMBER_F32 =
      PlainRows.of(
          4,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              float v = f32(ALL, x + i * xs);
              f32(ALL, y + i * ys, Float.isNaN(v) ? 0 : v);
            }
          });

  private static final UnaryRow NUMBER_F64 =
      PlainRows.of(
          8,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              double v = f64(ALL, x + i * xs);
              f64(ALL, y + i * ys, Double.isNaN(v) ? 0 : v);
            }
          });

  private static final UnaryRow NONZERO_F32 =
      PlainRows.of(
          4,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, f32(ALL, x + i * xs) != 0 ? 1 : 0);
            }
          });

  private static final UnaryRow NONZERO_F64 =
      PlainRows.of(
          8,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, f64(ALL, x + i * xs) != 0 ? 1 : 0);
            }
          });

  private static final UnaryRow NONZERO_I32 =
      PlainRows.of(
          4,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, i32(ALL, x + i * xs) != 0 ? 1 : 0);
            }
          });

  private static final UnaryRow NONZERO_I64 =
      PlainRows.of(
          8,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, i64(ALL, x + i * xs) != 0 ? 1 : 0);
            }
          });

  private static final UnaryRow NONZERO_BYTES =
      PlainRows.of(
          1,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, ALL.get(JAVA_BYTE, x + i * xs) != 0 ? 1 : 0);
            }
          });

  private static final UnaryRow WIDE_BYTES =
      PlainRows.of(
          1,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, ALL.get(JAVA_BYTE, x + i * xs) & 0xff);
            }
          });

  private static final UnaryRow WIDE_I32 =
      PlainRows.of(
          4,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, i32(ALL, x + i * xs));
            }
          });

  private FoldMaps() {}

  /// Elements as I64: 1 where one is not 0, NaN included, else 0.
  ///
  /// @param from dtype of the operand, any but BF16 and F16
  /// @return the row kernel
  public static UnaryRow nonzero(DType from) {
    return switch (from) {
      case F32 -> NONZERO_F32;
      case F64 -> NONZERO_F64;
      case I32 -> NONZERO_I32;
      case I64 -> NONZERO_I64;
      case U8, BOOL -> NONZERO_BYTES;
      case BF16, F16 -> throw Element.unsupported("nonzero", from);
    };
  }

  /// Integers and truth values as I64.
  ///
  /// @param from I32, U8 or BOOL
  /// @return the row kernel
  public static UnaryRow wide(DType from) {
    return switch (from) {
      case I32 -> WIDE_I32;
      case U8, BOOL -> WIDE_BYTES;
      case F32, F64, I64, BF16, F16 -> throw Element.unsupported("wide", from);
    };
  }

  /// Elements with 0 for each NaN.
  ///
  /// @param dtype F32 or F64
  /// @return the row kernel
  public static UnaryRow number(DType dtype) {
    return switch (dtype) {
      case F32 -> NUMBER_F32;
      case F64 -> NUMBER_F64;
      case I32, I64, U8, BOOL, BF16, F16 -> throw Element.unsupported("number", dtype);
    };
  }

  /// One row kernel after the other, both of one dtype.
  ///
  /// @param first applied to the operand
  /// @param second applied to the result, in place
  /// @return the row kernel
  public static UnaryRow then(UnaryRow first, UnaryRow second) {
    return (x, xo, xs, y, yo, ys, n) -> {
      first.apply(x, xo, xs, y, yo, ys, n);
      second.apply(y, yo, ys, y, yo, ys, n);
    };
  }
}
