package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Memory.ALL;

/// Loops that find the first extreme element of I32.
final class I32ArgFolds {
  static final ArgFold MAX =
      new ArgFold(4, I32ArgFolds::maxRows, I32ArgFolds::maxColumns, I32ArgFolds::maxBeats);
  static final ArgFold MIN =
      new ArgFold(4, I32ArgFolds::minRows, I32ArgFolds::minColumns, I32ArgFolds::minBeats);

  private I32ArgFolds() {}

  static boolean maxBeats(long candidate, long than) {
    long v = candidate;
    long best = than;
    return v > best;
  }

  /// Position of the first extreme of a row.
  static long max(long x, long n) {
    int best = i32(ALL, x);
    long position = 0;
    for (long i = 1; i < n; i++) {
      int v = i32(ALL, x + i * 4);
      if (v > best) {
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
      maxJoin(i32(ALL, row + position * 4), first + position, into, at + r, plane);
    }
  }

  static void maxJoin(long v, long position, long[] into, int at, int plane) {
    long bits = v;
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
        maxJoin(i32(ALL, row + c * 4L), first + r, into, at + c, plane);
      }
    }
  }

  static boolean minBeats(long candidate, long than) {
    long v = candidate;
    long best = than;
    return v < best;
  }

  /// Position of the first extreme of a row.
  static long min(long x, long n) {
    int best = i32(ALL, x);
    long position = 0;
    for (long i = 1; i < n; i++) {
      int v = i32(ALL, x + i * 4);
      if (v < best) {
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
      minJoin(i32(ALL, row + position * 4), first + position, into, at + r, plane);
    }
  }

  static void minJoin(long v, long position, long[] into, int at, int plane) {
    long bits = v;
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
        minJoin(i32(ALL, row + c * 4L), first + r, into, at + c, plane);
      }
    }
  }
}
