package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Memory.ALL;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.function.LongBinaryOperator;

/// Loops of the F64 reductions, accumulated in double.
final class F64Folds {
  static final LongBinaryOperator SUM =
      (a, b) -> doubleToRawLongBits(longBitsToDouble(a) + longBitsToDouble(b));
  static final LongBinaryOperator PROD =
      (a, b) -> doubleToRawLongBits(longBitsToDouble(a) * longBitsToDouble(b));
  static final LongBinaryOperator MAX =
      (a, b) -> doubleToRawLongBits(Math.max(longBitsToDouble(a), longBitsToDouble(b)));
  static final LongBinaryOperator MIN =
      (a, b) -> doubleToRawLongBits(Math.min(longBitsToDouble(a), longBitsToDouble(b)));
  static final ValueFold SUMS = sum(F64Folds::sumRows, F64Folds::sumColumns);
  static final ValueFold PRODUCTS = prod(F64Folds::prodRows, F64Folds::prodColumns);
  static final ValueFold MAXIMA = max(F64Folds::maxRows, F64Folds::maxColumns);
  static final ValueFold MINIMA = min(F64Folds::minRows, F64Folds::minColumns);

  private F64Folds() {}

  static ValueFold sum(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(8, true, DType.F64, 0, rows, columns, SUM);
  }

  static ValueFold prod(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(8, true, DType.F64, doubleToRawLongBits(1), rows, columns, PROD);
  }

  static ValueFold max(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(
        8, true, DType.F64, doubleToRawLongBits(Double.NEGATIVE_INFINITY), rows, columns, MAX);
  }

  static ValueFold min(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(
        8, true, DType.F64, doubleToRawLongBits(Double.POSITIVE_INFINITY), rows, columns, MIN);
  }

  /// Four at once, because each waits for the one before it.
  static double sum(long x, long n) {
    double s0 = 0;
    double s1 = s0;
    double s2 = s0;
    double s3 = s0;
    long i = 0;
    for (; i + 4 <= n; i += 4) {
      long at = x + i * 8;
      s0 = s0 + f64(ALL, at);
      s1 = s1 + f64(ALL, at + 8);
      s2 = s2 + f64(ALL, at + 16);
      s3 = s3 + f64(ALL, at + 24);
    }
    for (; i < n; i++) {
      s0 = s0 + f64(ALL, x + i * 8);
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
        double v = f64(ALL, row + c * 8L);
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
      long at = x + i * 8;
      s0 = s0 * f64(ALL, at);
      s1 = s1 * f64(ALL, at + 8);
      s2 = s2 * f64(ALL, at + 16);
      s3 = s3 * f64(ALL, at + 24);
    }
    for (; i < n; i++) {
      s0 = s0 * f64(ALL, x + i * 8);
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
        double v = f64(ALL, row + c * 8L);
        into[at + c] = doubleToRawLongBits(longBitsToDouble(into[at + c]) * v);
      }
    }
  }

  static double max(long x, long n) {
    double s = f64(ALL, x);
    for (long i = 1; i < n; i++) {
      s = Math.max(s, f64(ALL, x + i * 8));
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
        double v = f64(ALL, row + c * 8L);
        into[at + c] = doubleToRawLongBits(Math.max(longBitsToDouble(into[at + c]), v));
      }
    }
  }

  static double min(long x, long n) {
    double s = f64(ALL, x);
    for (long i = 1; i < n; i++) {
      s = Math.min(s, f64(ALL, x + i * 8));
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
        double v = f64(ALL, row + c * 8L);
        into[at + c] = doubleToRawLongBits(Math.min(longBitsToDouble(into[at + c]), v));
      }
    }
  }

  /// The largest of a row of any memory, as bits of a double.
  static long max(MemorySegment x, long xo, long xs, long n) {
    double s = f64(x, xo);
    for (long i = 1; i < n; i++) {
      s = Math.max(s, f64(x, xo + i * xs));
    }
    return doubleToRawLongBits(s);
  }
}
