package dev.gatun.bindings;

import dev.gatun.bindings.openblas.Cblas;
import java.lang.foreign.MemorySegment;

/// Triangular systems by OpenBLAS; conventions and exceptions are those of [Blas].
public final class BlasTriangular {
  static final BlasTriangular INSTANCE = new BlasTriangular();

  private BlasTriangular() {}

  /// Solves `op(A) X = B`, or `X op(A) = B` from the right, in 32-bit floats; X replaces B, which
  /// is `[m,n]`. `A` is square, and only its triangle is read; with `unit`, its diagonal counts as
  /// 1.
  public void strsm(
      boolean right,
      boolean upper,
      boolean transA,
      boolean unit,
      long m,
      long n,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb) {
    check("strsm", right, m, n, a, aOffset, lda, b, bOffset, ldb, Float.BYTES);
    if (m == 0 || n == 0) {
      return;
    }
    Gate.OPEN.enter((double) m * n * (right ? n : m));
    try {
      Cblas.cblas_strsm(
          Cblas.CblasRowMajor(),
          side(right),
          triangle(upper),
          transpose(transA),
          diagonal(unit),
          (int) m,
          (int) n,
          1,
          a.asSlice(aOffset),
          (int) lda,
          b.asSlice(bOffset),
          (int) ldb);
    } finally {
      Gate.OPEN.leave();
    }
  }

  /// Solves `op(A) X = B`, or `X op(A) = B` from the right, in 64-bit floats; X replaces B, which
  /// is `[m,n]`. `A` is square, and only its triangle is read; with `unit`, its diagonal counts as
  /// 1.
  public void dtrsm(
      boolean right,
      boolean upper,
      boolean transA,
      boolean unit,
      long m,
      long n,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb) {
    check("dtrsm", right, m, n, a, aOffset, lda, b, bOffset, ldb, Double.BYTES);
    if (m == 0 || n == 0) {
      return;
    }
    Gate.OPEN.enter((double) m * n * (right ? n : m));
    try {
      Cblas.cblas_dtrsm(
          Cblas.CblasRowMajor(),
          side(right),
          triangle(upper),
          transpose(transA),
          diagonal(unit),
          (int) m,
          (int) n,
          1,
          a.asSlice(aOffset),
          (int) lda,
          b.asSlice(bOffset),
          (int) ldb);
    } finally {
      Gate.OPEN.leave();
    }
  }

  private static void check(
      String operation,
      boolean right,
      long m,
      long n,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb,
      int bytes) {
    Operands.sizes(operation, m, n, 0);
    long order = right ? n : m;
    Operands.matrix(operation, "a", a, aOffset, order, order, lda, bytes);
    Operands.matrix(operation, "b", b, bOffset, m, n, ldb, bytes);
    Operands.writable(operation, "b", b);
  }

  private static int side(boolean right) {
    return right ? Cblas.CblasRight() : Cblas.CblasLeft();
  }

  private static int triangle(boolean upper) {
    return upper ? Cblas.CblasUpper() : Cblas.CblasLower();
  }

  private static int transpose(boolean transposed) {
    return transposed ? Cblas.CblasTrans() : Cblas.CblasNoTrans();
  }

  private static int diagonal(boolean unit) {
    return unit ? Cblas.CblasUnit() : Cblas.CblasNonUnit();
  }
}
