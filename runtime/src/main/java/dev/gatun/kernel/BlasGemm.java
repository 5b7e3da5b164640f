package dev.gatun.kernel;

import dev.gatun.bindings.Blas;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Products by OpenBLAS on one thread, cut by us into panels where they are large; the small ones by
/// Java code, because the way into the library costs as much as they do.
final class BlasGemm implements Gemm {
  /// Multiplications up to which the Vector API is faster, and plain loops.
  private static final double SMALL_VECTOR = 2_000;

  private static final double SMALL_SCALAR = 64;

  private final Blas blas;
  private final Gemm java;
  private final double small;

  BlasGemm(Blas blas, Gemm java) {
    this.blas = blas;
    this.java = java;
    this.small = java instanceof ScalarGemm ? SMALL_SCALAR : SMALL_VECTOR;
  }

  @Override
  public void gemm(
      DType dtype,
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      double alpha,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb,
      double beta,
      MemorySegment c,
      long cOffset,
      long ldc) {
    if (alpha == 0 || (double) m * n * k <= small) {
      java.gemm(
          dtype, transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset,
          ldc);
      return;
    }
    Product x =
        new Product(
            transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset,
            ldc);
    Split.bySize(x, Elements.isF32(dtype) ? this::sgemm : this::dgemm);
  }

  private void sgemm(Product x, long i0, long i1, long j0, long j1) {
    long bytes = Float.BYTES;
    blas.sgemm(
        x.transA(),
        x.transB(),
        i1 - i0,
        j1 - j0,
        x.k(),
        (float) x.alpha(),
        x.a(),
        x.atA(i0, 0) * bytes,
        x.lda(),
        x.b(),
        x.atB(0, j0) * bytes,
        x.ldb(),
        (float) x.beta(),
        x.c(),
        x.atC(i0, j0) * bytes,
        x.ldc());
  }

  private void dgemm(Product x, long i0, long i1, long j0, long j1) {
    long bytes = Double.BYTES;
    blas.dgemm(
        x.transA(),
        x.transB(),
        i1 - i0,
        j1 - j0,
        x.k(),
        x.alpha(),
        x.a(),
        x.atA(i0, 0) * bytes,
        x.lda(),
        x.b(),
        x.atB(0, j0) * bytes,
        x.ldb(),
        x.beta(),
        x.c(),
        x.atC(i0, j0) * bytes,
        x.ldc());
  }
}
