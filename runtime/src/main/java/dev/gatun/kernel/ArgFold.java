package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Finds the first extreme element; a NaN is more extreme than any number. Cells: the element's
/// value, its position, which is -1 as long as there is none.
///
/// @param bytes of an element
/// @param rowLoop looks through rows
/// @param columnLoop looks through rows side by side
/// @param beats whether one value is strictly more extreme than another
record ArgFold(int bytes, Rows rowLoop, Columns columnLoop, Beats beats) implements Fold {
  @FunctionalInterface
  interface Rows {
    void fold(
        long x, long rowStride, int count, long n, long first, long[] into, int at, int plane);
  }

  @FunctionalInterface
  interface Columns {
    void fold(
        long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane);
  }

  @FunctionalInterface
  interface Beats {
    boolean test(long candidate, long best);
  }

  @Override
  public int cells() {
    return 2;
  }

  @Override
  public void clear(long[] into, int at, int plane, int count) {
    Arrays.fill(into, at, at + count, 0);
    Arrays.fill(into, at + plane, at + plane + count, -1);
  }

  @Override
  public void rows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    rowLoop.fold(x, rowStride, count, n, first, into, at, plane);
  }

  @Override
  public void columns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    columnLoop.fold(x, rowStride, rows, columns, first, into, at, plane);
  }

  @Override
  public void join(long[] into, int at, long[] from, int fromAt, int plane, int count) {
    for (int i = 0; i < count; i++) {
      if (into[at + plane + i] < 0 || beats.test(from[fromAt + i], into[at + i])) {
        into[at + i] = from[fromAt + i];
        into[at + plane + i] = from[fromAt + plane + i];
      }
    }
  }

  @Override
  public void store(long[] from, int at, int plane, int count, MemorySegment y, long yo, long ys) {
    Cells.storeLongs(DType.I64, from, at + plane, count, y, yo, ys);
  }
}
