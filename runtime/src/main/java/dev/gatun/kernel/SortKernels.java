package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Sorting and selecting in rows of a contiguous matrix; offsets are elements. What comes out are
/// positions in the row, I64. NaN is above every number, both zeros are equal.
///
/// Every dtype but BF16 and F16, which are an [IllegalArgumentException].
public final class SortKernels {
  private static final int BLOCK = 2048;

  /// Elements of a task; sorting one costs as much as adding up some thirty.
  private static final long CHUNK = Walk.CHUNK / 16;

  /// Finds the positions of one row.
  @FunctionalInterface
  private interface Row {
    void compute(long x, long y, SortBuffer buffer);
  }

  private SortKernels() {}

  /// The order of the elements of each row; those that are equal keep their order.
  ///
  /// @param dtype dtype of the operand
  /// @param descending whether the largest comes first
  /// @param rows number of rows
  /// @param columns their length
  /// @param x operand `[rows, columns]`
  /// @param xOffset its first element
  /// @param y positions `[rows, columns]`
  /// @param yOffset the first one
  public static void sort(
      DType dtype,
      boolean descending,
      long rows,
      int columns,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset) {
    SortKeys keys = keys(dtype, descending);
    int bytes = dtype.byteSize();
    Row row =
        (from, to, buffer) -> {
          long[] line = buffer.array(0, columns);
          long[] order = buffer.array(1, columns);
          keys.load(from, bytes, columns, line, 0);
          Orders.sort(line, columns, order);
          store(order, columns, to);
        };
    each(rows, columns, columns, bytes, x, xOffset, y, yOffset, row);
  }

  /// Positions of the `k` largest or smallest elements of each row, the first ones where they tie.
  ///
  /// @param dtype dtype of the operand
  /// @param largest whether the largest
  /// @param sorted whether the most extreme one comes first, else in the order of the row
  /// @param rows number of rows
  /// @param columns their length
  /// @param k how many, at most `columns`
  /// @param x operand `[rows, columns]`
  /// @param xOffset its first element
  /// @param y positions `[rows, k]`
  /// @param yOffset the first one
  public static void top(
      DType dtype,
      boolean largest,
      boolean sorted,
      long rows,
      int columns,
      int k,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset) {
    SortKeys keys = keys(dtype, largest);
    int bytes = dtype.byteSize();
    if (k > 0) {
      Row row = (from, to, buffer) -> top(keys, bytes, sorted, columns, k, from, to, buffer);
      each(rows, columns, k, bytes, x, xOffset, y, yOffset, row);
    }
  }

  /// Candidates are gathered until there are twice as many as wanted, then thinned out; what does
  /// not beat the worst of those that were kept is passed over.
  private static void top(
      SortKeys keys,
      int bytes,
      boolean sorted,
      int columns,
      int k,
      long from,
      long to,
      SortBuffer buffer) {
    int room = (int) Math.min(columns, Math.max(2L * k, k + 32L));
    long[] best = buffer.array(0, room + BLOCK);
    long[] positions = buffer.array(1, room);
    long[] scratch = buffer.array(2, room);
    int count = 0;
    boolean full = false;
    long limit = Long.MAX_VALUE;
    for (int i = 0; i < columns; i += BLOCK) {
      int n = Math.min(BLOCK, columns - i);
      keys.load(from + (long) i * bytes, bytes, n, best, room);
      for (int j = 0; j < n; j++) {
        long key = best[room + j];
        if (key < limit || !full) {
          int position = i + j;
          best[count] = key;
          positions[count++] = position;
          if (count == room && position + 1 < columns) {
            limit = Orders.keep(best, positions, count, k, scratch);
            full = true;
            count = k;
          }
        }
      }
    }
    Orders.keep(best, positions, count, k, scratch);
    if (sorted) {
      Orders.sort(best, k, scratch);
      for (int i = 0; i < k; i++) {
        scratch[i] = positions[(int) scratch[i]];
      }
    }
    store(sorted ? scratch : positions, k, to);
  }

  /// Position of the `k`-th smallest element of each row, from 0; the first one where several tie.
  ///
  /// @param dtype dtype of the operand
  /// @param rows number of rows
  /// @param columns their length
  /// @param k which one, below `columns`
  /// @param x operand `[rows, columns]`
  /// @param xOffset its first element
  /// @param y positions `[rows]`
  /// @param yOffset the first one
  public static void kth(
      DType dtype,
      long rows,
      int columns,
      int k,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset) {
    SortKeys keys = keys(dtype, false);
    int bytes = dtype.byteSize();
    Row row =
        (from, to, buffer) -> {
          long[] line = buffer.array(0, columns);
          keys.load(from, bytes, columns, line, 0);
          Element.i64(Memory.ALL, to, find(line, columns, k, buffer));
        };
    each(rows, columns, 1, bytes, x, xOffset, y, yOffset, row);
  }

  /// Position of the lower median of each row, the first one where several tie.
  ///
  /// @param dtype dtype of the operand
  /// @param skipNan whether a NaN is passed over; else the first one is the median
  /// @param rows number of rows
  /// @param columns their length, at least 1
  /// @param x operand `[rows, columns]`
  /// @param xOffset its first element
  /// @param y positions `[rows]`
  /// @param yOffset the first one
  public static void median(
      DType dtype,
      boolean skipNan,
      long rows,
      int columns,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset) {
    SortKeys keys = keys(dtype, false);
    int bytes = dtype.byteSize();
    Row row =
        (from, to, buffer) -> {
          long[] line = buffer.array(0, columns);
          keys.load(from, bytes, columns, line, 0);
          int known = columns - (dtype.isFloating() ? count(line, columns, keys.nan()) : 0);
          boolean nan = known == 0 || (known < columns && !skipNan);
          // Every NaN is behind the numbers, the first one right behind them.
          int k = nan ? known : (known - 1) / 2;
          Element.i64(Memory.ALL, to, find(line, columns, k, buffer));
        };
    each(rows, columns, 1, bytes, x, xOffset, y, yOffset, row);
  }

  /// How many elements of a sorted row are below each value, or not above it.
  ///
  /// @param dtype dtype of both operands
  /// @param right whether equal elements count too
  /// @param rows number of rows of values
  /// @param columns length of a sorted row
  /// @param each number of values in a row
  /// @param shared whether all rows of values belong to one sorted row
  /// @param sorted ascending rows, `[rows, columns]` or `[columns]`
  /// @param sortedOffset the first element
  /// @param x values `[rows, each]`
  /// @param xOffset the first one
  /// @param y counts `[rows, each]`, I64
  /// @param yOffset the first one
  public static void search(
      DType dtype,
      boolean right,
      long rows,
      int columns,
      long each,
      boolean shared,
      MemorySegment sorted,
      long sortedOffset,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset) {
    SortKeys keys = keys(dtype, false);
    int bytes = dtype.byteSize();
    SortBuffer buffer = SortBuffer.take();
    try (Addresses addresses = new Addresses()) {
      long tables = shared ? 1 : rows;
      long table = addresses.read(sorted, sortedOffset * bytes, tables * columns * bytes);
      long from = addresses.read(x, xOffset * bytes, rows * each * bytes);
      long to = addresses.write(y, yOffset * 8, rows * each * 8);
      for (long r = 0; r < rows; r++) {
        if (r == 0 || !shared) {
          keys.load(table + r * columns * bytes, bytes, columns, buffer.array(0, columns), 0);
        }
        long at = r * each;
        search(keys, bytes, right, columns, each, from + at * bytes, to + at * 8, buffer);
      }
    }
    buffer.release();
  }

  private static void search(
      SortKeys keys,
      int bytes,
      boolean right,
      int columns,
      long each,
      long from,
      long to,
      SortBuffer buffer) {
    long[] line = buffer.array(0, columns);
    long[] wanted = buffer.array(1, BLOCK);
    for (long i = 0; i < each; i += BLOCK) {
      int n = (int) Math.min(BLOCK, each - i);
      keys.load(from + i * bytes, bytes, n, wanted, 0);
      for (int j = 0; j < n; j++) {
        wanted[j] = bound(line, columns, wanted[j], right);
      }
      store(wanted, n, to + i * 8);
    }
  }

  private static long bound(long[] keys, int n, long key, boolean right) {
    int low = 0;
    int high = n;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keys[middle] < key || (right && keys[middle] == key)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static SortKeys keys(DType dtype, boolean descending) {
    return SortKeys.of(dtype, descending ? SortKeys.Order.DESCENDING : SortKeys.Order.ASCENDING);
  }

  /// Where the `k`-th smallest key stands.
  private static long find(long[] line, int n, int k, SortBuffer buffer) {
    long[] scratch = buffer.array(1, n);
    System.arraycopy(line, 0, scratch, 0, n);
    long key = Orders.select(scratch, n, k);
    int at = 0;
    while (line[at] != key) {
      at++;
    }
    return at;
  }

  private static int count(long[] line, int n, long key) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += line[i] == key ? 1 : 0;
    }
    return count;
  }

  static void store(long[] values, int n, long to) {
    for (int i = 0; i < n; i++) {
      Element.i64(Memory.ALL, to + i * 8L, values[i]);
    }
  }

  private static void each(
      long rows,
      int columns,
      int results,
      int bytes,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      Row row) {
    if (columns == 0 || rows == 0) {
      return;
    }
    long perTask = Math.max(1, CHUNK / columns);
    try (Addresses addresses = new Addresses()) {
      long from = addresses.read(x, xOffset * bytes, rows * columns * bytes);
      long to = addresses.write(y, yOffset * 8, rows * results * 8);
      Workers.run(
          Math.toIntExact(Math.ceilDiv(rows, perTask)),
          t -> {
            SortBuffer buffer = SortBuffer.take();
            long end = Math.min(rows, (t + 1) * perTask);
            for (long r = t * perTask; r < end; r++) {
              row.compute(from + r * columns * bytes, to + r * results * 8, buffer);
            }
            buffer.release();
          });
    }
  }
}
