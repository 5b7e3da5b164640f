package dev.gatun.kernel;

import java.util.Arrays;

/// The dims of a reduction, kept ones apart from reduced ones, each merged where the strides allow.
/// Strides and offsets are bytes.
final class ReducedShape {
  private final long[] kept;
  private final long[] keptStrides;
  private final int keptDims;
  private final long[] reduced;
  private final long[] reducedStrides;
  private final int reducedDims;
  private final long outputs;
  private final long count;

  /// @param ordered whether the reduced dims must keep their order, as positions in them require
  ReducedShape(long[] shape, int reducedDims, long[] strides, int elementBytes, boolean ordered) {
    int split = shape.length - reducedDims;
    kept = Arrays.copyOfRange(shape, 0, split);
    keptStrides = bytes(strides, 0, split, elementBytes);
    reduced = Arrays.copyOfRange(shape, split, shape.length);
    reducedStrides = bytes(strides, split, shape.length, elementBytes);
    outputs = StridedLoop.product(kept);
    count = StridedLoop.product(reduced);
    if (!ordered) {
      sort(reduced, reducedStrides);
    }
    keptDims = merge(kept, keptStrides);
    this.reducedDims = merge(reduced, reducedStrides);
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

  /// Number of results.
  long outputs() {
    return outputs;
  }

  /// Number of elements behind each result.
  long count() {
    return count;
  }

  /// Byte offset of the first element behind a result.
  long output(long index) {
    return offset(kept, keptStrides, keptDims, index);
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

  /// Whether neighboring results come from neighboring elements while the elements behind one
  /// result are farther apart: then rows are added up side by side.
  boolean isColumns(int elementBytes) {
    return keptDims == 1
        && keptStrides[0] == elementBytes
        && reducedDims == 1
        && reducedStrides[0] > elementBytes;
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
