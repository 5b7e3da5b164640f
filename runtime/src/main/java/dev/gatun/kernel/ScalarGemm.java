package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Products by plain loops, in blocks whose innermost loop the compiler turns into vector code.
final class ScalarGemm implements Gemm {
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
    if (Elements.isF32(dtype)) {
      Split.byThreads(x, 2, 16, F32Loops::block);
    } else {
      Split.byThreads(x, 2, 16, F64Loops::block);
    }
  }
}
