package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Products by the Vector API: without packing where they are small, else in blocks.
final class VectorGemm implements Gemm {
  /// Multiplications up to which B is read in place: packing it gains some percent for much more,
  /// and loses as much for less. Above, a product is also worth a second thread.
  private static final double IN_PLACE = 4e6;

  /// Rows up to which it is, whatever the other sizes.
  private static final int FEW_ROWS = 4;

  /// Elements of A up to which a copy of the whole of it is made.
  private static final double COPIED = 1 << 18;

  /// Rows up to which a transposed B is read in place, in inner products of [#LONG_DOT] or more:
  /// with 16 rows of 256 elements both ways take the same time.
  private static final int DOT_ROWS = 16;

  private static final int LONG_DOT = 48;

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
      long as = transA ? 1 : lda;
      long ap = transA ? lda : 1;
      long bp = transB ? 1 : ldb;
      long bs = transB ? ldb : 1;
      TinyGemm.multiply(
          dtype, m, n, k, alpha, a, aOffset, as, ap, b, bOffset, bp, bs, beta, c, cOffset, ldc);
    } else if (n == 1 && m > 1 && ldc == 1) {
      // A column is a row of the transposed product.
      boolean row = transB || ldb == 1;
      gemm(
          dtype, !row, !transA, 1, m, k, alpha, b, bOffset, ldb, a, aOffset, lda, beta, c, cOffset,
          m);
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
    if (transB) {
      return !transA && m <= DOT_ROWS && k >= LONG_DOT;
    }
    return (n >= lanes || (double) m * n * k <= IN_PLACE)
        && (double) m * k <= COPIED
        && (m <= FEW_ROWS || (double) m * n * k <= IN_PLACE);
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
    long as = lda * bytes;
    long bo = bOffset * bytes;
    long bs = ldb * bytes;
    long co = cOffset * bytes;
    long cs = ldc * bytes;
    if (f32 && transB) {
      F32Dots.multiply(m, n, k, (float) alpha, a, ao, as, b, bo, bs, (float) beta, c, co, cs);
    } else if (transB) {
      F64Dots.multiply(m, n, k, alpha, a, ao, as, b, bo, bs, beta, c, co, cs);
    } else if (n < (f32 ? F32Tile.LANES : F64Tile.LANES)) {
      long step = (transA ? 1 : lda) * bytes;
      long ap = (transA ? lda : 1) * bytes;
      if (f32) {
        F32Narrow.multiply(
            m, n, k, (float) alpha, a, ao, step, ap, b, bo, bs, (float) beta, c, co, cs);
      } else {
        F64Narrow.multiply(m, n, k, alpha, a, ao, step, ap, b, bo, bs, beta, c, co, cs);
      }
    } else if (f32) {
      F32Direct.multiply(
          transA, m, n, k, (float) alpha, a, ao, lda, b, bo, bs, (float) beta, c, co, cs);
    } else {
      F64Direct.multiply(transA, m, n, k, alpha, a, ao, lda, b, bo, bs, beta, c, co, cs);
    }
  }
}
