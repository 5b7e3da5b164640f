package dev.gatun.kernel;

import dev.gatun.backend.Backends;
import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Products of F32 rows and BF16 weights, added up in F32. The weights are read as they are stored:
/// few rows meet them in [VectorBf16]; for more, blocks that stay in the cache are widened one
/// after the other and multiplied by the backend, so that there is never a copy of all of them.
final class Bf16Gemm {
  /// Rows that are faster without widening.
  private static final int FEW_ROWS = 16;

  /// A block of weights; its widened copy is half a megabyte.
  private static final long WIDTH = 256;

  private static final long DEPTH = 512;

  /// Elements of a row that arrays for a few of them hold.
  private static final long LONGEST = 1 << 26;

  /// Weights that are worth a second thread: some 50 microseconds of reading.
  private static final double WORTH = 5e5;

  private Bf16Gemm() {}

  /// `C = act(op(A) op(B) + bias)`; B is BF16, all else F32.
  static void multiply(Gemm gemm, boolean vector, Product x) {
    long m = x.m();
    long n = x.n();
    long k = x.k();
    boolean fits = n <= LONGEST && k <= LONGEST;
    if (vector && fits && m <= FEW_ROWS && VectorBf16.suits(x.transB(), n, k)) {
      few(x);
      return;
    }
    int blocks = (int) Math.max(1, (n + WIDTH - 1) / WIDTH);
    double work = (double) m * n * k;
    if (blocks == 1 || work < WORTH) {
      for (long j = 0; j < n; j += WIDTH) {
        columns(gemm, x, j);
      }
      return;
    }
    Product shared = x.forWorkers();
    Workers.run(blocks, work, block -> columns(gemm, shared, block * WIDTH));
  }

  private static void few(Product x) {
    int n = (int) x.n();
    double work = (double) x.n() * x.k();
    int parts = work < WORTH ? 1 : (int) Math.min(2L * Backends.threads(), n / 64);
    if (parts <= 1) {
      VectorBf16.multiply(x, 0, n);
      return;
    }
    Product shared = x.forWorkers();
    Workers.run(
        parts, part -> VectorBf16.multiply(shared, edge(n, part, parts), edge(n, part + 1, parts)));
  }

  private static int edge(int n, int part, int parts) {
    return part == parts ? n : (int) ((long) n * part / parts / 32 * 32);
  }

  /// Columns `j` to `j + WIDTH` of C.
  private static void columns(Gemm gemm, Product x, long j) {
    long width = Math.min(WIDTH, x.n() - j);
    Epilogue end = x.epilogue();
    Epilogue last = new Epilogue(end.bias(), end.biasOffset() + j, end.activation());
    MemorySegment wide = WideScratch.take();
    try {
      long p = 0;
      do {
        long depth = Math.min(DEPTH, x.k() - p);
        long columns = x.transB() ? depth : width;
        long rows = x.transB() ? width : depth;
        WideScratch.widen(x.b(), x.atB(p, j), x.ldb(), rows, columns, wide);
        boolean isLast = p + depth == x.k();
        gemm.gemm(
            DType.F32,
            x.transA(),
            x.transB(),
            x.m(),
            width,
            depth,
            1,
            x.a(),
            x.atA(0, p),
            x.lda(),
            wide,
            0,
            Math.max(1, columns),
            p == 0 ? 0 : 1,
            x.c(),
            x.atC(0, j),
            x.ldc(),
            isLast ? last : Epilogue.NONE);
        p += depth;
      } while (p < x.k());
    } finally {
      WideScratch.release(wide);
    }
  }

  /// Elements of a block.
  static long largest() {
    return WIDTH * DEPTH;
  }
}
