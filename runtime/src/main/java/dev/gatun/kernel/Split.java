package dev.gatun.kernel;

import dev.gatun.backend.Backends;

/// Cuts a product into blocks of C for the workers. The sum over `k` is never cut.
final class Split {
  /// Multiplications below which a second thread costs more than it brings: some 50 microseconds.
  private static final double WORTH = 4e6;

  /// Rows or columns that pay for packing the other operand once more.
  private static final long NARROWEST = 96;

  /// Computes rows i0 to i1 and columns j0 to j1 of C.
  @FunctionalInterface
  interface Block {
    void compute(Product x, long i0, long i1, long j0, long j1);
  }

  private Split() {}

  /// How many parts of a batch run at once; 1 where single products are large enough to be cut.
  static int ofBatch(long batch, long m, long n, long k) {
    double one = (double) m * n * k;
    if (one * batch < WORTH || one >= 16 * WORTH) {
      return 1;
    }
    return (int) Math.min(batch, 4L * Backends.threads());
  }

  /// For kernels that compute every element alike whatever block it is in: cut by the threads.
  static void byThreads(Product x, int rowStep, int columnStep, Block block) {
    double work = (double) x.m() * x.n() * x.k();
    int threads = work < WORTH ? 1 : Backends.threads();
    boolean byRows = x.m() >= x.n();
    long size = byRows ? x.m() : x.n();
    long most = Math.min(work > 1e9 ? 2L * threads : threads, size / NARROWEST);
    int parts = threads == 1 ? 1 : (int) Math.max(1, most);
    run(x, byRows ? parts : 1, byRows ? 1 : parts, rowStep, columnStep, block);
  }

  /// For kernels whose rounding may depend on the block: cut by the sizes alone, so that the result
  /// does not depend on the threads.
  static void bySize(Product x, Block block) {
    int parts = Math.max(1, partsBySize(x.m(), x.n(), x.k()));
    int down = 1;
    for (int rows = 2; rows <= parts; rows++) {
      if (parts % rows == 0 && packed(x, rows, parts) < packed(x, down, parts)) {
        down = rows;
      }
    }
    run(x, down, parts / down, 16, 16, block);
  }

  /// Rows of A and columns of B that the library packs for one of the blocks.
  private static double packed(Product x, int down, int parts) {
    return (double) x.m() / down + (double) x.n() * down / parts;
  }

  /// How many blocks [#bySize] makes.
  static int partsBySize(long m, long n, long k) {
    double work = (double) m * n * k;
    long size = Math.max(m, n);
    // Narrow panels cost the library a tenth of its speed; wide ones leave threads without work.
    long most = size / (size < 512 ? 128 : 256);
    return (int) Math.min(Math.min(16, most), (long) (work / WORTH));
  }

  private static void run(
      Product x, int down, int across, int rowStep, int columnStep, Block block) {
    double work = (double) x.m() * x.n() * x.k();
    if (down * across == 1 && !Workers.isCounted(work)) {
      block.compute(x, 0, x.m(), 0, x.n());
      return;
    }
    Product shared = x.forWorkers();
    long m = x.m();
    long n = x.n();
    Workers.run(
        down * across,
        work,
        part -> {
          int i = part / across;
          int j = part % across;
          block.compute(
              shared,
              edge(m, i, down, rowStep),
              edge(m, i + 1, down, rowStep),
              edge(n, j, across, columnStep),
              edge(n, j + 1, across, columnStep));
        });
  }

  private static long edge(long size, int part, int parts, int step) {
    return part == parts ? size : size * part / parts / step * step;
  }
}
