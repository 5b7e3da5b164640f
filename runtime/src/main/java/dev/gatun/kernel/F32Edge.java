package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The one or two columns that are left where the others fill whole vectors: inner products of the
/// rows of A with a copy of the column, which cost less than one more strip of tiles.
final class F32Edge {
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final long BYTES = Float.BYTES;

  private F32Edge() {}

  /// Offsets and distances between rows in bytes; A is not transposed.
  static void columns(
      int from,
      int to,
      int m,
      int k,
      float alpha,
      MemorySegment a,
      long ao,
      long as,
      MemorySegment b,
      long bo,
      long bs,
      float beta,
      MemorySegment c,
      long co,
      long cs) {
    Scratch scratch = Scratch.take();
    long column = scratch.ensurePanelA((k + m) * BYTES).address();
    long sums = column + k * BYTES;
    for (int j = from; j < to; j++) {
      for (int p = 0; p < k; p++) {
        float value = b.get(ELEMENT, bo + p * bs + j * BYTES);
        Memory.ALL.set(ELEMENT, column + p * BYTES, value);
      }
      F32Dots.multiply(
          1, m, k, alpha, Memory.ALL, column, 0, a, ao, as, 0, Memory.ALL, sums, m * BYTES);
      for (int i = 0; i < m; i++) {
        long at = co + i * cs + j * BYTES;
        float sum = Memory.ALL.get(ELEMENT, sums + i * BYTES);
        c.set(ELEMENT, at, beta == 0 ? sum : beta * c.get(ELEMENT, at) + sum);
      }
    }
    scratch.release();
  }
}
