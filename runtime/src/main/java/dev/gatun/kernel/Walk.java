package dev.gatun.kernel;

import java.util.Arrays;

/// The loop nest of an elementwise operation: dims of size 1 dropped, the rest ordered by the
/// result's strides and merged where every operand allows it. The last dim left is the row.
///
/// Work is cut into tasks of a fixed size, so a result never depends on the number of threads.
final class Walk {
  /// Elements per task. Below two of these the hand-over to a worker costs more than it saves.
  static final long CHUNK = 32_768;

  // A transposed operand touches a new cache line per element; in tiles of this many rows and
  // columns each line is used up before it is evicted.
  private static final int TILE_ROWS = 32;
  private static final int TILE_COLUMNS = 128;

  private static final int SHORT = 8;

  /// Receives one row: its byte offsets, one per operand, and its length.
  @FunctionalInterface
  interface RowBody {
    void row(long[] offsets, long n);
  }

  private final long[] sizes;
  private final long[][] strides; // [operand][dim], bytes; the result is the last operand
  private final long[] starts; // [operand], bytes
  private final int dims;
  private final long rows;

  private Walk(long[] sizes, long[][] strides, long[] starts, int dims) {
    this.sizes = sizes;
    this.strides = strides;
    this.starts = starts;
    this.dims = dims;
    long product = 1;
    for (int d = 0; d < dims - 1; d++) {
      product *= sizes[d];
    }
    this.rows = product;
  }

  /// Takes ownership of the arrays, which must be fresh.
  static Walk of(long[] shape, long[][] strides, long[] starts) {
    int dims = dropOnes(shape, strides);
    sortByResult(shape, strides, dims);
    dims = merge(shape, strides, dims);
    if (dims > 1 && shape[dims - 1] < SHORT && shape[dims - 2] > SHORT * shape[dims - 1]) {
      // Many rows of a few elements each: the calls would cost more than the elements.
      swap(shape, dims - 1);
      for (long[] s : strides) {
        swap(s, dims - 1);
      }
    }
    if (dims == 0) {
      return new Walk(new long[] {1}, new long[strides.length][1], starts, 1);
    }
    return new Walk(shape, strides, starts, dims);
  }

  static long[] bytes(long[] strides, int elementBytes) {
    long[] result = new long[strides.length];
    for (int d = 0; d < result.length; d++) {
      result[d] = strides[d] * elementBytes;
    }
    return result;
  }

  private static int dropOnes(long[] shape, long[][] strides) {
    int kept = 0;
    for (int d = 0; d < shape.length; d++) {
      if (shape[d] != 1) {
        move(shape, strides, d, kept++);
      }
    }
    return kept;
  }

  private static void move(long[] shape, long[][] strides, int from, int to) {
    shape[to] = shape[from];
    for (long[] s : strides) {
      s[to] = s[from];
    }
  }

  private static void sortByResult(long[] shape, long[][] strides, int dims) {
    long[] result = strides[strides.length - 1];
    for (int d = 1; d < dims; d++) {
      for (int e = d; e > 0 && Math.abs(result[e - 1]) < Math.abs(result[e]); e--) {
        swap(shape, e);
        for (long[] s : strides) {
          swap(s, e);
        }
      }
    }
  }

  private static void swap(long[] values, int e) {
    long value = values[e];
    values[e] = values[e - 1];
    values[e - 1] = value;
  }

  private static int merge(long[] shape, long[][] strides, int dims) {
    int last = 0;
    for (int d = 1; d < dims; d++) {
      if (mergeable(strides, last, d, shape[d])) {
        long size = shape[last];
        move(shape, strides, d, last);
        shape[last] *= size;
      } else {
        move(shape, strides, d, ++last);
      }
    }
    return dims == 0 ? 0 : last + 1;
  }

  private static boolean mergeable(long[][] strides, int outer, int inner, long innerSize) {
    for (long[] s : strides) {
      if (s[outer] != s[inner] * innerSize) {
        return false;
      }
    }
    return true;
  }

  long rowStride(int operand) {
    return strides[operand][dims - 1];
  }

  int operands() {
    return starts.length;
  }

  int dims() {
    return dims;
  }

  long size(int dim) {
    return sizes[dim];
  }

  long stride(int operand, int dim) {
    return strides[operand][dim];
  }

  long start(int operand) {
    return starts[operand];
  }

  long elements() {
    return rows * sizes[dims - 1];
  }

  boolean isLarge() {
    return elements() >= 2 * CHUNK;
  }

  /// Runs every row, over the workers when the walk is large.
  void run(RowBody body) {
    if (elements() == 0) {
      return;
    }
    long n = sizes[dims - 1];
    long rowsPerTask = Math.max(isTransposed() ? TILE_ROWS : 1, CHUNK / n);
    long perRow = rowsPerTask > 1 ? n : Math.min(n, CHUNK);
    long columns = Math.ceilDiv(n, perRow);
    int tasks = Math.toIntExact(Math.ceilDiv(rows, rowsPerTask) * columns);
    if (tasks == 1 || !isLarge()) {
      for (int t = 0; t < tasks; t++) {
        task(t, rowsPerTask, perRow, columns, body);
      }
    } else {
      Workers.run(tasks, t -> task(t, rowsPerTask, perRow, columns, body));
    }
  }

  private void task(int t, long rowsPerTask, long perRow, long columns, RowBody body) {
    long firstRow = t / columns * rowsPerTask;
    long lastRow = Math.min(rows, firstRow + rowsPerTask);
    long firstColumn = t % columns * perRow;
    long lastColumn = Math.min(sizes[dims - 1], firstColumn + perRow);
    boolean tiled = isTransposed();
    long width = tiled ? TILE_COLUMNS : lastColumn - firstColumn;
    long height = tiled ? TILE_ROWS : lastRow - firstRow;
    for (long r = firstRow; r < lastRow; r += height) {
      for (long c = firstColumn; c < lastColumn; c += width) {
        rows(r, Math.min(lastRow, r + height), c, Math.min(width, lastColumn - c), body);
      }
    }
  }

  private void rows(long first, long last, long column, long n, RowBody body) {
    long[] index = new long[dims - 1];
    long[] offsets = Arrays.copyOf(starts, starts.length);
    long rest = first;
    for (int d = dims - 2; d >= 0; d--) {
      index[d] = rest % sizes[d];
      rest /= sizes[d];
      advance(offsets, d, index[d]);
    }
    advance(offsets, dims - 1, column);
    for (long r = first; r < last; r++) {
      body.row(offsets, n);
      next(index, offsets);
    }
  }

  private void next(long[] index, long[] offsets) {
    for (int d = dims - 2; d >= 0; d--) {
      advance(offsets, d, 1);
      if (++index[d] < sizes[d]) {
        return;
      }
      advance(offsets, d, -sizes[d]);
      index[d] = 0;
    }
  }

  private void advance(long[] offsets, int dim, long by) {
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] += strides[k][dim] * by;
    }
  }

  private boolean isTransposed() {
    if (rows < 2) {
      return false;
    }
    for (long[] s : strides) {
      if (Math.abs(s[dims - 1]) > Math.abs(s[dims - 2]) && s[dims - 2] != 0) {
        return true;
      }
    }
    return false;
  }
}
