package dev.gatun.kernel;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.bindings.Lapack;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Factorizations of batches of matrices: by the LAPACK of OpenBLAS where that is the backend,
/// else, and for small matrices, by Java code over [Gemm]. The threads share a batch.
///
/// Operands are contiguous, F32 or F64; offsets count elements. "Column-major" means that each
/// matrix of the batch is stored transposed. Methods that return an array return one number for
/// each matrix: 0 for success.
public final class Factorizations {
  /// What stands for an operand with infinite or NaN elements.
  public static final int NOT_FINITE = -1;

  /// Up to this order the way to a thread with a large stack costs more than LAPACK saves.
  private static final long SMALL = 48;

  /// As [#SMALL], for rotations, which take more steps than LAPACK.
  private static final long SMALL_ROTATED = 16;

  /// Columns of a right side that a thread takes at once.
  private static final long PANEL = 256;

  /// Multiplications from which on the threads share a batch.
  private static final double SHARED = 1 << 18;

  /// The work on matrix `i`, which returns its number.
  @FunctionalInterface
  private interface Single {
    int run(long i);
  }

  /// The work on the columns from `column` on of the right side `i`.
  @FunctionalInterface
  private interface Panel {
    void run(long i, long column, long width);
  }

  private Factorizations() {}

  /// `A = P L U`, in place, column-major `[n,n]`; L has a diagonal of ones, which is not stored.
  /// Row `i` was exchanged with row `pivots[i] - 1`.
  ///
  /// @param pivots I32, `n` for each matrix
  /// @return the number of the first pivot that is 0, counted from 1
  public static int[] lu(
      DType dtype,
      long count,
      long n,
      MemorySegment a,
      long aOffset,
      MemorySegment pivots,
      long pivotsOffset) {
    boolean lapack = lapack(n, SMALL);
    MemorySegment matrices = Workers.alias(a);
    MemorySegment rows = Workers.alias(pivots);
    boolean wide = !Elements.isF32(dtype);
    return each(
        count,
        (double) n * n * n,
        lapack,
        i -> {
          long at = aOffset + i * n * n;
          long to = (pivotsOffset + i * n) * Integer.BYTES;
          if (lapack) {
            return Lapack.load().getrf(wide, n, matrices, at * dtype.byteSize(), n, rows, to);
          }
          int[] swaps = new int[(int) n];
          int info = Lu.factor(Block.columnMajor(dtype, matrices, at, n, n), swaps, 0);
          MemorySegment.copy(swaps, 0, rows, ValueLayout.JAVA_INT_UNALIGNED, to, swaps.length);
          return info;
        });
  }

  /// Solves `A X = B`, or `Aᵀ X = B`, with what [#lu] left of A; X replaces B, which is `[n,k]`,
  /// row-major.
  public static void luSolve(
      DType dtype,
      boolean transposed,
      long count,
      long n,
      long k,
      MemorySegment lu,
      long luOffset,
      MemorySegment pivots,
      long pivotsOffset,
      MemorySegment b,
      long bOffset) {
    MemorySegment matrices = Workers.alias(lu);
    MemorySegment rows = Workers.alias(pivots);
    MemorySegment results = Workers.alias(b);
    panels(
        count,
        n,
        k,
        (i, j, width) -> {
          Block factors = Block.columnMajor(dtype, matrices, luOffset + i * n * n, n, n);
          Block x = Block.rowMajor(dtype, results, bOffset + i * n * k, n, k).part(0, j, n, width);
          long from = (pivotsOffset + i * n) * Integer.BYTES;
          if (transposed) {
            Triangular.solve(factors.t(), false, false, x);
            Triangular.solve(factors.t(), true, true, x);
            for (long r = n - 1; r >= 0; r--) {
              x.swapRows(r, Element.i32(rows, from + r * Integer.BYTES) - 1);
            }
          } else {
            for (long r = 0; r < n; r++) {
              x.swapRows(r, Element.i32(rows, from + r * Integer.BYTES) - 1);
            }
            Triangular.solve(factors, false, true, x);
            Triangular.solve(factors, true, false, x);
          }
        });
  }

  /// Solves `T X = B`; X replaces B, which is `[n,k]`, row-major. T is `[n,n]`; its triangle alone
  /// is read, with `unit` not its diagonal.
  public static void triangularSolve(
      DType dtype,
      boolean columnMajor,
      boolean upper,
      boolean unit,
      long count,
      long n,
      long k,
      MemorySegment t,
      long tOffset,
      MemorySegment b,
      long bOffset) {
    MemorySegment matrices = Workers.alias(t);
    MemorySegment results = Workers.alias(b);
    panels(
        count,
        n,
        k,
        (i, j, width) -> {
          Block stored = Block.rowMajor(dtype, matrices, tOffset + i * n * n, n, n);
          Block x = Block.rowMajor(dtype, results, bOffset + i * n * k, n, k);
          Triangular.solve(columnMajor ? stored.t() : stored, upper, unit, x.part(0, j, n, width));
        });
  }

  /// `A = L Lᵀ`, or with `upper` `A = Uᵀ U`, in place in that triangle, row-major `[n,n]`; the
  /// other triangle is not read and becomes arbitrary.
  ///
  /// @return the order of the first leading part that is not positive definite
  public static int[] cholesky(
      DType dtype, boolean upper, long count, long n, MemorySegment a, long aOffset) {
    boolean lapack = lapack(n, SMALL);
    MemorySegment matrices = Workers.alias(a);
    return each(
        count,
        (double) n * n * n,
        lapack,
        i -> {
          Block block = Block.rowMajor(dtype, matrices, aOffset + i * n * n, n, n);
          if (lapack) {
            return LapackCalls.cholesky(upper, block);
          }
          return Cholesky.factor(upper ? block.t() : block);
        });
  }

  /// `A = Q R`; R replaces the upper triangle of A, `[m,n]`, and what is below becomes arbitrary; Q
  /// gets its first `columns`. Both are column-major.
  ///
  /// @param columns of Q, from `min(m,n)` to `m`
  public static void qr(
      DType dtype,
      long count,
      long m,
      long n,
      long columns,
      MemorySegment a,
      long aOffset,
      MemorySegment q,
      long qOffset) {
    long k = Math.min(m, n);
    boolean lapack = lapack(k, SMALL);
    MemorySegment matrices = Workers.alias(a);
    MemorySegment results = Workers.alias(q);
    int[] _ =
        each(
            count,
            (double) m * n * k + (double) m * columns * k,
            lapack,
            i -> {
              long at = aOffset + i * m * n;
              long to = qOffset + i * m * columns;
              if (lapack) {
                LapackCalls.qr(dtype, m, n, columns, matrices, at, results, to);
              } else {
                Qr.factor(
                    Block.columnMajor(dtype, matrices, at, m, n),
                    Block.columnMajor(dtype, results, to, m, columns));
              }
              return 0;
            });
  }

  /// `A = U diag(s) Vᵀ` of A `[m,n]`, which is destroyed; all row-major. `s` gets `k = min(m,n)`
  /// values, descending. With `all`, U is `[m,m]` and Vᵀ `[n,n]`, else `[m,k]` and `[k,n]`; without
  /// `vectors` they are left alone.
  ///
  /// @return [#NOT_FINITE], or more than 0 when it did not converge
  public static int[] svd(
      DType dtype,
      boolean vectors,
      boolean all,
      long count,
      long m,
      long n,
      MemorySegment a,
      long aOffset,
      MemorySegment u,
      long uOffset,
      MemorySegment s,
      long sOffset,
      MemorySegment vt,
      long vtOffset) {
    long k = Math.min(m, n);
    boolean lapack = lapack(k, SMALL_ROTATED);
    long uColumns = all ? m : k;
    long vtRows = all ? n : k;
    MemorySegment from = Workers.alias(a);
    MemorySegment left = Workers.alias(u);
    MemorySegment values = Workers.alias(s);
    MemorySegment right = Workers.alias(vt);
    return each(
        count,
        (double) m * n * k * 10,
        lapack,
        i -> {
          Block x = Block.rowMajor(dtype, from, aOffset + i * m * n, m, n);
          Block l = Block.rowMajor(dtype, left, uOffset + i * m * uColumns, m, uColumns);
          Block r = Block.rowMajor(dtype, right, vtOffset + i * vtRows * n, vtRows, n);
          Block w = Block.rowMajor(dtype, values, sOffset + i * k, 1, k);
          if (!isFinite(x)) {
            return NOT_FINITE;
          }
          return lapack
              ? LapackCalls.svd(vectors, all, x, l, w, r)
              : Rotations.svd(vectors, x, l, w, r);
        });
  }

  /// The eigenvalues of the symmetric A `[n,n]`, row-major, ascending, in `w`, and with `vectors`
  /// its eigenvectors, which replace A as **rows**; else A is destroyed. One triangle is read.
  ///
  /// @return [#NOT_FINITE], or more than 0 when it did not converge
  public static int[] eigh(
      DType dtype,
      boolean vectors,
      boolean upper,
      long count,
      long n,
      MemorySegment a,
      long aOffset,
      MemorySegment w,
      long wOffset) {
    boolean lapack = lapack(n, SMALL_ROTATED);
    MemorySegment matrices = Workers.alias(a);
    MemorySegment values = Workers.alias(w);
    boolean wide = !Elements.isF32(dtype);
    int bytes = dtype.byteSize();
    return each(
        count,
        (double) n * n * n * 4,
        lapack,
        i -> {
          long at = aOffset + i * n * n;
          long to = wOffset + i * n;
          Block x = Block.rowMajor(dtype, matrices, at, n, n);
          if (!isFiniteBelow(upper ? x.t() : x)) {
            return NOT_FINITE;
          }
          if (lapack) {
            return Lapack.load()
                .syevd(wide, vectors, !upper, n, matrices, at * bytes, n, values, to * bytes);
          }
          return Rotations.eigh(upper, x, Block.rowMajor(dtype, values, to, 1, n));
        });
  }

  /// Right sides, wide ones cut by columns, so that the threads share them. The cut depends on
  /// sizes alone, and so do the results.
  private static void panels(long count, long n, long k, Panel body) {
    long width = k >= 2 * PANEL && n >= PANEL ? PANEL : Math.max(1, k);
    long each = (k + width - 1) / width;
    int[] _ =
        each(
            count * each,
            (double) n * n * width,
            false,
            i -> {
              long column = i % each * width;
              body.run(i / each, column, Math.min(width, k - column));
              return 0;
            });
  }

  private static boolean lapack(long n, long small) {
    return n > small && Backends.current() == Backend.OPENBLAS && Lapack.isAvailable();
  }

  private static boolean isFinite(Block x) {
    double[] row = new double[(int) x.columns()];
    for (long i = 0; i < x.rows(); i++) {
      x.loadRow(i, row, 0);
      if (!isFinite(row, row.length)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFiniteBelow(Block x) {
    double[] row = new double[(int) x.columns()];
    for (int i = 0; i < x.rows(); i++) {
      x.loadRow(i, row, 0);
      if (!isFinite(row, i + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFinite(double[] row, int length) {
    double sum = 0;
    for (int j = 0; j < length; j++) {
      // 0 times infinity or NaN is NaN, and stays so.
      sum += row[j] * 0;
    }
    return sum == 0;
  }

  private static int[] each(long count, double work, boolean lapack, Single body) {
    int[] infos = new int[Math.toIntExact(count)];
    long parts = count * work < SHARED ? 1 : Math.min(count, Backends.threads());
    Workers.run(
        (int) parts,
        part -> {
          Runnable some =
              () -> {
                for (long i = count * part / parts; i < count * (part + 1) / parts; i++) {
                  infos[(int) i] = body.run(i);
                }
              };
          if (lapack) {
            Lapack.load().run(some);
          } else {
            some.run();
          }
        });
    return infos;
  }
}
