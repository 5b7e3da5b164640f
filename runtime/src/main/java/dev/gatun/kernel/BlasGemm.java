package dev.gatun.kernel;

import dev.gatun.bindings.Blas;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Products by OpenBLAS on one thread, cut by us into panels where they are large; the smallest by
/// Java code, because the way into the library costs more than they do.
final class BlasGemm implements Gemm {
  private final Blas blas;

  BlasGemm(Blas blas) {
    this.blas = blas;
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
      long ldc,
      Epilogue epilogue) {
    if (k == 0 || alpha == 0) {
      Scaling.scale(dtype, m, n, beta, c, cOffset, ldc);
      EpiloguePass.apply(epilogue, dtype, m, 0, n, c, cOffset, ldc);
      return;
    }
    if (TinyGemm.suits(m, n, k)) {
      TinyGemm.multiply(
          dtype,
          m,
          n,
          k,
          alpha,
          a,
          aOffset,
          transA ? 1 : lda,
          transA ? lda : 1,
          b,
          bOffset,
          transB ? 1 : ldb,
          transB ? ldb : 1,
          beta,
          c,
          cOffset,
          ldc);
      EpiloguePass.apply(epilogue, dtype, m, 0, n, c, cOffset, ldc);
      return;
    }
    Product x =
        new Product(
            transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc,
            epilogue);
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
    EpiloguePass.apply(DType.F32, x, i0, i1, j0, j1);
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
    EpiloguePass.apply(DType.F64, x, i0, i1, j0, j1);
  }
}
