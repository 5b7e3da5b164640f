package dev.gatun.bindings;

import dev.gatun.bindings.openblas.Lapacke;
import dev.gatun.natives.NativeLibraryException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/// The LAPACK inside the library of [Blas], column-major, over native memory.
///
/// Offsets are in **bytes**, leading dimensions in **elements**; a leading dimension is the
/// distance between columns. `wide` chooses 64-bit floats, else 32-bit ones. Operands are checked
/// before the native call, as [Blas] does, with the same exceptions.
///
/// Routines need more stack than a Java thread has, so they are called inside of [#run], which
/// lends a thread that has it; elsewhere they throw [IllegalStateException].
///
/// Each returns LAPACK's `info` when it is 0 or more: 0 is success, otherwise the routine's
/// description says what failed.
public final class Lapack {
  private static final int COLUMNS = Lapacke.LAPACK_COL_MAJOR();
  private static final Lapack INSTANCE = new Lapack();

  /// LAPACK keeps work arrays on the stack and has overflowed the default of a Java thread, which
  /// ends the process. Virtual threads run on such a default one.
  private static final long STACK_BYTES = 64L << 20;

  private static final LentThreads THREADS =
      new LentThreads(
          "gatun-lapack",
          Math.min(Gate.CALLERS, Runtime.getRuntime().availableProcessors()),
          STACK_BYTES);

  /// `gesdd`, of either type.
  @FunctionalInterface
  private interface SingularValues {
    int call(
        int layout,
        byte job,
        int m,
        int n,
        MemorySegment a,
        int lda,
        MemorySegment s,
        MemorySegment u,
        int ldu,
        MemorySegment vt,
        int ldvt,
        MemorySegment work,
        int length,
        MemorySegment ints);
  }

  /// `syevd`, of either type.
  @FunctionalInterface
  private interface Eigenvalues {
    int call(
        int layout,
        byte job,
        byte triangle,
        int n,
        MemorySegment a,
        int lda,
        MemorySegment w,
        MemorySegment work,
        int length,
        MemorySegment ints,
        int count);
  }

  private Lapack() {}

  /// The routines of the loaded library.
  ///
  /// @return the one instance
  /// @throws NativeLibraryException if there is no library, or it was built without LAPACK's C
  ///   interface
  public static Lapack load() {
    Blas _ = Blas.load();
    if (!isAvailable()) {
      throw new NativeLibraryException(
          "lapack: the loaded OpenBLAS was built without LAPACKE: " + Blas.report());
    }
    return INSTANCE;
  }

  /// Whether [#load()] returns. A system's OpenBLAS may come without LAPACK's C interface.
  ///
  /// @return true when the routines are there
  public static boolean isAvailable() {
    return Blas.isAvailable() && Routines.FOUND;
  }

  /// Looked for once, when the library is loaded.
  private static final class Routines {
    static final boolean FOUND =
        SymbolLookup.loaderLookup().find("LAPACKE_dgesdd_work").isPresent();

    private Routines() {}
  }

  /// Runs `body` on a thread with a large stack and waits for it. The memory that it uses must be
  /// accessible there.
  ///
  /// @param body calls routines of this class
  public void run(Runnable body) {
    THREADS.run(body);
  }

  /// `A = P L U` by row exchanges, in place; `A` is `[n,n]`. L has a diagonal of ones, which is not
  /// stored. `pivots` gets `n` 32-bit numbers: row `i` was exchanged with row `pivots[i] - 1`.
  ///
  /// @return 0, or `i` when `U[i-1][i-1]` is exactly 0
  public int getrf(
      boolean wide,
      long n,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment pivots,
      long pivotsOffset) {
    enter("getrf", n, n);
    matrix("getrf", "a", wide, a, aOffset, n, n, lda);
    vector("getrf", "pivots", pivots, pivotsOffset, n, Integer.BYTES);
    MemorySegment matrix = a.asSlice(aOffset);
    MemorySegment rows = pivots.asSlice(pivotsOffset);
    return Routine.call(
        "getrf",
        (double) n * n * n,
        () ->
            wide
                ? Lapacke.LAPACKE_dgetrf_work(COLUMNS, (int) n, (int) n, matrix, (int) lda, rows)
                : Lapacke.LAPACKE_sgetrf_work(COLUMNS, (int) n, (int) n, matrix, (int) lda, rows));
  }

  /// `A = L Lᵀ`, or with `upper` `A = Uᵀ U`, in place and in that triangle of the symmetric `A`
  /// `[n,n]`; the other one is neither read nor written.
  ///
  /// @return 0, or `i` when the leading part of order `i` is not positive definite
  public int potrf(boolean wide, boolean upper, long n, MemorySegment a, long aOffset, long lda) {
    enter("potrf", n, n);
    matrix("potrf", "a", wide, a, aOffset, n, n, lda);
    byte triangle = triangle(upper);
    MemorySegment matrix = a.asSlice(aOffset);
    return Routine.call(
        "potrf",
        (double) n * n * n,
        () ->
            wide
                ? Lapacke.LAPACKE_dpotrf_work(COLUMNS, triangle, (int) n, matrix, (int) lda)
                : Lapacke.LAPACKE_spotrf_work(COLUMNS, triangle, (int) n, matrix, (int) lda));
  }

  /// `A = Q R` in place; `A` is `[m,n]`. R is left in the upper triangle, and Q below it and in the
  /// `min(m,n)` elements of `tau`, as [#orgqr] reads it.
  ///
  /// @return 0
  public int geqrf(
      boolean wide,
      long m,
      long n,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment tau,
      long tauOffset) {
    enter("geqrf", m, n);
    matrix("geqrf", "a", wide, a, aOffset, m, n, lda);
    vector("geqrf", "tau", tau, tauOffset, Math.min(m, n), bytes(wide));
    MemorySegment matrix = a.asSlice(aOffset);
    MemorySegment scales = tau.asSlice(tauOffset);
    return Routine.call(
        "geqrf",
        wide,
        (double) m * n * n,
        (work, length) ->
            wide
                ? Lapacke.LAPACKE_dgeqrf_work(
                    COLUMNS, (int) m, (int) n, matrix, (int) lda, scales, work, length)
                : Lapacke.LAPACKE_sgeqrf_work(
                    COLUMNS, (int) m, (int) n, matrix, (int) lda, scales, work, length));
  }

  /// The first `n` columns of the Q of which [#geqrf] left `k` columns in `A`, in place; `A` is
  /// `[m,n]` with `m >= n >= k`.
  ///
  /// @return 0
  public int orgqr(
      boolean wide,
      long m,
      long n,
      long k,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment tau,
      long tauOffset) {
    enter("orgqr", m, n);
    if (k < 0 || k > n || n > m) {
      throw new IllegalArgumentException(
          "orgqr: sizes out of range: m %d, n %d, k %d (expected m >= n >= k >= 0)"
              .formatted(m, n, k));
    }
    matrix("orgqr", "a", wide, a, aOffset, m, n, lda);
    vector("orgqr", "tau", tau, tauOffset, k, bytes(wide));
    MemorySegment matrix = a.asSlice(aOffset);
    MemorySegment scales = tau.asSlice(tauOffset);
    return Routine.call(
        "orgqr",
        wide,
        (double) m * n * n,
        (work, length) ->
            wide
                ? Lapacke.LAPACKE_dorgqr_work(
                    COLUMNS, (int) m, (int) n, (int) k, matrix, (int) lda, scales, work, length)
                : Lapacke.LAPACKE_sorgqr_work(
                    COLUMNS, (int) m, (int) n, (int) k, matrix, (int) lda, scales, work, length));
  }

  /// `A = U diag(s) Vᵀ` of `A` `[m,n]`, which is destroyed; `s` gets the `k = min(m,n)` values,
  /// descending. With `all`, U is `[m,m]` and Vᵀ `[n,n]`, else `[m,k]` and `[k,n]`; without
  /// `vectors` neither is written.
  ///
  /// @return 0, or more when it did not converge
  public int gesdd(
      boolean wide,
      boolean vectors,
      boolean all,
      long m,
      long n,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment s,
      long sOffset,
      MemorySegment u,
      long uOffset,
      long ldu,
      MemorySegment vt,
      long vtOffset,
      long ldvt) {
    enter("gesdd", m, n);
    long k = Math.min(m, n);
    matrix("gesdd", "a", wide, a, aOffset, m, n, lda);
    vector("gesdd", "s", s, sOffset, k, bytes(wide));
    if (vectors) {
      matrix("gesdd", "u", wide, u, uOffset, m, all ? m : k, ldu);
      matrix("gesdd", "vt", wide, vt, vtOffset, all ? n : k, n, ldvt);
    }
    byte job = (byte) (vectors ? all ? 'A' : 'S' : 'N');
    MemorySegment matrix = a.asSlice(aOffset);
    MemorySegment values = s.asSlice(sOffset);
    MemorySegment left = vectors ? u.asSlice(uOffset) : MemorySegment.NULL;
    MemorySegment right = vectors ? vt.asSlice(vtOffset) : MemorySegment.NULL;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ints = arena.allocate(ValueLayout.JAVA_INT, Math.max(1, 8 * k));
      SingularValues routine = wide ? Lapacke::LAPACKE_dgesdd_work : Lapacke::LAPACKE_sgesdd_work;
      return Routine.call(
          "gesdd",
          wide,
          (double) m * n * k,
          (work, length) ->
              routine.call(
                  COLUMNS,
                  job,
                  (int) m,
                  (int) n,
                  matrix,
                  (int) lda,
                  values,
                  left,
                  (int) ldu,
                  right,
                  (int) ldvt,
                  work,
                  length,
                  ints));
    }
  }

  /// The eigenvalues of the symmetric `A` `[n,n]`, ascending, in `w`; with `vectors`, the columns
  /// of `A` become its eigenvectors, else it is destroyed. One triangle is read.
  ///
  /// @return 0, or more when it did not converge
  public int syevd(
      boolean wide,
      boolean vectors,
      boolean upper,
      long n,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment w,
      long wOffset) {
    enter("syevd", n, n);
    matrix("syevd", "a", wide, a, aOffset, n, n, lda);
    vector("syevd", "w", w, wOffset, n, bytes(wide));
    byte job = (byte) (vectors ? 'V' : 'N');
    byte triangle = triangle(upper);
    // What the routine asks for, by its documentation.
    long count = vectors ? 3 + 5 * n : 1;
    MemorySegment matrix = a.asSlice(aOffset);
    MemorySegment values = w.asSlice(wOffset);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ints = arena.allocate(ValueLayout.JAVA_INT, count);
      Eigenvalues routine = wide ? Lapacke::LAPACKE_dsyevd_work : Lapacke::LAPACKE_ssyevd_work;
      return Routine.call(
          "syevd",
          wide,
          (double) n * n * n,
          (work, length) ->
              routine.call(
                  COLUMNS,
                  job,
                  triangle,
                  (int) n,
                  matrix,
                  (int) lda,
                  values,
                  work,
                  length,
                  ints,
                  (int) (length < 0 ? length : count)));
    }
  }

  private static void enter(String routine, long m, long n) {
    if (!THREADS.isCurrent()) {
      throw new IllegalStateException(
          routine + ": this thread's stack may be too small for LAPACK; call it inside of run()");
    }
    Operands.sizes(routine, m, n, 0);
  }

  /// Columns of a column-major matrix are the rows of the transposed one.
  @SuppressWarnings("ArgumentSelectionDefectChecker")
  private static void matrix(
      String routine,
      String name,
      boolean wide,
      MemorySegment segment,
      long offset,
      long rows,
      long columns,
      long ld) {
    Operands.matrix(routine, name, segment, offset, columns, rows, ld, bytes(wide));
    Operands.writable(routine, name, segment);
  }

  private static void vector(
      String routine, String name, MemorySegment segment, long offset, long length, int bytes) {
    Operands.vector(routine, name, segment, offset, length, 1, bytes);
    Operands.writable(routine, name, segment);
  }

  private static int bytes(boolean wide) {
    return wide ? Double.BYTES : Float.BYTES;
  }

  private static byte triangle(boolean upper) {
    return (byte) (upper ? 'U' : 'L');
  }
}
