package dev.gatun.kernel;

import dev.gatun.backend.Backends;
import dev.gatun.bindings.Blas;
import dev.gatun.memory.DType;
import java.util.Locale;
import java.util.Set;

/// Products by OpenBLAS whose smaller side is short, in blocks.
///
/// The library packs both operands before it multiplies, which with few rows costs several times
/// the multiplication. Where a processor has AVX-512 it multiplies up to a million elements in
/// place instead, and for `A Bᵀ` up to 1200 elements of the result: blocks of that size, with a
/// share of `k` each, never meet the packing. The sizes alone decide about the blocks.
final class ThinBlas {
  /// What the library calls the processors for which it multiplies small products in place.
  private static final Set<String> IN_PLACE = Set.of("skylakex", "cooperlake", "sapphirerapids");

  /// Largest product that is multiplied in place, and largest result with B transposed.
  private static final double LARGEST = 1e6;

  private static final long LARGEST_RESULT = 1200;

  /// Lengths of the shorter side up to which blocks are faster: in general, and where the other
  /// sizes hardly matter.
  private static final long SHORT = 128;

  private static final long FEW = 32;

  /// Elements that are read again and again at no cost.
  private static final long CACHED = 400_000;

  /// Shares of `k` that stay in the first-level cache: of a broad result, of one of a few columns,
  /// and with B transposed.
  private static final long DEPTH = 128;

  private static final long DEPTH_NARROW = 512;
  private static final long DEPTH_TRANSPOSED = 960;
  private static final long FEW_COLUMNS = 16;

  /// Multiplications that are worth a task of their own.
  private static final double TASK = 2e6;

  private final Blas blas;
  private final boolean inPlace;

  ThinBlas(Blas blas) {
    this.blas = blas;
    this.inPlace = IN_PLACE.contains(blas.info().coreName().toLowerCase(Locale.ROOT));
  }

  /// Whether blocks are faster than one call.
  boolean suits(DType dtype, boolean transA, boolean transB, long m, long n, long k) {
    if (!inPlace || dtype != DType.F32 || (double) m * n * k <= LARGEST || (transA && transB)) {
      return false;
    }
    if (m <= FEW || n <= FEW) {
      return k >= FEW;
    }
    // With more rows than one block has, B is read again for each: from the cache.
    return (n <= Math.min(m, SHORT) || (m <= SHORT && n * k <= CACHED))
        && k >= (transB ? 2 * DEPTH : DEPTH);
  }

  /// `C = act(alpha op(A) op(B) + beta C + bias)` for a product that [#suits].
  void multiply(Product x) {
    long m = x.m();
    long n = x.n();
    boolean transB = x.transB();
    long rows =
        Math.min(m, transB ? Math.max(16, LARGEST_RESULT / n) : n <= FEW_COLUMNS ? 128 : 32);
    long columns = Math.min(n, transB ? LARGEST_RESULT / rows : (long) (LARGEST / (rows * DEPTH)));
    // Whole vectors.
    columns = columns == n || columns < 16 ? columns : columns / 16 * 16;
    long most = transB ? DEPTH_TRANSPOSED : n <= FEW_COLUMNS ? DEPTH_NARROW : DEPTH;
    long depth = Math.min(most, (long) (LARGEST / (rows * columns)));
    // An even share for each slice.
    long slices = (x.k() + depth - 1) / depth;
    depth = (x.k() + slices - 1) / slices;
    run(x, rows, columns, depth);
  }

  private void run(Product x, long rows, long columns, long depth) {
    long down = (x.m() + rows - 1) / rows;
    long across = (x.n() + columns - 1) / columns;
    long blocks = down * across;
    double work = (double) x.m() * x.n() * x.k();
    long most = Math.min(Math.min(blocks, 4L * Backends.threads()), (long) (work / TASK));
    int tasks = (int) Math.max(1, most);
    if (tasks == 1 && !Workers.isCounted(work)) {
      some(x, rows, columns, depth, across, 0, blocks);
      return;
    }
    Product shared = x.forWorkers();
    Workers.run(
        tasks,
        work,
        task ->
            some(
                shared,
                rows,
                columns,
                depth,
                across,
                blocks * task / tasks,
                blocks * (task + 1) / tasks));
  }

  private void some(
      Product x, long rows, long columns, long depth, long across, long from, long to) {
    for (long block = from; block < to; block++) {
      long i = block / across * rows;
      long j = block % across * columns;
      long height = Math.min(rows, x.m() - i);
      long width = Math.min(columns, x.n() - j);
      for (long p = 0; p < x.k(); p += depth) {
        blas.sgemm(
            x.transA(),
            x.transB(),
            height,
            width,
            Math.min(depth, x.k() - p),
            (float) x.alpha(),
            x.a(),
            x.atA(i, p) * Float.BYTES,
            x.lda(),
            x.b(),
            x.atB(p, j) * Float.BYTES,
            x.ldb(),
            p == 0 ? (float) x.beta() : 1,
            x.c(),
            x.atC(i, j) * Float.BYTES,
            x.ldc());
      }
      EpiloguePass.apply(DType.F32, x, i, i + height, j, j + width);
    }
  }
}
