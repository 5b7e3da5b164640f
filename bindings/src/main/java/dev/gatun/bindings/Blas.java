package dev.gatun.bindings;

import dev.gatun.bindings.openblas.Cblas;
import dev.gatun.natives.LoadReport;
import dev.gatun.natives.NativeLibraryException;
import java.lang.foreign.MemorySegment;

/// OpenBLAS, row-major, over native memory.
///
/// Each operand is a segment with an offset in **bytes**; sizes, leading dimensions, increments and
/// strides count **elements**. Operands are checked before the native call: whatever is passed, the
/// result is right or there is an exception. Nothing is allocated. Sizes of 0 are fine.
///
/// Any number of threads may call at once; a bounded number are let into the library, each on one
/// thread of its own, and the others wait. A call is an ordinary downcall, so it never holds up a
/// collection of garbage. The result must not overlap the other operands.
///
/// Every method throws
/// - [IllegalArgumentException] if a size, leading dimension, increment or stride is out of range,
///   or memory is on the Java heap or, for a result, read-only
/// - [IndexOutOfBoundsException] if an operand does not fit its segment
/// - [IllegalStateException] if the memory was closed
/// - [WrongThreadException] if the memory belongs to another thread
public final class Blas {
  // What Cblas has too, which cannot be loaded where native access is refused.
  private static final int ROW_MAJOR = 101;
  private static final int AS_IS = 111;
  private static final int TRANSPOSED = 112;

  private static final Blas INSTANCE = new Blas();

  private Blas() {}

  /// The library, loaded on the first call.
  ///
  /// @return the one instance
  /// @throws NativeLibraryException if there is no library, with the reasons, or the one named by
  ///   `gatun.openblas` cannot be loaded
  public static Blas load() {
    LoadReport report = report();
    if (!report.isLoaded()) {
      throw new NativeLibraryException(report.toString());
    }
    return INSTANCE;
  }

  /// Whether [#load()] returns; [#report()] says why it does not.
  ///
  /// @return true when a library is loaded
  /// @throws NativeLibraryException if the library named by `gatun.openblas` cannot be loaded
  public static boolean isAvailable() {
    return report().isLoaded();
  }

  /// Which library was loaded, and why others were not.
  ///
  /// @return the outcome of the search, which is made on the first call
  /// @throws NativeLibraryException if the library named by `gatun.openblas` cannot be loaded
  public static LoadReport report() {
    return Library.report();
  }

  /// Operations on vectors alone.
  ///
  /// @return the one instance
  public BlasVectors vectors() {
    return BlasVectors.INSTANCE;
  }

  /// Triangular systems.
  ///
  /// @return the one instance
  public BlasTriangular triangular() {
    return BlasTriangular.INSTANCE;
  }

  /// What the library says about itself.
  ///
  /// @return its build, processor and threads
  public BlasInfo info() {
    String threading =
        switch (Cblas.openblas_get_parallel()) {
          case 0 -> "sequential";
          case 1 -> "threads";
          default -> "openmp";
        };
    return new BlasInfo(
        Cblas.openblas_get_config().getString(0).strip(),
        Cblas.openblas_get_corename().getString(0).strip(),
        threading,
        Cblas.openblas_get_num_threads());
  }

  /// `C = alpha op(A) op(B) + beta C` in 32-bit floats, where `op` transposes or not.
  ///
  /// | operand | op(.)   | stored as is | stored transposed |
  /// |---------|---------|--------------|-------------------|
  /// | `a`     | `[m,k]` | `lda >= k`   | `lda >= m`        |
  /// | `b`     | `[k,n]` | `ldb >= n`   | `ldb >= k`        |
  /// | `c`     | `[m,n]` | `ldc >= n`   |                   |
  ///
  /// With `beta` 0, what `c` held is not read.
  public void sgemm(
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      float alpha,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb,
      float beta,
      MemorySegment c,
      long cOffset,
      long ldc) {
    int bytes = Float.BYTES;
    Operands.sizes("sgemm", m, n, k);
    Operands.matrix("sgemm", "a", a, aOffset, transA ? k : m, transA ? m : k, lda, bytes);
    Operands.matrix("sgemm", "b", b, bOffset, transB ? n : k, transB ? k : n, ldb, bytes);
    Operands.matrix("sgemm", "c", c, cOffset, m, n, ldc, bytes);
    Operands.writable("sgemm", "c", c);
    if (m == 0 || n == 0) {
      return;
    }
    Gate.OPEN.enter((double) m * n * k);
    try {
      Cblas.cblas_sgemm(
          ROW_MAJOR,
          transA ? TRANSPOSED : AS_IS,
          transB ? TRANSPOSED : AS_IS,
          (int) m,
          (int) n,
          (int) k,
          alpha,
          from(a, aOffset),
          (int) lda,
          from(b, bOffset),
          (int) ldb,
          beta,
          from(c, cOffset),
          (int) ldc);
    } finally {
      Gate.OPEN.leave();
    }
  }

  /// `C = alpha op(A) op(B) + beta C` in 64-bit floats, where `op` transposes or not.
  ///
  /// | operand | op(.)   | stored as is | stored transposed |
  /// |---------|---------|--------------|-------------------|
  /// | `a`     | `[m,k]` | `lda >= k`   | `lda >= m`        |
  /// | `b`     | `[k,n]` | `ldb >= n`   | `ldb >= k`        |
  /// | `c`     | `[m,n]` | `ldc >= n`   |                   |
  ///
  /// With `beta` 0, what `c` held is not read.
  public void dgemm(
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
    int bytes = Double.BYTES;
    Operands.sizes("dgemm", m, n, k);
    Operands.matrix("dgemm", "a", a, aOffset, transA ? k : m, transA ? m : k, lda, bytes);
    Operands.matrix("dgemm", "b", b, bOffset, transB ? n : k, transB ? k : n, ldb, bytes);
    Operands.matrix("dgemm", "c", c, cOffset, m, n, ldc, bytes);
    Operands.writable("dgemm", "c", c);
    if (m == 0 || n == 0) {
      return;
    }
    Gate.OPEN.enter((double) m * n * k);
    try {
      Cblas.cblas_dgemm(
          ROW_MAJOR,
          transA ? TRANSPOSED : AS_IS,
          transB ? TRANSPOSED : AS_IS,
          (int) m,
          (int) n,
          (int) k,
          alpha,
          from(a, aOffset),
          (int) lda,
          from(b, bOffset),
          (int) ldb,
          beta,
          from(c, cOffset),
          (int) ldc);
    } finally {
      Gate.OPEN.leave();
    }
  }

  /// `count` products `C[i] = alpha op(A[i]) op(B[i]) + beta C[i]` in 32-bit floats, as [#sgemm]
  /// does each; `A[i]` starts `i * strideA` elements after `A[0]`, and so on. A stride of 0 for `a`
  /// or `b` uses one matrix for all.
  public void sgemmBatchStrided(
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      float alpha,
      MemorySegment a,
      long aOffset,
      long lda,
      long strideA,
      MemorySegment b,
      long bOffset,
      long ldb,
      long strideB,
      float beta,
      MemorySegment c,
      long cOffset,
      long ldc,
      long strideC,
      long count) {
    String name = "sgemmBatchStrided";
    int bytes = Float.BYTES;
    Operands.sizes(name, m, n, k);
    Operands.size(name, "count", count);
    Operands.batch(
        name, "a", a, aOffset, transA ? k : m, transA ? m : k, lda, strideA, count, bytes);
    Operands.batch(
        name, "b", b, bOffset, transB ? n : k, transB ? k : n, ldb, strideB, count, bytes);
    Operands.batch(name, "c", c, cOffset, m, n, ldc, strideC, count, bytes);
    Operands.writable(name, "c", c);
    // Not the library's own function for this: up to 0.3.31 it jumps to a bad address for products
    // of up to 100³ (OpenBLAS pull request 5980), and larger ones do not feel a call for each.
    for (long i = 0; i < count; i++) {
      long atA = aOffset + i * strideA * bytes;
      long atB = bOffset + i * strideB * bytes;
      long atC = cOffset + i * strideC * bytes;
      sgemm(transA, transB, m, n, k, alpha, a, atA, lda, b, atB, ldb, beta, c, atC, ldc);
    }
  }

  /// `y = alpha op(A) x + beta y` in 32-bit floats. `A` is stored as `[m,n]` with `lda >= n`; not
  /// transposed, `x` has `n` and `y` has `m` elements, transposed the other way round. With `beta`
  /// 0, what `y` held is not read.
  public void sgemv(
      boolean transA,
      long m,
      long n,
      float alpha,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment x,
      long xOffset,
      long incx,
      float beta,
      MemorySegment y,
      long yOffset,
      long incy) {
    int bytes = Float.BYTES;
    long rows = transA ? n : m;
    long inner = transA ? m : n;
    Operands.sizes("sgemv", m, n, 0);
    Operands.matrix("sgemv", "a", a, aOffset, m, n, lda, bytes);
    Operands.vector("sgemv", "x", x, xOffset, inner, incx, bytes);
    Operands.vector("sgemv", "y", y, yOffset, rows, incy, bytes);
    Operands.writable("sgemv", "y", y);
    if (rows == 0) {
      return;
    }
    if (inner == 0) {
      // The library leaves y alone then; a product without an inner dimension scales it.
      sgemm(false, false, rows, 1, 0, alpha, a, aOffset, 1, x, xOffset, 1, beta, y, yOffset, incy);
      return;
    }
    Gate.OPEN.enter((double) m * n);
    try {
      Cblas.cblas_sgemv(
          ROW_MAJOR,
          transA ? TRANSPOSED : AS_IS,
          (int) m,
          (int) n,
          alpha,
          from(a, aOffset),
          (int) lda,
          from(x, xOffset),
          (int) incx,
          beta,
          from(y, yOffset),
          (int) incy);
    } finally {
      Gate.OPEN.leave();
    }
  }

  /// `y = alpha op(A) x + beta y` in 64-bit floats. `A` is stored as `[m,n]` with `lda >= n`; not
  /// transposed, `x` has `n` and `y` has `m` elements, transposed the other way round. With `beta`
  /// 0, what `y` held is not read.
  public void dgemv(
      boolean transA,
      long m,
      long n,
      double alpha,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment x,
      long xOffset,
      long incx,
      double beta,
      MemorySegment y,
      long yOffset,
      long incy) {
    int bytes = Double.BYTES;
    long rows = transA ? n : m;
    long inner = transA ? m : n;
    Operands.sizes("dgemv", m, n, 0);
    Operands.matrix("dgemv", "a", a, aOffset, m, n, lda, bytes);
    Operands.vector("dgemv", "x", x, xOffset, inner, incx, bytes);
    Operands.vector("dgemv", "y", y, yOffset, rows, incy, bytes);
    Operands.writable("dgemv", "y", y);
    if (rows == 0) {
      return;
    }
    if (inner == 0) {
      // The library leaves y alone then; a product without an inner dimension scales it.
      dgemm(false, false, rows, 1, 0, alpha, a, aOffset, 1, x, xOffset, 1, beta, y, yOffset, incy);
      return;
    }
    Gate.OPEN.enter((double) m * n);
    try {
      Cblas.cblas_dgemv(
          ROW_MAJOR,
          transA ? TRANSPOSED : AS_IS,
          (int) m,
          (int) n,
          alpha,
          from(a, aOffset),
          (int) lda,
          from(x, xOffset),
          (int) incx,
          beta,
          from(y, yOffset),
          (int) incy);
    } finally {
      Gate.OPEN.leave();
    }
  }

  /// A slice is an object, which small products notice.
  private static MemorySegment from(MemorySegment operand, long offset) {
    return offset == 0 ? operand : operand.asSlice(offset);
  }
}
