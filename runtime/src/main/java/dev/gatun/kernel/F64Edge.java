package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The one or two columns that are left where the others fill whole vectors: inner products of the
/// rows of A with a copy of the column, which cost less than one more strip of tiles.
final class F64Edge {
  private static final ValueLayout.OfDouble ELEMENT = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final long BYTES = Double.BYTES;

  private F64Edge() {}

  /// Offsets and distances between rows in bytes; A is not transposed.
  static void columns(
      int from,
      int to,
      int m,
      int k,
      double alpha,
      MemorySegment a,
      long ao,
      long as,
      MemorySegment b,
      long bo,
      long bs,
      double beta,
      MemorySegment c,
      long co,
      long cs) {
    Scratch scratch = Scratch.take();
    long column = scratch.ensurePanelA((k + m) * BYTES).address();
    long sums = column + k * BYTES;
    for (int j = from; j < to; j++) {
      for (int p = 0; p < k; p++) {
        double value = b.get(ELEMENT, bo + p * bs + j * BYTES);
        Memory.ALL.set(ELEMENT, column + p * BYTES, value);
      }
      F64Dots.multiply(
          1, m, k, alpha, Memory.ALL, column, 0, a, ao, as, 0, Memory.ALL, sums, m * BYTES);
      for (int i = 0; i < m; i++) {
        long at = co + i * cs + j * BYTES;
        double sum = Memory.ALL.get(ELEMENT, sums + i * BYTES);
        c.set(ELEMENT, at, beta == 0 ? sum : beta * c.get(ELEMENT, at) + sum);
      }
    }
    scratch.release();
  }
}
