package dev.gatun.bindings;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NeedsOpenBlas.class)
class BlasTest {
  private static final Random RANDOM = new Random(7);

  private static Blas blas;

  @BeforeAll
  static void load() {
    blas = Blas.load();
  }

  private static void gemm(
      boolean wide,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double alpha,
      double beta,
      int pad) {
    int start = 3;
    int bytes = wide ? 8 : 4;
    long lda = Math.max(1, transA ? m : k) + pad;
    long ldb = Math.max(1, transB ? k : n) + pad;
    long ldc = Math.max(1, n) + pad;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = Matrices.random(arena, RANDOM, wide, start + lda * (transA ? k : m));
      MemorySegment b = Matrices.random(arena, RANDOM, wide, start + ldb * (transB ? n : k));
      MemorySegment c = Matrices.random(arena, RANDOM, wide, start + ldc * m);
      MemorySegment before = arena.allocate(c.byteSize(), 8).copyFrom(c);
      long at = (long) start * bytes;
      if (wide) {
        blas.dgemm(transA, transB, m, n, k, alpha, a, at, lda, b, at, ldb, beta, c, at, ldc);
      } else {
        blas.sgemm(
            transA,
            transB,
            m,
            n,
            k,
            (float) alpha,
            a,
            at,
            lda,
            b,
            at,
            ldb,
            (float) beta,
            c,
            at,
            ldc);
      }
      double tolerance = (k + 1) * (wide ? 1e-15 : 1e-6);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < ldc; j++) {
          long index = start + i * ldc + j;
          double old = Matrices.get(before, wide, index);
          double expected =
              j < n
                  ? alpha
                          * Matrices.product(
                              wide, transA, transB, k, a, start, lda, b, start, ldb, i, j)
                      + beta * old
                  : old;
          assertEquals(expected, Matrices.get(c, wide, index), tolerance, "at " + i + "," + j);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,3,4", "7,5,9", "16,16,16", "33,17,40", "64,50,70"})
  void gemmAgreesWithThePlainLoop(int m, int n, int k) {
    for (int mask = 0; mask < 16; mask++) {
      boolean wide = (mask & 1) != 0;
      boolean transA = (mask & 2) != 0;
      boolean transB = (mask & 4) != 0;
      int pad = (mask & 8) != 0 ? 5 : 0;
      gemm(wide, transA, transB, m, n, k, 1, 0, pad);
      gemm(wide, transA, transB, m, n, k, 0.5, -2, pad);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,3,4", "3,0,4", "3,4,0", "0,0,0", "1,1,0"})
  void gemmTakesEmptyOperands(int m, int n, int k) {
    for (boolean wide : new boolean[] {false, true}) {
      gemm(wide, false, false, m, n, k, 1, 2, 0);
      gemm(wide, true, true, m, n, k, 1, 0, 1);
    }
  }

  @Test
  void gemmDoesNotReadTheResultWhenBetaIsZero() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = Matrices.random(arena, RANDOM, false, 9);
      MemorySegment c = arena.allocateFrom(JAVA_FLOAT, new float[9]);
      for (int i = 0; i < 9; i++) {
        c.setAtIndex(JAVA_FLOAT, i, Float.NaN);
      }
      blas.sgemm(false, false, 3, 3, 3, 1, a, 0, 3, a, 0, 3, 0, c, 0, 3);
      for (int i = 0; i < 9; i++) {
        assertTrue(Float.isFinite(c.getAtIndex(JAVA_FLOAT, i)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,4", "17,9", "100,130", "0,4", "4,0"})
  void gemvAgreesWithThePlainLoop(int m, int n) {
    for (int mask = 0; mask < 4; mask++) {
      boolean wide = (mask & 1) != 0;
      boolean trans = (mask & 2) != 0;
      int rows = trans ? n : m;
      int inner = trans ? m : n;
      int incx = 2;
      int incy = 3;
      long lda = n + 2;
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment a = Matrices.random(arena, RANDOM, wide, lda * m);
        MemorySegment x = Matrices.random(arena, RANDOM, wide, (long) inner * incx);
        MemorySegment y = Matrices.random(arena, RANDOM, wide, (long) rows * incy);
        MemorySegment before = arena.allocate(y.byteSize(), 8).copyFrom(y);
        if (wide) {
          blas.dgemv(trans, m, n, 0.5, a, 0, lda, x, 0, incx, 2, y, 0, incy);
        } else {
          blas.sgemv(trans, m, n, 0.5f, a, 0, lda, x, 0, incx, 2, y, 0, incy);
        }
        for (int i = 0; i < rows; i++) {
          double sum = Matrices.product(wide, trans, false, inner, a, 0, lda, x, 0, incx, i, 0);
          double expected = 0.5 * sum + 2 * Matrices.get(before, wide, (long) i * incy);
          double actual = Matrices.get(y, wide, (long) i * incy);
          assertEquals(expected, actual, (inner + 1) * (wide ? 1e-15 : 1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 1000})
  void axpyAndDotAgreeWithThePlainLoop(int n) {
    BlasVectors vectors = blas.vectors();
    for (boolean wide : new boolean[] {false, true}) {
      int bytes = wide ? 8 : 4;
      double tolerance = (n + 1) * (wide ? 1e-15 : 1e-6);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment x = Matrices.random(arena, RANDOM, wide, 1 + 2L * n);
        MemorySegment y = Matrices.random(arena, RANDOM, wide, 1 + 3L * n);
        MemorySegment before = arena.allocate(y.byteSize(), 8).copyFrom(y);
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += Matrices.get(x, wide, 1 + 2L * i) * Matrices.get(y, wide, 1 + 3L * i);
        }
        double dot =
            wide
                ? vectors.ddot(n, x, bytes, 2, y, bytes, 3)
                : vectors.sdot(n, x, bytes, 2, y, bytes, 3);
        assertEquals(sum, dot, tolerance);
        if (wide) {
          vectors.daxpy(n, 3, x, bytes, 2, y, bytes, 3);
        } else {
          vectors.saxpy(n, 3, x, bytes, 2, y, bytes, 3);
        }
        for (int i = 0; i < n; i++) {
          double expected =
              3 * Matrices.get(x, wide, 1 + 2L * i) + Matrices.get(before, wide, 1 + 3L * i);
          assertEquals(expected, Matrices.get(y, wide, 1 + 3L * i), tolerance);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2,3,4,5", "8,8,8,3", "101,101,101,2", "2,2,0,3", "2,2,2,0"})
  void batchAgreesWithOneProductForEach(int m, int n, int k, int count) {
    long strideA = (long) m * k + 3;
    long strideC = (long) m * n + 1;
    int lda = Math.max(1, k);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = Matrices.random(arena, RANDOM, false, strideA * count + 1);
      MemorySegment b = Matrices.random(arena, RANDOM, false, (long) k * n);
      MemorySegment c = arena.allocate(4 * (strideC * count + 1), 8);
      MemorySegment expected = arena.allocate(c.byteSize(), 8);
      blas.sgemmBatchStrided(
          false, false, m, n, k, 1, a, 4, lda, strideA, b, 0, n, 0, 0, c, 4, n, strideC, count);
      for (int i = 0; i < count; i++) {
        long atA = 4 + 4 * strideA * i;
        long atC = 4 + 4 * strideC * i;
        blas.sgemm(false, false, m, n, k, 1, a, atA, lda, b, 0, n, 0, expected, atC, n);
      }
      assertEquals(-1, expected.mismatch(c));
    }
  }

  @Test
  void describesTheLibrary() {
    BlasInfo info = blas.info();
    assertTrue(info.config().startsWith("OpenBLAS"), info.config());
    assertTrue(!info.coreName().isBlank());
    assertEquals(1, info.threads());
    assertTrue(Blas.isAvailable());
    assertTrue(Blas.report().toString().startsWith("openblas "), Blas.report().toString());
  }
}
