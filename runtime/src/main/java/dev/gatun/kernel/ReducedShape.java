package dev.gatun.kernel;

import java.util.Arrays;

/// The dims of a reduction, kept ones apart from reduced ones, each merged where the strides allow.
/// Strides and offsets of the operand are bytes, those of the result elements.
///
/// One of the kept dims is the line: the results along it are computed together.
final class ReducedShape {
  private final long[] kept;
  private final long[] keptStrides;
  private final long[] resultStrides;
  private final int keptDims; // without the line
  private final long[] reduced;
  private final long[] reducedStrides;
  private final int reducedDims;
  private final long count;
  private final boolean columns;
  private long line = 1;
  private long lineStride;
  private long lineResult = 1;

  /// @param ordered whether the reduced dims must keep their order, as positions in them require
  ReducedShape(long[] shape, int reducedDims, long[] strides, int elementBytes, boolean ordered) {
    int split = shape.length - reducedDims;
    kept = Arrays.copyOfRange(shape, 0, split);
    keptStrides = bytes(strides, 0, split, elementBytes);
    reduced = Arrays.copyOfRange(shape, split, shape.length);
    reducedStrides = bytes(strides, split, shape.length, elementBytes);
    count = StridedLoop.product(reduced);
    if (!ordered) {
      sort(reduced, reducedStrides);
    }
    int dims = merge(kept, keptStrides);
    this.reducedDims = merge(reduced, reducedStrides);
    resultStrides = new long[dims];
    long stride = 1;
    for (int d = dims - 1; d >= 0; d--) {
      resultStrides[d] = stride;
      stride *= kept[d];
    }
    int nearest = nearest(dims);
    columns =
        nearest >= 0
            && this.reducedDims > 0
            && Math.abs(keptStrides[nearest]) < Math.abs(rowStride());
    keptDims = dims == 0 ? 0 : dims - 1;
    if (dims > 0) {
      takeLine(columns ? nearest : dims - 1, dims);
    }
  }

  private static long[] bytes(long[] strides, int from, int to, int elementBytes) {
    long[] bytes = new long[to - from];
    for (int d = 0; d < bytes.length; d++) {
      bytes[d] = strides[from + d] * elementBytes;
    }
    return bytes;
  }

  private static void sort(long[] sizes, long[] strides) {
    for (int d = 1; d < sizes.length; d++) {
      for (int e = d; e > 0 && Math.abs(strides[e - 1]) < Math.abs(strides[e]); e--) {
        swap(sizes, e);
        swap(strides, e);
      }
    }
  }

  private static void swap(long[] values, int e) {
    long value = values[e];
    values[e] = values[e - 1];
    values[e - 1] = value;
  }

  /// Merges at the front of the arrays; returns how many dims are left.
  private static int merge(long[] sizes, long[] strides) {
    int last = -1;
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] == 1) {
        continue;
      }
      if (last >= 0 && strides[last] == strides[d] * sizes[d]) {
        sizes[last] *= sizes[d];
        strides[last] = strides[d];
      } else {
        last++;
        sizes[last] = sizes[d];
        strides[last] = strides[d];
      }
    }
    return last + 1;
  }

  /// The kept dim whose elements are nearest to each other, or -1.
  private int nearest(int dims) {
    int nearest = -1;
    for (int d = dims - 1; d >= 0; d--) {
      long stride = Math.abs(keptStrides[d]);
      if (stride != 0 && (nearest < 0 || stride < Math.abs(keptStrides[nearest]))) {
        nearest = d;
      }
    }
    return nearest;
  }

  private void takeLine(int dim, int dims) {
    line = kept[dim];
    lineStride = keptStrides[dim];
    lineResult = resultStrides[dim];
    for (int d = dim; d < dims - 1; d++) {
      kept[d] = kept[d + 1];
      keptStrides[d] = keptStrides[d + 1];
      resultStrides[d] = resultStrides[d + 1];
    }
  }

  /// Whether the elements along the line are nearer to each other than those behind one result:
  /// then rows are reduced side by side.
  boolean isColumns() {
    return columns;
  }

  /// Number of lines.
  long outer() {
    long outer = 1;
    for (int d = 0; d < keptDims; d++) {
      outer *= kept[d];
    }
    return outer;
  }

  /// Number of results along a line.
  long line() {
    return line;
  }

  long lineStride() {
    return lineStride;
  }

  long lineResult() {
    return lineResult;
  }

  /// Number of elements behind each result.
  long count() {
    return count;
  }

  /// Byte offset of the first element of a line.
  long output(long index) {
    return offset(kept, keptStrides, keptDims, index);
  }

  /// The first result of a line.
  long result(long index) {
    return offset(kept, resultStrides, keptDims, index);
  }

  /// Length of a row of reduced elements one stride apart.
  long rowLength() {
    return reducedDims == 0 ? 1 : reduced[reducedDims - 1];
  }

  long rowStride() {
    return reducedDims == 0 ? 0 : reducedStrides[reducedDims - 1];
  }

  /// Byte offset of a row from the first element behind a result.
  long row(long index) {
    return offset(reduced, reducedStrides, reducedDims - 1, index);
  }

  /// Byte offset of the first element in memory, which is not the first one where a stride is
  /// negative; 0 or less.
  long lowest() {
    return extent(-1);
  }

  /// Byte offset of the last element in memory.
  long highest() {
    return extent(1);
  }

  private long extent(int sign) {
    long extent = reach(line, lineStride, sign);
    for (int d = 0; d < keptDims; d++) {
      extent += reach(kept[d], keptStrides[d], sign);
    }
    for (int d = 0; d < reducedDims; d++) {
      extent += reach(reduced[d], reducedStrides[d], sign);
    }
    return extent;
  }

  private static long reach(long size, long stride, int sign) {
    return stride * sign > 0 ? (size - 1) * stride : 0;
  }

  private static long offset(long[] sizes, long[] strides, int dims, long index) {
    if (dims == 1) {
      return index * strides[0];
    }
    long offset = 0;
    for (int d = dims - 1; d >= 0; d--) {
      offset += index % sizes[d] * strides[d];
      index /= sizes[d];
    }
    return offset;
  }
}
