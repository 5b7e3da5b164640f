package dev.gatun.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NeedsOpenBlas.class)
class LapackTest {
  private static final Random RANDOM = new Random(11);
  private static final int START = 3;
  private static final int PAD = 2;

  private static Lapack lapack;

  @BeforeAll
  static void load() {
    lapack = Lapack.load();
  }

  /// A matrix from element [#START] on, with gaps of [#PAD] between its columns.
  private record Matrix(boolean wide, int m, int n, MemorySegment memory) {
    static Matrix random(Arena arena, boolean wide, int m, int n) {
      return new Matrix(
          wide, m, n, Matrices.random(arena, RANDOM, wide, START + (long) (m + PAD) * n));
    }

    Matrix copy(Arena arena) {
      MemorySegment same = arena.allocate(memory.byteSize(), 8).copyFrom(memory);
      return new Matrix(wide, m, n, same);
    }

    long at() {
      return (long) START * (wide ? 8 : 4);
    }

    long ld() {
      return (long) m + PAD;
    }

    double get(int i, int j) {
      return Matrices.get(memory, wide, START + j * ld() + i);
    }

    void set(int i, int j, double value) {
      Matrices.set(memory, wide, START + j * ld() + i, value);
    }

    void symmetric() {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          set(j, i, get(i, j));
        }
        set(i, i, get(i, i) + n);
      }
    }

    /// What LAPACK must leave alone.
    void assertGapsAre(Matrix before) {
      for (int j = 0; j < n; j++) {
        for (int i = m; i < ld(); i++) {
          assertEquals(before.get(i, j), get(i, j));
        }
      }
    }
  }

  private static void assertProduct(Matrix expected, int k, Factor left, Factor right) {
    double tolerance = (expected.wide ? 1e-14 : 1e-5) * (10 + 4 * k);
    for (int i = 0; i < expected.m; i++) {
      for (int j = 0; j < expected.n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += left.get(i, p) * right.get(p, j);
        }
        assertEquals(expected.get(i, j), sum, tolerance);
      }
    }
  }

  @FunctionalInterface
  private interface Factor {
    double get(int i, int j);
  }

  @ParameterizedTest
  @CsvSource({"true,1", "true,5", "true,70", "false,5", "false,70"})
  void factorsByRowExchanges(boolean wide, int n) {
    try (Arena arena = Arena.ofShared()) {
      Matrix a = Matrix.random(arena, wide, n, n);
      Matrix lu = a.copy(arena);
      MemorySegment pivots = arena.allocate(ValueLayout.JAVA_INT, n);
      lapack.run(
          () -> assertEquals(0, lapack.getrf(wide, n, lu.memory, lu.at(), lu.ld(), pivots, 0)));
      for (int i = 0; i < n; i++) {
        int other = pivots.getAtIndex(ValueLayout.JAVA_INT, i) - 1;
        for (int j = 0; j < n; j++) {
          double kept = a.get(i, j);
          a.set(i, j, a.get(other, j));
          a.set(other, j, kept);
        }
      }
      assertProduct(
          a,
          n,
          (i, p) -> i == p ? 1 : i > p ? lu.get(i, p) : 0,
          (p, j) -> p <= j ? lu.get(p, j) : 0);
      lu.assertGapsAre(a);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,true,5", "true,false,70", "false,true,70", "false,false,5"})
  void factorsPositiveDefiniteMatrices(boolean wide, boolean upper, int n) {
    try (Arena arena = Arena.ofShared()) {
      Matrix a = Matrix.random(arena, wide, n, n);
      a.symmetric();
      Matrix l = a.copy(arena);
      lapack.run(() -> assertEquals(0, lapack.potrf(wide, upper, n, l.memory, l.at(), l.ld())));
      Factor lower = (i, j) -> i >= j ? (upper ? l.get(j, i) : l.get(i, j)) : 0;
      assertProduct(a, n, lower, (i, j) -> lower.get(j, i));
      a.set(n / 2, n / 2, -1);
      lapack.run(
          () -> assertEquals(n / 2 + 1, lapack.potrf(wide, upper, n, a.memory, a.at(), a.ld())));
    }
  }

  @ParameterizedTest
  @CsvSource({"true,7,4", "true,60,40", "true,4,7", "false,60,40", "false,40,60"})
  void makesOrthogonalColumns(boolean wide, int m, int n) {
    int k = Math.min(m, n);
    try (Arena arena = Arena.ofShared()) {
      Matrix a = Matrix.random(arena, wide, m, n);
      Matrix r = a.copy(arena);
      MemorySegment tau = arena.allocate(8L * k, 8);
      lapack.run(() -> assertEquals(0, lapack.geqrf(wide, m, n, r.memory, r.at(), r.ld(), tau, 0)));
      Matrix q = r.copy(arena);
      lapack.run(
          () -> assertEquals(0, lapack.orgqr(wide, m, k, k, q.memory, q.at(), q.ld(), tau, 0)));
      assertProduct(a, k, q::get, (p, j) -> p <= j ? r.get(p, j) : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,7,4", "true,30,60", "false,60,30"})
  void findsSingularValues(boolean wide, int m, int n) {
    int k = Math.min(m, n);
    try (Arena arena = Arena.ofShared()) {
      Matrix a = Matrix.random(arena, wide, m, n);
      Matrix work = a.copy(arena);
      Matrix u = Matrix.random(arena, wide, m, k);
      Matrix vt = Matrix.random(arena, wide, k, n);
      MemorySegment s = arena.allocate(8L * k, 8);
      lapack.run(() ->
          assertEquals(
              0,
              lapack.gesdd(
                  wide,
                  true,
                  false,
                  m,
                  n,
                  work.memory,
                  work.at(),
                  work.ld(),
                  s,
                  0,
                  u.memory,
                  u.at(),
                  u.ld(),
                  vt.memory,
                  vt.at(),
                  vt.ld())));
      assertProduct(a, k, (i, p) -> u.get(i, p) * Matrices.get(s, wide, p), (p, j) -> vt.get(p, j));
      Matrix again = a.copy(arena);
      MemorySegment alone = arena.allocate(8L * k, 8);
      lapack.run(() ->
          assertEquals(
              0,
              lapack.gesdd(
                  wide,
                  false,
                  false,
                  m,
                  n,
                  again.memory,
                  again.at(),
                  again.ld(),
                  alone,
                  0,
                  s,
                  0,
                  1,
                  s,
                  0,
                  1)));
      for (int i = 0; i < k; i++) {
        assertEquals(Matrices.get(s, wide, i), Matrices.get(alone, wide, i), 1e-4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true,6", "true,60", "false,60"})
  void findsEigenvalues(boolean wide, int n) {
    try (Arena arena = Arena.ofShared()) {
      Matrix a = Matrix.random(arena, wide, n, n);
      a.symmetric();
      Matrix v = a.copy(arena);
      MemorySegment w = arena.allocate(8L * n, 8);
      lapack.run(() ->
          assertEquals(0, lapack.syevd(wide, true, false, n, v.memory, v.at(), v.ld(), w, 0)));
      assertProduct(a, n, (i, p) -> v.get(i, p) * Matrices.get(w, wide, p), (p, j) -> v.get(j, p));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void solvesTriangularSystems(boolean right) {
    int n = 6;
    int m = 4;
    for (int bits = 0; bits < 16; bits++) {
      boolean wide = (bits & 1) == 0;
      boolean upper = (bits & 2) == 0;
      boolean trans = (bits & 4) == 0;
      boolean unit = (bits & 8) == 0;
      try (Arena arena = Arena.ofConfined()) {
        // Row-major: what is [m,n] here are rows of the other's columns.
        Matrix a = Matrix.random(arena, wide, n, n);
        a.symmetric();
        Matrix b = Matrix.random(arena, wide, right ? n : m, right ? m : n);
        Matrix x = b.copy(arena);
        BlasTriangular blas = Blas.load().triangular();
        if (wide) {
          blas.dtrsm(
              right, upper, trans, unit, x.n, x.m, a.memory, a.at(), a.ld(), x.memory, x.at(),
              x.ld());
        } else {
          blas.strsm(
              right, upper, trans, unit, x.n, x.m, a.memory, a.at(), a.ld(), x.memory, x.at(),
              x.ld());
        }
        Factor stored =
            (i, j) -> {
              boolean inside = upper ? i <= j : i >= j;
              return i == j && unit ? 1 : inside ? a.get(j, i) : 0;
            };
        Factor op = trans ? (i, j) -> stored.get(j, i) : stored;
        Factor rows = (i, j) -> x.get(j, i);
        for (int i = 0; i < b.n; i++) {
          for (int j = 0; j < b.m; j++) {
            double sum = 0;
            for (int p = 0; p < n; p++) {
              sum += right ? rows.get(i, p) * op.get(p, j) : op.get(i, p) * rows.get(p, j);
            }
            assertEquals(b.get(j, i), sum, wide ? 1e-12 : 1e-4);
          }
        }
      }
    }
  }

  private static void assertMessage(
      Class<? extends RuntimeException> type, String message, Executable call) {
    assertEquals(message, assertThrows(type, call).getMessage());
  }

  @Test
  void checksOperands() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment ten = arena.allocate(80, 8);
      assertMessage(
          IllegalStateException.class,
          "potrf: this thread's stack may be too small for LAPACK; call it inside of run()",
          () -> lapack.potrf(true, true, 3, ten, 0, 3));
      assertMessage(
          IndexOutOfBoundsException.class,
          "potrf: operand does not fit its memory: a [4,4] with lda 4 (16 elements of 8 bytes from"
              + " byte 0 of 80)",
          () -> lapack.run(() -> lapack.potrf(true, true, 4, ten, 0, 4)));
      assertMessage(
          IllegalArgumentException.class,
          "getrf: leading dimension out of range: lda of a [3,3] (2, expected 3..2147483647)",
          () -> lapack.run(() -> lapack.getrf(true, 3, ten, 0, 2, ten, 0)));
      assertMessage(
          IndexOutOfBoundsException.class,
          "syevd: operand does not fit its memory: w [3] with incw 1 (3 elements of 8 bytes from"
              + " byte 64 of 80)",
          () -> lapack.run(() -> lapack.syevd(true, false, true, 3, ten, 0, 3, ten, 64)));
      assertMessage(
          IllegalArgumentException.class,
          "geqrf: memory on the Java heap: tau; copy it to an arena's segment",
          () ->
              lapack.run(() ->
                  lapack.geqrf(true, 3, 3, ten, 0, 3, MemorySegment.ofArray(new double[3]), 0)));
      assertMessage(
          IllegalArgumentException.class,
          "orgqr: sizes out of range: m 2, n 3, k 2 (expected m >= n >= k >= 0)",
          () -> lapack.run(() -> lapack.orgqr(true, 2, 3, 2, ten, 0, 2, ten, 0)));
    }
  }

  @Test
  void runsOnThreadsOfItsOwn() throws InterruptedException {
    Thread[] seen = new Thread[1];
    lapack.run(() -> seen[0] = Thread.currentThread());
    assertTrue(seen[0].isDaemon());
    assertEquals("gatun-lapack", seen[0].getName());
    Thread interrupted =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              lapack.run(() -> {});
              seen[0] = Thread.interrupted() ? Thread.currentThread() : seen[0];
            });
    interrupted.join();
    assertEquals(interrupted, seen[0]);
  }
}
