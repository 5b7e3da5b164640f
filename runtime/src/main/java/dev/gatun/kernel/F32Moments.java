package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Memory.ALL;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

/// Loops behind [MomentFold] over F32.
final class F32Moments {
  static final MomentFold.Loops LOOPS =
      new MomentFold.Loops(
          4, F32Folds::sum, F32Moments::squares, F32Folds::sumColumns, F32Moments::squares);

  private F32Moments() {}

  /// The loops with vectors; loaded only where there are some.
  static MomentFold.Loops vector() {
    return new MomentFold.Loops(
        4,
        VectorF32Folds::total,
        VectorF32Folds::squares,
        VectorF32Columns::sum,
        F32Moments::vectorSquares);
  }

  /// `Σ (x - mean)²`
  static double squares(long x, long n, double mean) {
    double s = 0;
    for (long i = 0; i < n; i++) {
      double d = f32(ALL, x + i * 4) - mean;
      s += d * d;
    }
    return s;
  }

  private static void squares(
      long x, long rowStride, long rows, int columns, double[] means, long[] into, int at) {
    squares(x, rowStride, rows, 0, columns, means, into, at);
  }

  private static void vectorSquares(
      long x, long rowStride, long rows, int columns, double[] means, long[] into, int at) {
    int done = VectorF32Columns.squares(x, rowStride, rows, columns, means, into, at);
    squares(x, rowStride, rows, done, columns, means, into, at);
  }

  private static void squares(
      long x, long rowStride, long rows, int from, int to, double[] means, long[] into, int at) {
    for (int c = from; c < to; c++) {
      double mean = means[c];
      double s = longBitsToDouble(into[at + c]);
      for (long r = 0; r < rows; r++) {
        double d = f32(ALL, x + r * rowStride + c * 4L) - mean;
        s += d * d;
      }
      into[at + c] = doubleToRawLongBits(s);
    }
  }
}
