package dev.gatun.kernel;

import dev.gatun.backend.Backends;
import dev.gatun.bindings.Blas;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Products by OpenBLAS on one thread, cut by us into panels where they are large; the smallest by
/// Java code, because the way into the library costs more than they do.
final class BlasGemm implements Gemm {
  private final Blas blas;
  private final ThinBlas thin;
  private final @Nullable Gemm vectors;

  BlasGemm(Blas blas) {
    this.blas = blas;
    this.thin = new ThinBlas(blas);
    this.vectors = Backends.vectorAvailable() ? new VectorGemm() : null;
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
          dtype, transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset,
          ldc, epilogue);
      return;
    }
    if (vectors != null && Crossover.isVector(dtype, m, n, k)) {
      vectors.gemm(
          dtype, transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset,
          ldc, epilogue);
      return;
    }
    boolean blocks = thin.suits(dtype, transA, transB, m, n, k);
    boolean small = Split.partsBySize(m, n, k) <= 1 && !Workers.isCounted((double) m * n * k);
    if (!blocks && small) {
      whole(
          dtype, transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset,
          ldc);
      EpiloguePass.apply(epilogue, dtype, m, 0, n, c, cOffset, ldc);
      return;
    }
    Product x =
        new Product(
            transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc,
            epilogue);
    if (blocks) {
      thin.multiply(x);
    } else {
      Split.bySize(x, Elements.isF32(dtype) ? this::sgemm : this::dgemm);
    }
  }

  private void whole(
      DType dtype,
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      double alpha,
      MemorySegment a,
      long ao,
      long lda,
      MemorySegment b,
      long bo,
      long ldb,
      double beta,
      MemorySegment c,
      long co,
      long ldc) {
    if (Elements.isF32(dtype)) {
      float scale = (float) alpha;
      float keep = (float) beta;
      blas.sgemm(
          transA, transB, m, n, k, scale, a, ao * 4, lda, b, bo * 4, ldb, keep, c, co * 4, ldc);
    } else {
      blas.dgemm(
          transA, transB, m, n, k, alpha, a, ao * 8, lda, b, bo * 8, ldb, beta, c, co * 8, ldc);
    }
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
