package dev.gatun.kernel;

import static dev.gatun.kernel.F64Tile.KC;
import static dev.gatun.kernel.F64Tile.LANES;
import static dev.gatun.kernel.F64Tile.NR;
import static dev.gatun.kernel.F64Tile.SPECIES;
import static dev.gatun.kernel.F64Tile.STRIDE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Packs blocks of the operands outside the heap, in the order in which [F64Tile] reads them. What
/// has to be transposed passes through an array.
final class F64Panels {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Double.BYTES;

  private static final long HALF = (long) LANES * BYTES;

  private F64Panels() {}

  /// Rows i to i + rows of A, columns p to p + k: `[i * STRIDE + p]`.
  ///
  /// @return the address
  static long a(Product x, long i, long p, int rows, int k, Scratch scratch) {
    int length = (rows + F64Tile.MR) * STRIDE + LANES;
    long to = scratch.ensurePanelA((long) length * BYTES).address();
    MemorySegment a = x.a();
    long from = x.atA(i, p) * BYTES;
    if (x.transA()) {
      double[] work = scratch.ensureDoublesA(length);
      F64Pack.rowsTransposed(a, from, x.lda(), rows, k, work, STRIDE, scratch.doubleWork);
      MemorySegment.copy(work, 0, Memory.ALL, ValueLayout.JAVA_DOUBLE, to, (rows - 1) * STRIDE + k);
      return to;
    }
    int last = k - LANES;
    VectorMask<Double> mask = F64Tile.first(k);
    for (int r = 0; r < rows; r++) {
      long at = from + r * x.lda() * BYTES;
      long row = to + (long) r * STRIDE * BYTES;
      for (int q = 0; q <= last; q += LANES) {
        DoubleVector.fromMemorySegment(SPECIES, a, at + (long) q * BYTES, ORDER)
            .intoMemorySegment(Memory.ALL, row + (long) q * BYTES, ORDER);
      }
      if (last < 0) {
        DoubleVector.fromMemorySegment(SPECIES, a, at, ORDER, mask)
            .intoMemorySegment(Memory.ALL, row, ORDER);
      } else {
        DoubleVector.fromMemorySegment(SPECIES, a, at + (long) last * BYTES, ORDER)
            .intoMemorySegment(Memory.ALL, row + (long) last * BYTES, ORDER);
      }
    }
    return to;
  }

  /// Rows p to p + k of B, columns j to j + columns, in panels of NR columns: `[(j / NR * k + p) *
  /// NR + j % NR]`.
  ///
  /// @return the address, a multiple of 64
  static long b(Product x, long p, long j, int k, int columns, Scratch scratch) {
    int panels = (columns + NR - 1) / NR;
    int length = panels * NR * k;
    long to = scratch.ensurePanelB((long) length * BYTES).address();
    long from = x.atB(p, j) * BYTES;
    if (x.transB()) {
      for (int q = 0; q < panels; q++) {
        double[] work = scratch.ensureDoublesA(KC * NR);
        int width = Math.min(NR, columns - q * NR);
        long at = from + (long) q * NR * x.ldb() * BYTES;
        F64Pack.panelsTransposed(x.b(), at, x.ldb(), k, width, work, scratch.doubleWork);
        long panel = to + (long) q * NR * k * BYTES;
        MemorySegment.copy(work, 0, Memory.ALL, ValueLayout.JAVA_DOUBLE, panel, NR * k);
      }
      return to;
    }
    for (int q = 0; q < panels; q++) {
      long at = from + (long) q * NR * BYTES;
      long panel = to + (long) q * NR * k * BYTES;
      int width = Math.min(NR, columns - q * NR);
      if (width == NR) {
        panel(x.b(), at, x.ldb() * BYTES, k, panel);
      } else {
        narrow(x.b(), at, x.ldb() * BYTES, k, width, panel);
      }
    }
    return to;
  }

  private static void panel(MemorySegment src, long at, long rowBytes, int k, long to) {
    for (int p = 0; p < k; p++) {
      long row = to + (long) p * NR * BYTES;
      DoubleVector.fromMemorySegment(SPECIES, src, at + p * rowBytes, ORDER)
          .intoMemorySegment(Memory.ALL, row, ORDER);
      DoubleVector.fromMemorySegment(SPECIES, src, at + p * rowBytes + HALF, ORDER)
          .intoMemorySegment(Memory.ALL, row + HALF, ORDER);
    }
  }

  private static void narrow(
      MemorySegment src, long at, long rowBytes, int k, int columns, long to) {
    for (int h = 0; h < columns; h += LANES) {
      VectorMask<Double> mask = F64Tile.first(columns - h);
      for (int p = 0; p < k; p++) {
        DoubleVector.fromMemorySegment(
                SPECIES, src, at + p * rowBytes + (long) h * BYTES, ORDER, mask)
            .intoMemorySegment(Memory.ALL, to + (long) (p * NR + h) * BYTES, ORDER);
      }
    }
  }
}
