package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Products of a few elements, one by one: whatever prepares for more costs more than they do.
final class TinyGemm {
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  /// Multiplications up to which this is faster than a call of OpenBLAS and than the blocked code;
  /// at 4x4x4 all of them take some 35 ns.
  private static final double LARGEST = 48;

  private TinyGemm() {}

  static boolean suits(long m, long n, long k) {
    return (double) m * n * k <= LARGEST;
  }

  /// The product as [Gemm] takes it.
  static void multiply(
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
      long ldc,
      Epilogue epilogue) {
    long as = transA ? 1 : lda;
    long ap = transA ? lda : 1;
    long bp = transB ? 1 : ldb;
    long bs = transB ? ldb : 1;
    multiply(dtype, m, n, k, alpha, a, ao, as, ap, b, bo, bp, bs, beta, c, co, ldc);
    EpiloguePass.apply(epilogue, dtype, m, 0, n, c, co, ldc);
  }

  /// Distances in elements: `as` between rows and `ap` between columns of op(A), and so on.
  static void multiply(
      DType dtype,
      long m,
      long n,
      long k,
      double alpha,
      MemorySegment a,
      long ao,
      long as,
      long ap,
      MemorySegment b,
      long bo,
      long bp,
      long bs,
      double beta,
      MemorySegment c,
      long co,
      long cs) {
    boolean f32 = Elements.isF32(dtype);
    for (long i = 0; i < m; i++) {
      for (long j = 0; j < n; j++) {
        long ai = ao + i * as;
        long bj = bo + j * bs;
        double sum = f32 ? dotF32(k, a, ai, ap, b, bj, bp) : dotF64(k, a, ai, ap, b, bj, bp);
        put(f32, c, co + i * cs + j, alpha * sum, beta);
      }
    }
  }

  private static double dotF32(
      long k, MemorySegment a, long ao, long ap, MemorySegment b, long bo, long bp) {
    double sum = 0;
    for (long p = 0; p < k; p++) {
      long at = (ao + p * ap) * Float.BYTES;
      sum += (double) a.get(F32, at) * b.get(F32, (bo + p * bp) * Float.BYTES);
    }
    return sum;
  }

  private static double dotF64(
      long k, MemorySegment a, long ao, long ap, MemorySegment b, long bo, long bp) {
    double sum = 0;
    for (long p = 0; p < k; p++) {
      long at = (ao + p * ap) * Double.BYTES;
      sum += a.get(F64, at) * b.get(F64, (bo + p * bp) * Double.BYTES);
    }
    return sum;
  }

  private static void put(boolean f32, MemorySegment c, long at, double value, double beta) {
    if (f32) {
      long to = at * Float.BYTES;
      c.set(F32, to, (float) (beta == 0 ? value : beta * c.get(F32, to) + value));
    } else {
      long to = at * Double.BYTES;
      c.set(F64, to, beta == 0 ? value : beta * c.get(F64, to) + value);
    }
  }
}
