package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/// One product with random operands, rows longer than needed and offsets into the memory, beside
/// the same by a naive loop.
record GemmCase(
    DType dtype,
    boolean transA,
    boolean transB,
    int m,
    int n,
    int k,
    double alpha,
    double beta,
    int pad) {

  private static final double UNTOUCHED = -77;

  /// Runs it and compares every element of C, and what lies between its rows.
  void check(Gemm gemm) {
    try (Arena arena = Arena.ofConfined()) {
      double[] c = values(run(gemm, arena));
      double[] expected = expected();
      assertEquals(expected.length, c.length);
      double tolerance = (dtype == DType.F32 ? 0x1p-23 : 0x1p-52) * (k + 4) * 2;
      for (int i = 0; i < c.length; i++) {
        if (!(Math.abs(c[i] - expected[i]) <= tolerance)) {
          fail(this + " at " + i / ldc() + "," + i % ldc() + ": " + c[i] + " for " + expected[i]);
        }
      }
    }
  }

  MemorySegment run(Gemm gemm, Arena arena) {
    MemorySegment a = segment(arena, aValues());
    MemorySegment b = segment(arena, bValues());
    MemorySegment c = segment(arena, cValues());
    gemm.gemm(
        dtype, transA, transB, m, n, k, alpha, a, pad, lda(), b, pad, ldb(), beta, c, pad, ldc());
    return c;
  }

  private int lda() {
    return Math.max(1, transA ? m : k) + pad;
  }

  private int ldb() {
    return Math.max(1, transB ? k : n) + pad;
  }

  private int ldc() {
    return Math.max(1, n) + pad;
  }

  // Exactly as long as the last row needs, so that reading past it is an exception.
  private static int length(int pad, int rows, int columns, int ld) {
    return pad + (rows == 0 || columns == 0 ? 0 : (rows - 1) * ld + columns);
  }

  private double[] aValues() {
    return random(1, transA ? length(pad, k, m, lda()) : length(pad, m, k, lda()));
  }

  private double[] bValues() {
    return random(2, transB ? length(pad, n, k, ldb()) : length(pad, k, n, ldb()));
  }

  /// What beta 0 must not read is NaN.
  private double[] cValues() {
    double[] c = random(3, length(pad, m, n, ldc()));
    for (int i = 0; i < c.length; i++) {
      if (!inside(i)) {
        c[i] = UNTOUCHED;
      } else if (beta == 0) {
        c[i] = Double.NaN;
      }
    }
    return c;
  }

  private boolean inside(int i) {
    return i >= pad && (i - pad) % ldc() < n;
  }

  private double[] random(int seed, int length) {
    Random random = new Random(seed);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextDouble() - 0.5);
    }
    return values;
  }

  private double[] expected() {
    double[] a = aValues();
    double[] b = bValues();
    double[] c = cValues();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          double left = a[pad + (transA ? p * lda() + i : i * lda() + p)];
          sum += left * b[pad + (transB ? j * ldb() + p : p * ldb() + j)];
        }
        int at = pad + i * ldc() + j;
        c[at] = alpha * sum + (beta == 0 ? 0 : beta * c[at]);
      }
    }
    return c;
  }

  private MemorySegment segment(Arena arena, double[] values) {
    MemorySegment segment = arena.allocate((long) values.length * dtype.byteSize(), 8);
    for (int i = 0; i < values.length; i++) {
      if (dtype == DType.F32) {
        segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i]);
      } else {
        segment.setAtIndex(ValueLayout.JAVA_DOUBLE, i, values[i]);
      }
    }
    return segment;
  }

  private double[] values(MemorySegment segment) {
    double[] values = new double[(int) (segment.byteSize() / dtype.byteSize())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          dtype == DType.F32
              ? segment.getAtIndex(ValueLayout.JAVA_FLOAT, i)
              : segment.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    }
    return values;
  }
}
