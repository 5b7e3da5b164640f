package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Products by the Vector API: without packing where they are small, else in blocks.
final class VectorGemm implements Gemm {
  /// Multiplications up to which reading the operands in place is faster than packing them, where
  /// the columns fill whole vectors.
  private static final double SMALL = 10_000;

  /// Rows up to which it is, whatever the other sizes.
  private static final int FEW_ROWS = 4;

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
    } else if (TinyGemm.suits(m, n, k)) {
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
    } else if (isDirect(dtype, transA, transB, m, n, k)) {
      direct(
          dtype, transA, transB, (int) m, (int) n, (int) k, alpha, a, aOffset, lda, b, bOffset, ldb,
          beta, c, cOffset, ldc);
    } else {
      Product x =
          new Product(
              transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset,
              ldc, epilogue);
      if (Elements.isF32(dtype)) {
        Split.byThreads(x, F32Tile.MR, F32Tile.NR, VectorGemm::blockF32);
      } else {
        Split.byThreads(x, F64Tile.MR, F64Tile.NR, VectorGemm::blockF64);
      }
      return;
    }
    EpiloguePass.apply(epilogue, dtype, m, 0, n, c, cOffset, ldc);
  }

  private static void blockF32(Product x, long i0, long i1, long j0, long j1) {
    F32Gemm.block(x, i0, i1, j0, j1);
    EpiloguePass.apply(DType.F32, x, i0, i1, j0, j1);
  }

  private static void blockF64(Product x, long i0, long i1, long j0, long j1) {
    F64Gemm.block(x, i0, i1, j0, j1);
    EpiloguePass.apply(DType.F64, x, i0, i1, j0, j1);
  }

  private static boolean isDirect(
      DType dtype, boolean transA, boolean transB, long m, long n, long k) {
    int lanes = Elements.isF32(dtype) ? F32Tile.LANES : F64Tile.LANES;
    if (n > Integer.MAX_VALUE || k > Integer.MAX_VALUE) {
      return false;
    }
    return transB
        ? m <= FEW_ROWS && !transA && k >= lanes
        : n >= lanes && (m <= FEW_ROWS || (n % lanes == 0 && (double) m * n * k <= SMALL));
  }

  private static void direct(
      DType dtype,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
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
    boolean f32 = Elements.isF32(dtype);
    long bytes = f32 ? Float.BYTES : Double.BYTES;
    long ao = aOffset * bytes;
    long as = (transA ? 1 : lda) * bytes;
    long ap = (transA ? lda : 1) * bytes;
    long bo = bOffset * bytes;
    long bs = ldb * bytes;
    long co = cOffset * bytes;
    long cs = ldc * bytes;
    if (f32 && transB) {
      F32Dots.multiply(m, n, k, (float) alpha, a, ao, as, b, bo, bs, (float) beta, c, co, cs);
    } else if (f32) {
      F32Direct.multiply(m, n, k, (float) alpha, a, ao, as, ap, b, bo, bs, (float) beta, c, co, cs);
    } else if (transB) {
      F64Dots.multiply(m, n, k, alpha, a, ao, as, b, bo, bs, beta, c, co, cs);
    } else {
      F64Direct.multiply(m, n, k, alpha, a, ao, as, ap, b, bo, bs, beta, c, co, cs);
    }
  }
}
