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
          dtype, transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset,
          ldc, epilogue);
      return;
    }
    Product x =
        new Product(
            transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc,
            epilogue);
    multiply(dtype, x);
  }

  @Override
  public Runnable prepare(
      DType dtype,
      long m,
      long n,
      long k,
      MemorySegment a,
      MemorySegment b,
      MemorySegment c,
      long cOffset,
      Epilogue epilogue) {
    if (k == 0 || TinyGemm.suits(m, n, k)) {
      return Gemm.super.prepare(dtype, m, n, k, a, b, c, cOffset, epilogue);
    }
    Product x = new Product(false, false, m, n, k, 1, a, 0, k, b, 0, n, 0, c, cOffset, n, epilogue);
    return () -> multiply(dtype, x);
  }

  private static void multiply(DType dtype, Product x) {
    if (Elements.isF32(dtype)) {
      Split.byThreads(x, 2, 16, F32Loops::block);
    } else {
      Split.byThreads(x, 2, 16, F64Loops::block);
    }
  }
}
