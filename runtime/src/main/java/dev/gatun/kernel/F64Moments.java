package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Memory.ALL;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

/// Loops behind [MomentFold] over F64.
final class F64Moments {
  static final MomentFold.Loops LOOPS =
      new MomentFold.Loops(
          8, F64Folds::sum, F64Moments::squares, F64Folds::sumColumns, F64Moments::squares);

  private F64Moments() {}

  /// The loops with vectors; loaded only where there are some.
  static MomentFold.Loops vector() {
    return new MomentFold.Loops(
        8,
        VectorF64Folds::total,
        VectorF64Folds::squares,
        VectorF64Columns::sum,
        F64Moments::vectorSquares);
  }

  /// `Σ (x - mean)²`
  static double squares(long x, long n, double mean) {
    double s = 0;
    for (long i = 0; i < n; i++) {
      double d = f64(ALL, x + i * 8) - mean;
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
    int done = VectorF64Columns.squares(x, rowStride, rows, columns, means, into, at);
    squares(x, rowStride, rows, done, columns, means, into, at);
  }

  private static void squares(
      long x, long rowStride, long rows, int from, int to, double[] means, long[] into, int at) {
    for (int c = from; c < to; c++) {
      double mean = means[c];
      double s = longBitsToDouble(into[at + c]);
      for (long r = 0; r < rows; r++) {
        double d = f64(ALL, x + r * rowStride + c * 8L) - mean;
        s += d * d;
      }
      into[at + c] = doubleToRawLongBits(s);
    }
  }
}
