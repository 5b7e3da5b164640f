package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.LongBinaryOperator;

/// A reduction to one value, whose bits are the one cell of a result.
///
/// @param bytes of an element
/// @param floating whether the value is a double
/// @param result dtype of the results
/// @param identity value of no elements
/// @param rowLoop reduces rows
/// @param columnLoop reduces rows side by side
/// @param combine joins two values
record ValueFold(
    int bytes,
    boolean floating,
    DType result,
    long identity,
    Rows rowLoop,
    Columns columnLoop,
    LongBinaryOperator combine)
    implements Fold {
  /// Columns below which whole rows are taken together.
  private static final int NARROW = 32;

  /// How many rows, a multiple of every vector's length.
  private static final int TOGETHER = 16;

  @FunctionalInterface
  interface Rows {
    void fold(long x, long rowStride, int count, long n, long[] into, int at);
  }

  @FunctionalInterface
  interface Columns {
    void fold(long x, long rowStride, long rows, int columns, long[] into, int at);
  }

  /// The same with results of another dtype.
  ValueFold to(DType dtype) {
    return dtype == result
        ? this
        : new ValueFold(bytes, floating, dtype, identity, rowLoop, columnLoop, combine);
  }

  @Override
  public int cells() {
    return 1;
  }

  @Override
  public void clear(long[] into, int at, int plane, int count) {
    Arrays.fill(into, at, at + count, identity);
  }

  @Override
  public void rows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    rowLoop.fold(x, rowStride, count, n, into, at);
  }

  @Override
  public void columns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    if (columns < NARROW && rowStride == (long) columns * bytes && rows >= 4 * TOGETHER) {
      narrow(x, rows, columns, into, at);
    } else {
      columnLoop.fold(x, rowStride, rows, columns, into, at);
    }
  }

  /// Takes several short rows that follow each other for one long one.
  private void narrow(long x, long rows, int columns, long[] into, int at) {
    int wide = TOGETHER * columns;
    long wideBytes = (long) wide * bytes;
    long wideRows = rows / TOGETHER;
    Scratch scratch = Scratch.take();
    long[] cells = scratch.ensureLongs(wide);
    Arrays.fill(cells, 0, wide, identity);
    columnLoop.fold(x, wideBytes, wideRows, wide, cells, 0);
    for (int c = 0; c < wide; c++) {
      int to = at + c % columns;
      into[to] = combine.applyAsLong(into[to], cells[c]);
    }
    long rest = x + wideRows * wideBytes;
    columnLoop.fold(rest, wideBytes / TOGETHER, rows % TOGETHER, columns, into, at);
    scratch.release();
  }

  @Override
  public void join(long[] into, int at, long[] from, int fromAt, int plane, int count) {
    for (int i = 0; i < count; i++) {
      into[at + i] = combine.applyAsLong(into[at + i], from[fromAt + i]);
    }
  }

  @Override
  public void store(long[] from, int at, int plane, int count, MemorySegment y, long yo, long ys) {
    if (floating) {
      Cells.storeDoubles(result, from, at, count, y, yo, ys);
    } else {
      Cells.storeLongs(result, from, at, count, y, yo, ys);
    }
  }
}
