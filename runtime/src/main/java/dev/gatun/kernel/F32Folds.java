package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Memory.ALL;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.function.LongBinaryOperator;

/// Loops of the F32 reductions, accumulated in double.
final class F32Folds {
  static final LongBinaryOperator SUM =
      (a, b) -> doubleToRawLongBits(longBitsToDouble(a) + longBitsToDouble(b));
  static final LongBinaryOperator PROD =
      (a, b) -> doubleToRawLongBits(longBitsToDouble(a) * longBitsToDouble(b));
  static final LongBinaryOperator MAX =
      (a, b) -> doubleToRawLongBits(Math.max(longBitsToDouble(a), longBitsToDouble(b)));
  static final LongBinaryOperator MIN =
      (a, b) -> doubleToRawLongBits(Math.min(longBitsToDouble(a), longBitsToDouble(b)));
  static final ValueFold SUMS = sum(F32Folds::sumRows, F32Folds::sumColumns);
  static final ValueFold PRODUCTS = prod(F32Folds::prodRows, F32Folds::prodColumns);
  static final ValueFold MAXIMA = max(F32Folds::maxRows, F32Folds::maxColumns);
  static final ValueFold MINIMA = min(F32Folds::minRows, F32Folds::minColumns);

  private F32Folds() {}

  static ValueFold sum(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(4, true, DType.F32, 0, rows, columns, SUM);
  }

  static ValueFold prod(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(4, true, DType.F32, doubleToRawLongBits(1), rows, columns, PROD);
  }

  static ValueFold max(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(
        4, true, DType.F32, doubleToRawLongBits(Double.NEGATIVE_INFINITY), rows, columns, MAX);
  }

  static ValueFold min(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(
        4, true, DType.F32, doubleToRawLongBits(Double.POSITIVE_INFINITY), rows, columns, MIN);
  }

  /// Four at once, because each waits for the one before it.
  static double sum(long x, long n) {
    double s0 = 0;
    double s1 = s0;
    double s2 = s0;
    double s3 = s0;
    long i = 0;
    for (; i + 4 <= n; i += 4) {
      long at = x + i * 4;
      s0 = s0 + f32(ALL, at);
      s1 = s1 + f32(ALL, at + 4);
      s2 = s2 + f32(ALL, at + 8);
      s3 = s3 + f32(ALL, at + 12);
    }
    for (; i < n; i++) {
      s0 = s0 + f32(ALL, x + i * 4);
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void sumRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      double s = sum(x + r * rowStride, n);
      into[at + r] = doubleToRawLongBits(longBitsToDouble(into[at + r]) + s);
    }
  }

  static void sumColumns(long x, long rowStride, long rows, int columns, long[] into, int at) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        double v = f32(ALL, row + c * 4L);
        into[at + c] = doubleToRawLongBits(longBitsToDouble(into[at + c]) + v);
      }
    }
  }

  static double prod(long x, long n) {
    double s0 = 1;
    double s1 = s0;
    double s2 = s0;
    double s3 = s0;
    long i = 0;
    for (; i + 4 <= n; i += 4) {
      long at = x + i * 4;
      s0 = s0 * f32(ALL, at);
      s1 = s1 * f32(ALL, at + 4);
      s2 = s2 * f32(ALL, at + 8);
      s3 = s3 * f32(ALL, at + 12);
    }
    for (; i < n; i++) {
      s0 = s0 * f32(ALL, x + i * 4);
    }
    return (s0 * s1) * (s2 * s3);
  }

  private static void prodRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      double s = prod(x + r * rowStride, n);
      into[at + r] = doubleToRawLongBits(longBitsToDouble(into[at + r]) * s);
    }
  }

  static void prodColumns(long x, long rowStride, long rows, int columns, long[] into, int at) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        double v = f32(ALL, row + c * 4L);
        into[at + c] = doubleToRawLongBits(longBitsToDouble(into[at + c]) * v);
      }
    }
  }

  static double max(long x, long n) {
    float s = f32(ALL, x);
    for (long i = 1; i < n; i++) {
      s = Math.max(s, f32(ALL, x + i * 4));
    }
    return s;
  }

  private static void maxRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      double s = max(x + r * rowStride, n);
      into[at + r] = doubleToRawLongBits(Math.max(longBitsToDouble(into[at + r]), s));
    }
  }

  static void maxColumns(long x, long rowStride, long rows, int columns, long[] into, int at) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        double v = f32(ALL, row + c * 4L);
        into[at + c] = doubleToRawLongBits(Math.max(longBitsToDouble(into[at + c]), v));
      }
    }
  }

  static double min(long x, long n) {
    float s = f32(ALL, x);
    for (long i = 1; i < n; i++) {
      s = Math.min(s, f32(ALL, x + i * 4));
    }
    return s;
  }

  private static void minRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      double s = min(x + r * rowStride, n);
      into[at + r] = doubleToRawLongBits(Math.min(longBitsToDouble(into[at + r]), s));
    }
  }

  static void minColumns(long x, long rowStride, long rows, int columns, long[] into, int at) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        double v = f32(ALL, row + c * 4L);
        into[at + c] = doubleToRawLongBits(Math.min(longBitsToDouble(into[at + c]), v));
      }
    }
  }

  /// The largest of a row of any memory, as bits of a double.
  static long max(MemorySegment x, long xo, long xs, long n) {
    float s = f32(x, xo);
    for (long i = 1; i < n; i++) {
      s = Math.max(s, f32(x, xo + i * xs));
    }
    return doubleToRawLongBits(s);
  }
}
