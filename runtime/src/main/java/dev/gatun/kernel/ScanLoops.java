package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Memory.ALL;

/// The loops behind [ScanKernels]; operands are addresses, strides bytes.
final class ScanLoops {
  /// Elements of one of the pieces of a line that are summed at once.
  private static final long PIECE = 256;

  private ScanLoops() {}

  static void sumF32(long x, long xs, long y, long ys, long n) {
    double s = 0;
    for (long i = 0; i < n; i++) {
      double v = f32(ALL, x + i * xs);
      s = s + v;
      f32(ALL, y + i * ys, (float) s);
    }
  }

  /// Four pieces at once, each from the sum of those before it: an addition waits for the one
  /// before it. Doubles hold sums of floats without overflow, whatever their order.
  static void sumDenseF32(long x, long xs, long y, long ys, long n) {
    double[] sums = new double[5];
    long i = 0;
    for (; i + 4 * PIECE <= n; i += 4 * PIECE) {
      sums[0] = sums[4];
      // One place to call, so that the loop behind it is compiled by itself.
      for (int piece = 0; piece < 3; piece++) {
        sums[piece + 1] = sums[piece] + F32Folds.sum(x + (i + piece * PIECE) * 4, PIECE);
      }
      sumPieces(x + i * 4, y + i * 4, sums);
    }
    double s = sums[4];
    for (; i < n; i++) {
      s += f32(ALL, x + i * 4);
      f32(ALL, y + i * 4, (float) s);
    }
  }

  private static void sumPieces(long x, long y, double[] sums) {
    double s0 = sums[0];
    double s1 = sums[1];
    double s2 = sums[2];
    double s3 = sums[3];
    for (long i = 0; i < PIECE; i++) {
      long at = i * 4;
      s0 += f32(ALL, x + at);
      s1 += f32(ALL, x + at + PIECE * 4);
      s2 += f32(ALL, x + at + 2 * PIECE * 4);
      s3 += f32(ALL, x + at + 3 * PIECE * 4);
      f32(ALL, y + at, (float) s0);
      f32(ALL, y + at + PIECE * 4, (float) s1);
      f32(ALL, y + at + 2 * PIECE * 4, (float) s2);
      f32(ALL, y + at + 3 * PIECE * 4, (float) s3);
    }
    sums[4] = s3;
  }

  static void prodF32(long x, long xs, long y, long ys, long n) {
    double s = 1;
    for (long i = 0; i < n; i++) {
      double v = f32(ALL, x + i * xs);
      s = s * v;
      f32(ALL, y + i * ys, (float) s);
    }
  }

  static void logSumExpF32(long x, long xs, long y, long ys, long n) {
    double s = Double.NEGATIVE_INFINITY;
    for (long i = 0; i < n; i++) {
      double v = f32(ALL, x + i * xs);
      s = logSumExp(s, v);
      f32(ALL, y + i * ys, (float) s);
    }
  }

  static void sumF64(long x, long xs, long y, long ys, long n) {
    double s = 0;
    for (long i = 0; i < n; i++) {
      double v = f64(ALL, x + i * xs);
      s = s + v;
      f64(ALL, y + i * ys, s);
    }
  }

  static void prodF64(long x, long xs, long y, long ys, long n) {
    double s = 1;
    for (long i = 0; i < n; i++) {
      double v = f64(ALL, x + i * xs);
      s = s * v;
      f64(ALL, y + i * ys, s);
    }
  }

  static void logSumExpF64(long x, long xs, long y, long ys, long n) {
    double s = Double.NEGATIVE_INFINITY;
    for (long i = 0; i < n; i++) {
      double v = f64(ALL, x + i * xs);
      s = logSumExp(s, v);
      f64(ALL, y + i * ys, s);
    }
  }

  static void sumI64(long x, long xs, long y, long ys, long n) {
    long s = 0;
    for (long i = 0; i < n; i++) {
      long v = i64(ALL, x + i * xs);
      s = s + v;
      i64(ALL, y + i * ys, s);
    }
  }

  static void prodI64(long x, long xs, long y, long ys, long n) {
    long s = 1;
    for (long i = 0; i < n; i++) {
      long v = i64(ALL, x + i * xs);
      s = s * v;
      i64(ALL, y + i * ys, s);
    }
  }

  private static double logSumExp(double a, double b) {
    double max = Math.max(a, b);
    double min = Math.min(a, b);
    // Equal infinities have no difference.
    return min == max && Double.isInfinite(max) ? max : max + Math.log1p(Math.exp(min - max));
  }

  static void sumStep(long x, long s, long y, long n) {
    for (long i = 0; i < n; i++) {
      double v = f64(ALL, s + i * 8) + f32(ALL, x + i * 4);
      f64(ALL, s + i * 8, v);
      f32(ALL, y + i * 4, (float) v);
    }
  }

  static void prodStep(long x, long s, long y, long n) {
    for (long i = 0; i < n; i++) {
      double v = f64(ALL, s + i * 8) * f32(ALL, x + i * 4);
      f64(ALL, s + i * 8, v);
      f32(ALL, y + i * 4, (float) v);
    }
  }

  static void recurrenceF32(long b, long a, long y, long step, long n) {
    double s = 0;
    for (long i = 0; i < n; i++) {
      s = f32(ALL, b + i * step) + (i == 0 ? 0 : f32(ALL, a + i * step) * s);
      f32(ALL, y + i * step, (float) s);
    }
  }

  static void recurrenceF64(long b, long a, long y, long step, long n) {
    double s = 0;
    for (long i = 0; i < n; i++) {
      s = f64(ALL, b + i * step) + (i == 0 ? 0 : f64(ALL, a + i * step) * s);
      f64(ALL, y + i * step, s);
    }
  }
}
