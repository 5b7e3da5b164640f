package dev.gatun.kernel;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// `Σ (x - mean)² / (n - correction)`, or its root. Cells: the mean, the sum of squares, `n`.
///
/// Each piece of the elements is passed over twice while it is in the cache, so nothing cancels;
/// pieces are joined by the formula of Chan, Golub and LeVeque (1979).
///
/// @param result dtype of the results
/// @param correction subtracted from the number of elements
/// @param root whether the root is stored
/// @param loops of the operand's dtype
record MomentFold(DType result, double correction, boolean root, Loops loops) implements Fold {
  /// `Σ x`
  @FunctionalInterface
  interface Sum {
    double sum(long x, long n);
  }

  /// `Σ (x - mean)²`
  @FunctionalInterface
  interface Squares {
    double squares(long x, long n, double mean);
  }

  /// Adds `Σ (x - mean)²` of columns to cells.
  @FunctionalInterface
  interface ColumnSquares {
    void squares(
        long x, long rowStride, long rows, int columns, double[] means, long[] into, int at);
  }

  /// The loops over one dtype, whose elements have `bytes` bytes.
  record Loops(
      int bytes,
      Sum sum,
      Squares squares,
      ValueFold.Columns columnSums,
      ColumnSquares columnSquares) {}

  @Override
  public int cells() {
    return 3;
  }

  @Override
  public int bytes() {
    return loops.bytes;
  }

  @Override
  public void clear(long[] into, int at, int plane, int count) {
    for (int cell = 0; cell < 3; cell++) {
      Arrays.fill(into, at + cell * plane, at + cell * plane + count, 0);
    }
  }

  @Override
  public void rows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      double mean = loops.sum.sum(row, n) / (double) n;
      join(into, at + r, plane, mean, loops.squares.squares(row, n, mean), (double) n);
    }
  }

  @Override
  public void columns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    if (rows == 0) {
      return;
    }
    Scratch scratch = Scratch.take();
    long[] sums = scratch.ensureLongs(columns);
    double[] means = scratch.ensureDoublesA(columns);
    Arrays.fill(sums, 0, columns, 0);
    loops.columnSums.fold(x, rowStride, rows, columns, sums, 0);
    for (int c = 0; c < columns; c++) {
      means[c] = longBitsToDouble(sums[c]) / (double) rows;
      sums[c] = 0;
    }
    loops.columnSquares.squares(x, rowStride, rows, columns, means, sums, 0);
    for (int c = 0; c < columns; c++) {
      join(into, at + c, plane, means[c], longBitsToDouble(sums[c]), (double) rows);
    }
    scratch.release();
  }

  @Override
  public void join(long[] into, int at, long[] from, int fromAt, int plane, int count) {
    for (int i = 0; i < count; i++) {
      double mean = longBitsToDouble(from[fromAt + i]);
      double squares = longBitsToDouble(from[fromAt + plane + i]);
      join(into, at + i, plane, mean, squares, longBitsToDouble(from[fromAt + 2 * plane + i]));
    }
  }

  private static void join(
      long[] into, int at, int plane, double mean, double squares, double more) {
    double n = longBitsToDouble(into[at + 2 * plane]);
    double apart = mean - longBitsToDouble(into[at]);
    if (n == 0) {
      into[at] = doubleToRawLongBits(mean);
      into[at + plane] = doubleToRawLongBits(squares);
    } else if (more > 0) {
      double all =
          longBitsToDouble(into[at + plane]) + squares + apart * apart * n * more / (n + more);
      into[at] = doubleToRawLongBits(longBitsToDouble(into[at]) + apart * more / (n + more));
      into[at + plane] = doubleToRawLongBits(all);
    }
    into[at + 2 * plane] = doubleToRawLongBits(n + more);
  }

  @Override
  public void store(long[] from, int at, int plane, int count, MemorySegment y, long yo, long ys) {
    for (int i = at; i < at + count; i++) {
      double freedom = Math.max(0, longBitsToDouble(from[i + 2 * plane]) - correction);
      double variance = longBitsToDouble(from[i + plane]) / freedom;
      from[i] = doubleToRawLongBits(root ? Math.sqrt(variance) : variance);
    }
    Cells.storeDoubles(result, from, at, count, y, yo, ys);
  }
}
