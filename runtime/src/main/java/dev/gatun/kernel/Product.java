package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// The operands of one `C = act(alpha op(A) op(B) + beta C + bias)`; offsets and leading dimensions
/// in elements.
record Product(
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

  /// Where `op(A)[i][p]` lies in `a`.
  long atA(long i, long p) {
    return aOffset + (transA ? p * lda + i : i * lda + p);
  }

  /// Where `op(B)[p][j]` lies in `b`.
  long atB(long p, long j) {
    return bOffset + (transB ? j * ldb + p : p * ldb + j);
  }

  long atC(long i, long j) {
    return cOffset + i * ldc + j;
  }

  /// The same with memory that workers may use while the caller waits.
  Product forWorkers() {
    return new Product(
        transA,
        transB,
        m,
        n,
        k,
        alpha,
        Workers.alias(a),
        aOffset,
        lda,
        Workers.alias(b),
        bOffset,
        ldb,
        beta,
        Workers.alias(c),
        cOffset,
        ldc,
        epilogue.forWorkers());
  }
}
