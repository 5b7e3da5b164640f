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

  /// `C = act(op(A) op(B) + bias)` with F32 rows and BF16 weights: A and C are F32, B is BF16 and
  /// read as it is stored, the sums are F32.
  ///
  /// @param epilogue its bias is F32 and must not overlap C
  default void bf16(
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb,
      MemorySegment c,
      long cOffset,
      long ldc,
      Epilogue epilogue) {
    if (k == 0) {
      Scaling.scale(DType.F32, m, n, 0, c, cOffset, ldc);
      EpiloguePass.apply(epilogue, DType.F32, m, 0, n, c, cOffset, ldc);
      return;
    }
    Product x =
        new Product(
            transA, transB, m, n, k, 1, a, aOffset, lda, b, bOffset, ldb, 0, c, cOffset, ldc,
            epilogue);
    Bf16Gemm.multiply(this, Dispatch.vector() && !(this instanceof ScalarGemm), x);
  }

  /// `batch` products of equal sizes whose operands follow each other at a stride, in elements. A
  /// stride of 0 uses the same A or B for all.
  ///
  /// The threads share the batch. No library's own batched product is called: OpenBLAS up to 0.3.31
  /// crashes in `cblas_sgemm_batch_strided`, and single calls are as fast.
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
    if (batch == 1 || (!transA && strideB == 0 && strideA == m * lda && strideC == m * ldc)) {
      gemm(
          dtype, transA, transB, batch * m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c,
          cOffset, ldc);
      return;
    }
    int parts = Split.ofBatch(batch, m, n, k);
    if (parts == 1) {
      some(
          dtype, transA, transB, m, n, k, alpha, a, aOffset, lda, strideA, b, bOffset, ldb, strideB,
          beta, c, cOffset, ldc, strideC, 0, batch);
      return;
    }
    MemorySegment sa = Workers.alias(a);
    MemorySegment sb = Workers.alias(b);
    MemorySegment sc = Workers.alias(c);
    Workers.run(
        parts,
        (double) batch * m * n * k,
        part -> {
          long from = batch * part / parts;
          long to = batch * (part + 1) / parts;
          some(
              dtype, transA, transB, m, n, k, alpha, sa, aOffset, lda, strideA, sb, bOffset, ldb,
              strideB, beta, sc, cOffset, ldc, strideC, from, to);
        });
  }

  /// The products `from` to `to` of a batch, one after the other.
  private void some(
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
      long strideA,
      MemorySegment b,
      long bOffset,
      long ldb,
      long strideB,
      double beta,
      MemorySegment c,
      long cOffset,
      long ldc,
      long strideC,
      long from,
      long to) {
    for (long i = from; i < to; i++) {
      gemm(
          dtype,
          transA,
          transB,
          m,
          n,
          k,
          alpha,
          a,
          aOffset + i * strideA,
          lda,
          b,
          bOffset + i * strideB,
          ldb,
          beta,
          c,
          cOffset + i * strideC,
          ldc,
          Epilogue.NONE);
    }
  }

  /// Prepares `C = act(A B + bias)` of row-major matrices that stay where they are. It makes
  /// nothing on the heap while one thread computes it.
  ///
  /// @param dtype F32 or F64
  /// @param m rows of A and C
  /// @param n columns of B and C
  /// @param k columns of A, rows of B
  /// @param a from its first element on
  /// @param b from its first element on
  /// @param c plain memory
  /// @param cOffset its first element
  /// @param epilogue bias and activation
  /// @return computes it, as often as it is called
  default Runnable prepare(
      DType dtype,
      long m,
      long n,
      long k,
      MemorySegment a,
      MemorySegment b,
      MemorySegment c,
      long cOffset,
      Epilogue epilogue) {
    return () ->
        gemm(dtype, false, false, m, n, k, 1, a, 0, k, b, 0, n, 0, c, cOffset, n, epilogue);
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
