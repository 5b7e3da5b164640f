package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Memory.ALL;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

/// Loops that find the first extreme element of F64. A NaN is more extreme than any number.
final class F64ArgFolds {
  static final ArgFold MAX =
      new ArgFold(8, F64ArgFolds::maxRows, F64ArgFolds::maxColumns, F64ArgFolds::maxBeats);
  static final ArgFold MIN =
      new ArgFold(8, F64ArgFolds::minRows, F64ArgFolds::minColumns, F64ArgFolds::minBeats);

  private F64ArgFolds() {}

  static boolean maxBeats(long candidate, long than) {
    double v = longBitsToDouble(candidate);
    double best = longBitsToDouble(than);
    return v > best || (Double.isNaN(v) && !Double.isNaN(best));
  }

  /// Position of the first extreme of a row.
  static long max(long x, long n) {
    double best = f64(ALL, x);
    long position = 0;
    for (long i = 1; i < n; i++) {
      double v = f64(ALL, x + i * 8);
      if (v > best || (Double.isNaN(v) && !Double.isNaN(best))) {
        best = v;
        position = i;
      }
    }
    return position;
  }

  private static void maxRows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long position = max(row, n);
      maxJoin(f64(ALL, row + position * 8), first + position, into, at + r, plane);
    }
  }

  static void maxJoin(double v, long position, long[] into, int at, int plane) {
    long bits = doubleToRawLongBits(v);
    if (into[at + plane] < 0 || maxBeats(bits, into[at])) {
      into[at] = bits;
      into[at + plane] = position;
    }
  }

  static void maxColumns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        maxJoin(f64(ALL, row + c * 8L), first + r, into, at + c, plane);
      }
    }
  }

  static boolean minBeats(long candidate, long than) {
    double v = longBitsToDouble(candidate);
    double best = longBitsToDouble(than);
    return v < best || (Double.isNaN(v) && !Double.isNaN(best));
  }

  /// Position of the first extreme of a row.
  static long min(long x, long n) {
    double best = f64(ALL, x);
    long position = 0;
    for (long i = 1; i < n; i++) {
      double v = f64(ALL, x + i * 8);
      if (v < best || (Double.isNaN(v) && !Double.isNaN(best))) {
        best = v;
        position = i;
      }
    }
    return position;
  }

  private static void minRows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long position = min(row, n);
      minJoin(f64(ALL, row + position * 8), first + position, into, at + r, plane);
    }
  }

  static void minJoin(double v, long position, long[] into, int at, int plane) {
    long bits = doubleToRawLongBits(v);
    if (into[at + plane] < 0 || minBeats(bits, into[at])) {
      into[at] = bits;
      into[at + plane] = position;
    }
  }

  static void minColumns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    for (long r = 0; r < rows; r++) {
      long row = x + r * rowStride;
      for (int c = 0; c < columns; c++) {
        minJoin(f64(ALL, row + c * 8L), first + r, into, at + c, plane);
      }
    }
  }
}
