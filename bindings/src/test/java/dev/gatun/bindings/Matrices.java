package dev.gatun.bindings;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/// Random operands in either type, and the product by the plain loop.
final class Matrices {
  private Matrices() {}

  static MemorySegment random(Arena arena, Random random, boolean wide, long elements) {
    MemorySegment segment = arena.allocate(elements * (wide ? 8 : 4), 8);
    for (long i = 0; i < elements; i++) {
      set(segment, wide, i, random.nextDouble() - 0.5);
    }
    return segment;
  }

  static double get(MemorySegment segment, boolean wide, long index) {
    return wide ? segment.getAtIndex(JAVA_DOUBLE, index) : segment.getAtIndex(JAVA_FLOAT, index);
  }

  static void set(MemorySegment segment, boolean wide, long index, double value) {
    if (wide) {
      segment.setAtIndex(JAVA_DOUBLE, index, value);
    } else {
      segment.setAtIndex(JAVA_FLOAT, index, (float) value);
    }
  }

  /// Element `[i,j]` of `op(A) op(B)`; offsets in elements.
  static double product(
      boolean wide,
      boolean transA,
      boolean transB,
      int k,
      MemorySegment a,
      long aStart,
      long lda,
      MemorySegment b,
      long bStart,
      long ldb,
      int i,
      int j) {
    double sum = 0;
    for (int p = 0; p < k; p++) {
      double left = get(a, wide, aStart + (transA ? p * lda + i : i * lda + p));
      double right = get(b, wide, bStart + (transB ? j * ldb + p : p * ldb + j));
      sum += left * right;
    }
    return sum;
  }
}
