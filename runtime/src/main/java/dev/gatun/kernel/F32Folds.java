package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import java.lang.foreign.MemorySegment;

/// Reductions of F32, accumulated in double.
final class F32Folds {
  private static final Fold.Store STORE =
      (y, at, bits) -> f32(y, at, (float) longBitsToDouble(bits));

  static final Fold SUM = sum(F32Folds::sum);
  static final Fold PROD =
      new Fold(
          doubleToRawLongBits(1),
          F32Folds::product,
          (a, b) -> doubleToRawLongBits(longBitsToDouble(a) * longBitsToDouble(b)),
          STORE);
  static final Fold MAX = max(F32Folds::max);
  static final Fold MIN = min(F32Folds::min);
  static final ColumnSums COLUMNS = F32Folds::columns;

  private F32Folds() {}

  static Fold sum(Fold.Row row) {
    return new Fold(
        doubleToRawLongBits(0),
        row,
        (a, b) -> doubleToRawLongBits(longBitsToDouble(a) + longBitsToDouble(b)),
        STORE);
  }

  static Fold max(Fold.Row row) {
    return new Fold(
        doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        row,
        (a, b) -> doubleToRawLongBits(Math.max(longBitsToDouble(a), longBitsToDouble(b))),
        STORE);
  }

  static Fold min(Fold.Row row) {
    return new Fold(
        doubleToRawLongBits(Double.POSITIVE_INFINITY),
        row,
        (a, b) -> doubleToRawLongBits(Math.min(longBitsToDouble(a), longBitsToDouble(b))),
        STORE);
  }

  /// Four sums at once, because an addition waits for the one before it.
  static long sum(MemorySegment x, long xo, long xs, long n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    long i = 0;
    for (; i + 4 <= n; i += 4) {
      long at = xo + i * xs;
      s0 += f32(x, at);
      s1 += f32(x, at + xs);
      s2 += f32(x, at + 2 * xs);
      s3 += f32(x, at + 3 * xs);
    }
    for (; i < n; i++) {
      s0 += f32(x, xo + i * xs);
    }
    return doubleToRawLongBits((s0 + s1) + (s2 + s3));
  }

  private static long product(MemorySegment x, long xo, long xs, long n) {
    double s = 1;
    for (long i = 0; i < n; i++) {
      s = s * f32(x, xo + i * xs);
    }
    return doubleToRawLongBits(s);
  }

  static long max(MemorySegment x, long xo, long xs, long n) {
    float s = f32(x, xo);
    for (long i = 1; i < n; i++) {
      s = Math.max(s, f32(x, xo + i * xs));
    }
    return doubleToRawLongBits(s);
  }

  static long min(MemorySegment x, long xo, long xs, long n) {
    float s = f32(x, xo);
    for (long i = 1; i < n; i++) {
      s = Math.min(s, f32(x, xo + i * xs));
    }
    return doubleToRawLongBits(s);
  }

  private static void columns(
      MemorySegment x, long xo, long rowStride, long rows, int columns, double[] into, int at) {
    for (int c = 0; c < columns; c++) {
      into[at + c] = 0;
    }
    for (long r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        into[at + c] += f32(x, xo + r * rowStride + c * 4L);
      }
    }
  }
}
