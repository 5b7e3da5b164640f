package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.memory.DType;
import java.util.function.LongBinaryOperator;

/// Loops of the I32 reductions, accumulated in long; they wrap when they are stored.
final class I32Folds {
  static final LongBinaryOperator SUM = (a, b) -> a + b;
  static final LongBinaryOperator PROD = (a, b) -> a * b;
  static final LongBinaryOperator MAX = (a, b) -> Math.max(a, b);
  static final LongBinaryOperator MIN = (a, b) -> Math.min(a, b);
  static final ValueFold SUMS = sum(I32Folds::sumRows, I32Folds::sumColumns);
  static final ValueFold PRODUCTS = prod(I32Folds::prodRows, I32Folds::prodColumns);
  static final ValueFold MAXIMA = max(I32Folds::maxRows, I32Folds::maxColumns);
  static final ValueFold MINIMA = min(I32Folds::minRows, I32Folds::minColumns);

  private I32Folds() {}

  static ValueFold sum(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(4, false, DType.I32, 0, rows, columns, SUM);
  }

  static ValueFold prod(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(4, false, DType.I32, 1, rows, columns, PROD);
  }

  static ValueFold max(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(4, false, DType.I32, Long.MIN_VALUE, rows, columns, MAX);
  }

  static ValueFold min(ValueFold.Rows rows, ValueFold.Columns columns) {
    return new ValueFold(4, false, DType.I32, Long.MAX_VALUE, rows, columns, MIN);
  }

  /// Four at once, because each waits for the one before it.
  static long sum(long x, long n) {
    long s0 = 0;
    long s1 = s0;
    long s2 = s0;
    long s3 = s0;
    long i = 0;
    for (; i + 4 <= n; i += 4) {
      long at = x + i * 4;
      s0 = s0 + i32(ALL, at);
      s1 = s1 + i32(ALL, at + 4);
      s2 = s2 + i32(ALL, at + 8);
      s3 = s3 + i32(ALL, at + 12);
    }
    for (; i < n; i++) {
      s0 = s0 + i32(ALL, x + i * 4);
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void sumRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long s = sum(x + r * rowStride, n);
      into[at + r] = into[at + r] + s;
    }
  }

  static void sumColumns(long x, long rowStride, long rows, int columns, long[] into, int at) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        long v = i32(ALL, row + c * 4L);
        into[at + c] = into[at + c] + v;
      }
    }
  }

  static long prod(long x, long n) {
    long s0 = 1;
    long s1 = s0;
    long s2 = s0;
    long s3 = s0;
    long i = 0;
    for (; i + 4 <= n; i += 4) {
      long at = x + i * 4;
      s0 = s0 * i32(ALL, at);
      s1 = s1 * i32(ALL, at + 4);
      s2 = s2 * i32(ALL, at + 8);
      s3 = s3 * i32(ALL, at + 12);
    }
    for (; i < n; i++) {
      s0 = s0 * i32(ALL, x + i * 4);
    }
    return (s0 * s1) * (s2 * s3);
  }

  private static void prodRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long s = prod(x + r * rowStride, n);
      into[at + r] = into[at + r] * s;
    }
  }

  static void prodColumns(long x, long rowStride, long rows, int columns, long[] into, int at) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        long v = i32(ALL, row + c * 4L);
        into[at + c] = into[at + c] * v;
      }
    }
  }

  static long max(long x, long n) {
    int s = i32(ALL, x);
    for (long i = 1; i < n; i++) {
      s = Math.max(s, i32(ALL, x + i * 4));
    }
    return s;
  }

  private static void maxRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long s = max(x + r * rowStride, n);
      into[at + r] = Math.max(into[at + r], s);
    }
  }

  static void maxColumns(long x, long rowStride, long rows, int columns, long[] into, int at) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        long v = i32(ALL, row + c * 4L);
        into[at + c] = Math.max(into[at + c], v);
      }
    }
  }

  static long min(long x, long n) {
    int s = i32(ALL, x);
    for (long i = 1; i < n; i++) {
      s = Math.min(s, i32(ALL, x + i * 4));
    }
    return s;
  }

  private static void minRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long s = min(x + r * rowStride, n);
      into[at + r] = Math.min(into[at + r], s);
    }
  }

  static void minColumns(long x, long rowStride, long rows, int columns, long[] into, int at) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        long v = i32(ALL, row + c * 4L);
        into[at + c] = Math.min(into[at + c], v);
      }
    }
  }
}
