package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Tells the distinct rows of a contiguous matrix apart. Every dtype but BF16 and F16.
public final class UniqueKernels {
  private UniqueKernels() {}

  /// What [#unique] found.
  ///
  /// @param first where each distinct value or row stands first
  /// @param ranks which of them every element or row is
  /// @param counts how often each occurs
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Distinct(long[] first, long[] ranks, long[] counts) {
    static Distinct of(long[] ranks, int n, int distinct) {
      long[] first = new long[distinct];
      long[] counts = new long[distinct];
      for (int i = 0; i < n; i++) {
        int rank = (int) ranks[i];
        if (counts[rank]++ == 0) {
          first[rank] = i;
        }
      }
      return new Distinct(first, Arrays.copyOf(ranks, n), counts);
    }
  }

  /// Tells distinct rows apart, in ascending order, or, with `consecutive`, in the order in which
  /// they come, each as often as it comes anew. Rows compare by their first elements that differ; a
  /// NaN differs from everything.
  ///
  /// @param dtype dtype of the operand
  /// @param consecutive whether only neighbors are compared
  /// @param rows number of rows
  /// @param columns their length
  /// @param x operand `[rows, columns]`
  /// @param xOffset its first element
  /// @return the distinct rows
  public static Distinct unique(
      DType dtype, boolean consecutive, int rows, long columns, MemorySegment x, long xOffset) {
    SortKeys keys = SortKeys.of(dtype, SortKeys.Order.ASCENDING);
    int bytes = dtype.byteSize();
    SortBuffer buffer = SortBuffer.take();
    try (Addresses addresses = new Addresses()) {
      long from = addresses.read(x, xOffset * bytes, rows * columns * bytes);
      return consecutive
          ? consecutive(keys, dtype, rows, columns, from, buffer)
          : ascending(keys, dtype, rows, columns, from, buffer);
    } finally {
      buffer.release();
    }
  }

  /// Refines the order column by column until all rows are told apart.
  private static Distinct ascending(
      SortKeys keys, DType dtype, int rows, long columns, long from, SortBuffer buffer) {
    int bytes = dtype.byteSize();
    long[] line = buffer.array(0, rows);
    long[] order = buffer.array(1, rows);
    long[] next = buffer.array(2, rows);
    long[] ranks = new long[rows];
    int distinct = Math.min(1, rows);
    for (long c = 0; c < columns && distinct < rows; c++) {
      keys.load(from + c * bytes, columns * bytes, rows, line, 0);
      int values = Orders.rank(line, rows, dtype.isFloating(), keys.nan(), order, next);
      if (c > 0) {
        for (int i = 0; i < rows; i++) {
          line[i] = ranks[i] * values + next[i];
        }
        values = Orders.rank(line, rows, false, 0, order, next);
      }
      System.arraycopy(next, 0, ranks, 0, rows);
      distinct = values;
    }
    return Distinct.of(ranks, rows, distinct);
  }

  private static Distinct consecutive(
      SortKeys keys, DType dtype, int rows, long columns, long from, SortBuffer buffer) {
    int bytes = dtype.byteSize();
    long[] line = buffer.array(0, rows);
    long[] starts = buffer.array(1, rows);
    Arrays.fill(starts, 0, rows, 0);
    for (long c = 0; c < columns; c++) {
      keys.load(from + c * bytes, columns * bytes, rows, line, 0);
      for (int i = 1; i < rows; i++) {
        boolean nan = dtype.isFloating() && line[i] == keys.nan();
        starts[i] |= line[i] != line[i - 1] || nan ? 1 : 0;
      }
    }
    for (int i = 1; i < rows; i++) {
      starts[i] += starts[i - 1];
    }
    return Distinct.of(starts, rows, rows == 0 ? 0 : (int) starts[rows - 1] + 1);
  }
}
