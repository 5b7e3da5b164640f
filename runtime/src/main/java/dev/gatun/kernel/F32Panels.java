package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.KC;
import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.NR;
import static dev.gatun.kernel.F32Tile.SPECIES;
import static dev.gatun.kernel.F32Tile.STRIDE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Packs blocks of the operands outside the heap, in the order in which [F32Tile] reads them. What
/// has to be transposed passes through an array.
final class F32Panels {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Float.BYTES;

  private static final long HALF = (long) LANES * BYTES;

  private F32Panels() {}

  /// Rows i to i + rows of A, columns p to p + k: `[i * STRIDE + p]`.
  ///
  /// @return the address
  static long a(Product x, long i, long p, int rows, int k, Scratch scratch) {
    int length = (rows + F32Tile.MR) * STRIDE + LANES;
    long to = scratch.ensurePanelA((long) length * BYTES).address();
    MemorySegment a = x.a();
    long from = x.atA(i, p) * BYTES;
    if (x.transA()) {
      float[] work = scratch.ensureFloatsA(length);
      F32Pack.rowsTransposed(a, from, x.lda(), rows, k, work, STRIDE, scratch.floatWork);
      MemorySegment.copy(work, 0, Memory.ALL, ValueLayout.JAVA_FLOAT, to, (rows - 1) * STRIDE + k);
      return to;
    }
    int last = k - LANES;
    VectorMask<Float> mask = F32Tile.first(k);
    for (int r = 0; r < rows; r++) {
      long at = from + r * x.lda() * BYTES;
      long row = to + (long) r * STRIDE * BYTES;
      for (int q = 0; q <= last; q += LANES) {
        FloatVector.fromMemorySegment(SPECIES, a, at + (long) q * BYTES, ORDER)
            .intoMemorySegment(Memory.ALL, row + (long) q * BYTES, ORDER);
      }
      if (last < 0) {
        FloatVector.fromMemorySegment(SPECIES, a, at, ORDER, mask)
            .intoMemorySegment(Memory.ALL, row, ORDER);
      } else {
        FloatVector.fromMemorySegment(SPECIES, a, at + (long) last * BYTES, ORDER)
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
        float[] work = scratch.ensureFloatsA(KC * NR);
        int width = Math.min(NR, columns - q * NR);
        long at = from + (long) q * NR * x.ldb() * BYTES;
        F32Pack.panelsTransposed(x.b(), at, x.ldb(), k, width, work, scratch.floatWork);
        long panel = to + (long) q * NR * k * BYTES;
        MemorySegment.copy(work, 0, Memory.ALL, ValueLayout.JAVA_FLOAT, panel, NR * k);
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
      FloatVector.fromMemorySegment(SPECIES, src, at + p * rowBytes, ORDER)
          .intoMemorySegment(Memory.ALL, row, ORDER);
      FloatVector.fromMemorySegment(SPECIES, src, at + p * rowBytes + HALF, ORDER)
          .intoMemorySegment(Memory.ALL, row + HALF, ORDER);
    }
  }

  private static void narrow(
      MemorySegment src, long at, long rowBytes, int k, int columns, long to) {
    for (int h = 0; h < columns; h += LANES) {
      VectorMask<Float> mask = F32Tile.first(columns - h);
      for (int p = 0; p < k; p++) {
        FloatVector.fromMemorySegment(
                SPECIES, src, at + p * rowBytes + (long) h * BYTES, ORDER, mask)
            .intoMemorySegment(Memory.ALL, to + (long) (p * NR + h) * BYTES, ORDER);
      }
    }
  }
}
