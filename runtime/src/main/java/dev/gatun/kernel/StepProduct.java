package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.memory.DType;

/// Products of a few rows each with the same weights, step after step: `C = A op(W) + beta C`.
/// Operands are addresses of plain memory, weights are contiguous.
sealed class StepProduct implements AutoCloseable {
  /// The weights.
  ///
  /// @param dtype F32 or F64
  /// @param transposed whether `op(W)` is the transpose of what is stored
  /// @param n columns of `op(W)`
  /// @param k rows of it
  /// @param run where it is
  record Weights(DType dtype, boolean transposed, int n, int k, ElementRun run) {
    int ld() {
      return transposed ? k : n;
    }
  }

  private final Weights weights;

  private StepProduct(Weights weights) {
    this.weights = weights;
  }

  /// Packed once for all steps where the kernels of this process would pack at each.
  ///
  /// @param steps how many products there will be
  /// @param rows of A, at most
  static StepProduct of(Weights weights, int steps, int rows) {
    return Packed.suits(weights, steps, rows) ? new Packed(weights) : new StepProduct(weights);
  }

  /// One product.
  ///
  /// @param lda elements between the rows of A
  /// @param ldc elements between the rows of C
  void multiply(int rows, long a, long lda, double beta, long c, long ldc, Epilogue epilogue) {
    int bytes = weights.dtype.byteSize();
    Gemm.current()
        .gemm(
            weights.dtype,
            false,
            weights.transposed,
            rows,
            weights.n,
            weights.k,
            1,
            ALL,
            a / bytes,
            lda,
            weights.run.memory(),
            weights.run.offset(),
            weights.ld(),
            beta,
            ALL,
            c / bytes,
            ldc,
            epilogue);
  }

  @Override
  public void close() {}

  /// F32 weights in the order in which [F32Tile] reads them. What packing costs at each step is a
  /// third of the time of a product with 32 rows.
  private static final class Packed extends StepProduct {
    private static final int FEWEST_STEPS = 3;
    private static final int FEWEST_ROWS = 4;

    /// Multiplications for which packing pays.
    private static final double LEAST = 1 << 18;

    /// Columns whose panels stay in the second-level cache.
    private static final int BLOCK = 256 / F32Tile.NR * F32Tile.NR;

    private static final Slots<Arrays> FREE = new Slots<>(Arrays::new);

    private final Weights weights;
    private final Arrays arrays = FREE.take();
    private final int depth;

    /// Arrays that are used again.
    private static final class Arrays {
      private float[][] passes = new float[0][];

      float[][] ensure(int count, int length) {
        if (passes.length < count || passes[0].length < length) {
          int most = passes.length == 0 ? length : Math.max(length, passes[0].length);
          passes = new float[Math.max(count, passes.length)][most];
        }
        return passes;
      }
    }

    static boolean suits(Weights w, int steps, int rows) {
      return w.dtype == DType.F32
          && Dispatch.vector()
          && steps >= FEWEST_STEPS
          && rows >= FEWEST_ROWS
          && (double) rows * w.n * w.k >= LEAST
          && (long) w.n * w.k <= Integer.MAX_VALUE / 2;
    }

    Packed(Weights weights) {
      super(weights);
      this.weights = weights;
      int passes = Math.ceilDiv(weights.k, F32Tile.KC);
      depth = Math.ceilDiv(Math.ceilDiv(weights.k, passes), F32Tile.LANES) * F32Tile.LANES;
      int wide = Math.ceilDiv(weights.n, F32Tile.NR) * F32Tile.NR;
      float[][] panels = arrays.ensure(passes, F32Gemm.START + wide * depth);
      Product x = product(0, 0, 0, 0, 0, 0, Epilogue.NONE);
      Scratch scratch = Scratch.take();
      for (int p = 0; p < weights.k; p += depth) {
        int k = Math.min(depth, weights.k - p);
        F32Gemm.packB(x, p, 0, k, weights.n, panels[p / depth], scratch);
      }
      scratch.release();
    }

    private Product product(
        int rows, long a, long lda, double beta, long c, long ldc, Epilogue epilogue) {
      return new Product(
          false,
          weights.transposed,
          rows,
          weights.n,
          weights.k,
          1,
          ALL,
          a / Float.BYTES,
          lda,
          weights.run.memory(),
          weights.run.offset(),
          weights.ld(),
          beta,
          ALL,
          c / Float.BYTES,
          ldc,
          epilogue);
    }

    @Override
    void multiply(int rows, long a, long lda, double beta, long c, long ldc, Epilogue epilogue) {
      Product x = product(rows, a, lda, beta, c, ldc, epilogue);
      Split.byThreads(x, F32Tile.MR, F32Tile.NR, this::block);
    }

    private void block(Product x, long i0, long i1, long j0, long j1) {
      Scratch scratch = Scratch.take();
      for (int p = 0; p < weights.k; p += depth) {
        int k = Math.min(depth, weights.k - p);
        float beta = p == 0 ? (float) x.beta() : 1;
        for (long i = i0; i < i1; i += F32Gemm.MC) {
          int rows = (int) Math.min(F32Gemm.MC, i1 - i);
          float[] a = scratch.ensureFloatsA((rows + F32Tile.LANES + F32Tile.MR) * F32Tile.STRIDE);
          F32Gemm.packA(x, i, p, rows, k, a, scratch);
          for (long j = j0; j < j1; j += BLOCK) {
            int columns = (int) Math.min(BLOCK, j1 - j);
            int first = F32Gemm.START + (int) j * k;
            float[] b = arrays.passes[p / depth];
            F32Gemm.panels(x, i, j, rows, columns, k, a, b, first, beta, scratch.floatTile);
          }
        }
      }
      scratch.release();
      EpiloguePass.apply(DType.F32, x, i0, i1, j0, j1);
    }

    @Override
    public void close() {
      FREE.give(arrays);
    }
  }
}
