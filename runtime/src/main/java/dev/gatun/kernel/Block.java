package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// A matrix in memory, or a part of one, row- or column-major: one of its strides is 1. Offset and
/// strides in elements.
record Block(
    DType dtype,
    MemorySegment memory,
    long offset,
    long rows,
    long columns,
    long rowStride,
    long columnStride) {

  static Block rowMajor(DType dtype, MemorySegment memory, long offset, long rows, long columns) {
    return new Block(dtype, memory, offset, rows, columns, Math.max(1, columns), 1);
  }

  static Block columnMajor(
      DType dtype, MemorySegment memory, long offset, long rows, long columns) {
    return new Block(dtype, memory, offset, rows, columns, 1, Math.max(1, rows));
  }

  @SuppressWarnings("ArgumentSelectionDefectChecker") // swapped is what transposed means
  Block t() {
    return new Block(dtype, memory, offset, columns, rows, columnStride, rowStride);
  }

  Block part(long row, long column, long height, long width) {
    long at = offset + row * rowStride + column * columnStride;
    return new Block(dtype, memory, at, height, width, rowStride, columnStride);
  }

  boolean isRowMajor() {
    return columnStride == 1;
  }

  /// Elements from one stored row to the next; with a single one its stride means nothing.
  long ld() {
    if (isRowMajor()) {
      return rows <= 1 ? Math.max(1, columns) : rowStride;
    }
    return columns <= 1 ? Math.max(1, rows) : columnStride;
  }

  double get(long i, long j) {
    long at = offset + i * rowStride + j * columnStride;
    return Elements.isF32(dtype) ? Element.f32(memory, at * 4) : Element.f64(memory, at * 8);
  }

  void set(long i, long j, double value) {
    long at = offset + i * rowStride + j * columnStride;
    if (Elements.isF32(dtype)) {
      Element.f32(memory, at * 4, (float) value);
    } else {
      Element.f64(memory, at * 8, value);
    }
  }

  /// The elements of a row as numbers, from place `at` of `to` on.
  void loadRow(long i, double[] to, int at) {
    long from = offset + i * rowStride;
    if (Elements.isF32(dtype)) {
      for (int j = 0; j < columns; j++) {
        to[at + j] = Element.f32(memory, (from + j * columnStride) * 4);
      }
    } else {
      for (int j = 0; j < columns; j++) {
        to[at + j] = Element.f64(memory, (from + j * columnStride) * 8);
      }
    }
  }

  void storeRow(long i, double[] from, int at) {
    long to = offset + i * rowStride;
    if (Elements.isF32(dtype)) {
      for (int j = 0; j < columns; j++) {
        Element.f32(memory, (to + j * columnStride) * 4, (float) from[at + j]);
      }
    } else {
      for (int j = 0; j < columns; j++) {
        Element.f64(memory, (to + j * columnStride) * 8, from[at + j]);
      }
    }
  }

  double[][] loadRows() {
    double[][] all = new double[Math.toIntExact(rows)][Math.toIntExact(columns)];
    for (int i = 0; i < rows; i++) {
      loadRow(i, all[i], 0);
    }
    return all;
  }

  void storeRows(double[][] all) {
    for (int i = 0; i < rows; i++) {
      storeRow(i, all[i], 0);
    }
  }

  void swapRows(long i, long j) {
    for (long c = 0; c < columns && i != j; c++) {
      double kept = get(i, c);
      set(i, c, get(j, c));
      set(j, c, kept);
    }
  }

  /// `this = alpha a b + beta this`
  void multiply(double alpha, Block a, Block b, double beta) {
    if (!isRowMajor()) {
      t().multiply(alpha, b.t(), a.t(), beta);
      return;
    }
    if (rows == 0 || columns == 0) {
      return;
    }
    Gemm.current()
        .gemm(
            dtype,
            !a.isRowMajor(),
            !b.isRowMajor(),
            rows,
            columns,
            a.columns,
            alpha,
            a.memory,
            a.offset,
            a.ld(),
            b.memory,
            b.offset,
            b.ld(),
            beta,
            memory,
            offset,
            ld());
  }
}
