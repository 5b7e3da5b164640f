package dev.gatun.kernel;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.memory.Storage;
import dev.gatun.memory.internal.KernelMemory;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// `softmax(scale Q Kᵀ + mask) V` in blocks of queries and keys (Dao et al., arXiv:2205.14135):
/// each block of scores lives in the cache alone, and a running maximum and sum of each row take
/// the place of a pass over all of it. Backward computes the blocks of scores again.
///
/// Blocks are cut by the sizes alone, so results do not depend on the number of threads.
public final class AttentionKernels {
  /// Queries of a block.
  static final int ROWS = 128;

  /// Keys of a block.
  static final int COLUMNS = 512;

  /// Multiplications of a product below which one thread does everything.
  private static final double WORTH = 1e6;

  /// Tasks that backward is cut into where there are enough keys.
  private static final int SHARES = 8;

  private AttentionKernels() {}

  /// One matrix for each of a batch: rows of neighbouring elements, `ld` apart.
  public static final class Matrices {
    private final MemorySegment memory;
    private final long[] offsets;
    private final long ld;

    /// Takes its arguments as they are.
    ///
    /// @param memory of all of them
    /// @param offsets where each begins, in elements
    /// @param ld elements from row to row
    public Matrices(MemorySegment memory, long[] offsets, long ld) {
      this.memory = memory;
      this.offsets = offsets;
      this.ld = ld;
    }

    MemorySegment memory() {
      return memory;
    }

    long ld() {
      return ld;
    }

    /// {@return how many there are}
    public int count() {
      return offsets.length;
    }

    Matrices alias() {
      return new Matrices(Workers.alias(memory), offsets, ld);
    }

    /// Where row `row` of matrix `i` begins.
    long at(int i, long row) {
      return offsets[i] + row * ld;
    }

    /// Elements from the first of the memory to behind the last that is used.
    private long extent(long rows, long columns) {
      long most = 0;
      for (long offset : offsets) {
        most = Math.max(most, offset);
      }
      return rows == 0 || columns == 0 ? 0 : most + (rows - 1) * ld + columns;
    }

    /// The same memory, which loops reach by address.
    PlainRun plain(long rows, long columns, int bytes) {
      return PlainRun.of(new ElementRun(memory, 0), extent(rows, columns), bytes);
    }

    Matrices in(PlainRun run) {
      return new Matrices(run.segment(), offsets, ld);
    }
  }

  /// What is added to the scores: BOOL, where false excludes, or of the problem's dtype.
  ///
  /// @param isBool whether it is
  /// @param matrices `[queries, keys]` for each of the batch; `ld` may be 0
  public record Mask(boolean isBool, Matrices matrices) {}

  /// What forward and backward have in common. Element `[b, i, j]` of the weights is dropped by the
  /// uniform number of F32 with that place in a draw `[batch, queries, keys]`.
  ///
  /// @param dtype F32 or F64
  /// @param batch how many there are of each matrix
  /// @param queries rows of Q
  /// @param keys rows of K and V
  /// @param width columns of Q and K
  /// @param values columns of V
  /// @param scale factor of the scores
  /// @param causal whether query `i` sees keys up to `i` alone
  /// @param dropout probability of a weight to be dropped
  /// @param seed of that draw
  /// @param counter of that draw
  /// @param q `[queries, width]`
  /// @param k `[keys, width]`
  /// @param v `[keys, values]`
  /// @param mask or null
  public record Problem(
      DType dtype,
      int batch,
      long queries,
      long keys,
      int width,
      int values,
      double scale,
      boolean causal,
      double dropout,
      long seed,
      long counter,
      Matrices q,
      Matrices k,
      Matrices v,
      @Nullable Mask mask) {
    Problem with(Matrices q, Matrices k, Matrices v, @Nullable Mask mask) {
      return new Problem(
          dtype, batch, queries, keys, width, values, scale, causal, dropout, seed, counter, q, k,
          v, mask);
    }

    /// How many keys the queries before `end` see.
    long seen(long end) {
      return causal ? Math.min(keys, end) : keys;
    }

    private boolean isLarge() {
      return (double) batch * queries * keys * Math.max(width, values) >= WORTH;
    }
  }

  /// The gradients to compute, null for those that nobody needs.
  ///
  /// @param q as that of the problem
  /// @param k as that of the problem
  /// @param v as that of the problem
  public record Gradients(@Nullable Matrices q, @Nullable Matrices k, @Nullable Matrices v) {}

  /// The result, and the logarithm of the sum of the exponentials of each row's scores; where a row
  /// sees no key, 0 and infinity.
  ///
  /// @param p the problem
  /// @param out `[queries, values]`
  /// @param lse `[batch, queries]`
  public static void forward(Problem p, Matrices out, ElementRun lse) {
    int bytes = p.dtype.byteSize();
    try (PlainRun mask = plain(p);
        PlainRun result = out.plain(p.queries, p.values, bytes)) {
      var pass = new AttentionForward(aliased(p, mask), out.in(result), lse.alias());
      int blocks = Math.toIntExact(Math.ceilDiv(p.queries, (long) ROWS));
      run(p, Math.multiplyExact(p.batch, blocks), task -> pass.run(task / blocks, task % blocks));
      result.store();
    }
  }

  /// The gradients of that.
  ///
  /// @param p the problem, after [#forward]
  /// @param out what that has written
  /// @param lse what that has written
  /// @param g gradient with respect to `out`, in its shape
  /// @param gradients where to write; they must not overlap anything else
  public static void backward(
      Problem p, Matrices out, ElementRun lse, Matrices g, Gradients gradients) {
    int bytes = p.dtype.byteSize();
    Matrices dq = gradients.q();
    int blocks = Math.toIntExact(Math.max(1, Math.ceilDiv(p.keys, (long) COLUMNS)));
    int shares = Math.min(blocks, Math.ceilDiv(SHARES, Math.max(1, p.batch)));
    long sums = dq == null ? 0 : (shares - 1L) * p.batch * p.queries * p.width * bytes;
    try (var _ = Scope.open("attention");
        PlainRun mask = plain(p);
        PlainRun result = out.plain(p.queries, p.values, bytes);
        PlainRun slope = g.plain(p.queries, p.values, bytes)) {
      Matrices dk = gradients.k();
      Matrices dv = gradients.v();
      var pass =
          new AttentionBackward(
              aliased(p, mask),
              new AttentionBackward.Result(out.in(result), lse.alias(), g.in(slope)),
              new Gradients(
                  dq == null ? null : dq.alias(),
                  dk == null ? null : dk.alias(),
                  dv == null ? null : dv.alias()),
              blocks,
              shares,
              sums == 0 ? null : room(sums));
      run(p, Math.multiplyExact(p.batch, shares), task -> pass.run(task / shares, task % shares));
      pass.finish();
    }
  }

  private static MemorySegment room(long bytes) {
    return Workers.alias(KernelMemory.of(Storage.allocate(bytes), () -> "a sum of gradients"));
  }

  private static void run(Problem p, int tasks, IntConsumer body) {
    if (p.isLarge()) {
      Workers.run(tasks, body);
    } else {
      for (int task = 0; task < tasks; task++) {
        body.accept(task);
      }
    }
  }

  private static @Nullable PlainRun plain(Problem p) {
    Mask mask = p.mask;
    if (mask == null) {
      return null;
    }
    int bytes = mask.isBool ? 1 : p.dtype.byteSize();
    return mask.matrices.plain(p.queries, p.keys, bytes);
  }

  private static Problem aliased(Problem p, @Nullable PlainRun run) {
    Mask mask = p.mask;
    Mask seen = mask == null || run == null ? null : new Mask(mask.isBool, mask.matrices.in(run));
    return p.with(p.q.alias(), p.k.alias(), p.v.alias(), seen);
  }
}
