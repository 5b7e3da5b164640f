package dev.gatun.kernel;

import dev.gatun.backend.Backend;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Matrix products over segments, row-major.
///
/// `C = alpha op(A) op(B) + beta C`, where op(A) is `[m,k]`, op(B) `[k,n]` and C `[m,n]`. Offsets
/// and leading dimensions count elements; a leading dimension is the distance between rows of the
/// matrix as it is stored. With `beta` 0, what C held is not read; with `alpha` 0, A and B are not
/// read. C must not overlap A or B. A result does not depend on the number of threads.
///
/// With an [Epilogue], `C = act(alpha op(A) op(B) + beta C + bias)`.
///
/// Sizes and dtypes are the caller's to check; memory out of bounds is an exception of the segment.
public interface Gemm {
  /// One product.
  ///
  /// @param dtype F32 or F64
  /// @param epilogue what is done to the elements afterwards; its bias must not overlap C
  void gemm(
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
      Epilogue epilogue);

  /// One product and nothing after it.
  ///
  /// @param dtype F32 or F64
  default void gemm(
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
    gemm(
        dtype,
        transA,
        transB,
        m,
        n,
        k,
        alpha,
        a,
        aOffset,
        lda,
        b,
        bOffset,
        ldb,
        beta,
        c,
        cOffset,
        ldc,
        Epilogue.NONE);
  }

  /// `batch` products of equal sizes whose operands follow each other at a stride, in elements. A
  /// stride of 0 uses the same A or B for all.
  ///
  /// @param dtype F32 or F64
  default void batched(
      DType dtype,
      boolean transA,
      boolean transB,
      long batch,
      long m,
      long n,
      long k,
      double alpha,
      MemorySegment a,
      long aOffset,
      long lda,
      long strideA,
      MemorySegment b,
      long bOffset,
      long ldb,
      long strideB,
      double beta,
      MemorySegment c,
      long cOffset,
      long ldc,
      long strideC) {
    if (!transA && strideB == 0 && strideA == m * lda && strideC == m * ldc) {
      gemm(
          dtype, false, transB, batch * m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c,
          cOffset, ldc);
      return;
    }
    int parts = Split.ofBatch(batch, m, n, k);
    MemorySegment sa = parts == 1 ? a : Workers.alias(a);
    MemorySegment sb = parts == 1 ? b : Workers.alias(b);
    MemorySegment sc = parts == 1 ? c : Workers.alias(c);
    Workers.run(
        parts,
        part -> {
          for (long i = batch * part / parts; i < batch * (part + 1) / parts; i++) {
            gemm(
                dtype,
                transA,
                transB,
                m,
                n,
                k,
                alpha,
                sa,
                aOffset + i * strideA,
                lda,
                sb,
                bOffset + i * strideB,
                ldb,
                beta,
                sc,
                cOffset + i * strideC,
                ldc);
          }
        });
  }

  /// The implementation that this process uses.
  ///
  /// @return that of the chosen backend
  static Gemm current() {
    return Gemms.CURRENT;
  }

  /// One of the implementations, to compare them.
  ///
  /// @param backend which one
  /// @return its implementation
  /// @throws IllegalStateException if it is VECTOR and there is no Vector API
  /// @throws dev.gatun.natives.NativeLibraryException if it is OPENBLAS and there is no library
  static Gemm of(Backend backend) {
    return Gemms.make(backend);
  }
}
