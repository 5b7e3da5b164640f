package dev.gatun.kernel;

import static dev.gatun.kernel.AttentionKernels.COLUMNS;
import static dev.gatun.kernel.AttentionKernels.ROWS;

import dev.gatun.kernel.AttentionKernels.Gradients;
import dev.gatun.kernel.AttentionKernels.Matrices;
import dev.gatun.kernel.AttentionKernels.Problem;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// One block of keys after the other, each with all queries that see it. Where a batch is too small
/// for the threads, the keys come in shares, each of which sums a gradient of Q of its own.
final class AttentionBackward {
  /// What was computed, and its gradient.
  record Result(Matrices out, ElementRun lse, Matrices g) {}

  private static final long[] NONE = {};

  private final Problem p;
  private final Result result;
  private final Gradients gradients;
  private final int blocks;
  private final int shares;

  /// `[shares - 1, batch, queries, width]`, for all shares but the first.
  private final @Nullable MemorySegment sums;

  private final AttentionRows rows;
  private final int bytes;

  AttentionBackward(
      Problem p,
      Result result,
      Gradients gradients,
      int blocks,
      int shares,
      @Nullable MemorySegment sums) {
    this.p = p;
    this.result = result;
    this.gradients = gradients;
    this.blocks = blocks;
    this.shares = shares;
    this.sums = sums;
    rows = AttentionRows.of(p.dtype());
    bytes = p.dtype().byteSize();
  }

  void run(int b, int share) {
    AttentionScratch scratch = AttentionScratch.take();
    var scores = new AttentionScores(p, rows, b);
    int from = blocks * share / shares;
    int to = blocks * (share + 1) / shares;
    for (int block = from; block < to; block++) {
      long j = (long) block * COLUMNS;
      int columns = (int) Math.min(COLUMNS, p.keys() - j);
      boolean seen = false;
      for (long i = 0; i < p.queries(); i += ROWS) {
        int height = (int) Math.min(ROWS, p.queries() - i);
        boolean sees = !p.causal() || i + height > j;
        if (sees) {
          compute(scratch, scores, b, i, height, j, columns);
          keys(scratch, b, i, height, j, columns, seen);
          seen = true;
        }
        if (sees || block == from) {
          queries(scratch, b, share, i, height, j, sees ? columns : 0, block > from);
        }
      }
      if (!seen) {
        keys(scratch, b, 0, 0, j, columns, false);
      }
    }
    scratch.release();
  }

  /// The weights, and the gradients of their scores: `dS = P (dP - Σ dO O)` with `dP = dO Vᵀ`.
  private void compute(
      AttentionScratch scratch,
      AttentionScores scores,
      int b,
      long i,
      int height,
      long j,
      int columns) {
    scores.compute(scratch, i, height, j, columns);
    Matrices g = result.g;
    multiply(
        false,
        true,
        height,
        columns,
        p.values(),
        1,
        g,
        g.at(b, i),
        p.v(),
        p.v().at(b, j),
        false,
        block(scratch.slopes, columns),
        0);
    for (int r = 0; r < height; r++) {
      long at = (long) r * columns * bytes;
      long weights = scratch.scores.address() + at;
      long slopes = scratch.slopes.address() + at;
      long row = b * p.queries() + i + r;
      double log = Element.asDouble(p.dtype(), result.lse.memory(), result.lse.at(row, bytes));
      double shift = rows.dot(address(g, b, i + r), address(result.out, b, i + r), p.values());
      if (scores.drops()) {
        long factors = scores.factors(scratch, i + r, j, columns);
        rows.multiply(slopes, factors, columns);
        rows.slope(weights, slopes, columns, log, shift);
        rows.multiply(weights, factors, columns);
      } else {
        rows.slope(weights, slopes, columns, log, shift);
      }
    }
  }

  private long address(Matrices m, int b, long row) {
    return m.memory().address() + m.at(b, row) * bytes;
  }

  /// `dV = Pᵀ dO` and `dK = scale dSᵀ Q`, of one block of queries.
  private void keys(
      AttentionScratch scratch, int b, long i, int height, long j, int columns, boolean add) {
    Matrices g = result.g;
    Matrices dv = gradients.v();
    if (dv != null) {
      multiply(
          true,
          false,
          columns,
          p.values(),
          height,
          1,
          block(scratch.scores, columns),
          0,
          g,
          g.at(b, i),
          add,
          dv,
          dv.at(b, j));
    }
    Matrices dk = gradients.k();
    if (dk != null) {
      multiply(
          true,
          false,
          columns,
          p.width(),
          height,
          p.scale(),
          block(scratch.slopes, columns),
          0,
          p.q(),
          p.q().at(b, i),
          add,
          dk,
          dk.at(b, j));
    }
  }

  /// `dQ = scale dS K`, of one block of keys.
  private void queries(
      AttentionScratch scratch,
      int b,
      int share,
      long i,
      int height,
      long j,
      int columns,
      boolean add) {
    Matrices dq = gradients.q();
    if (dq == null) {
      return;
    }
    Matrices to = dq;
    long at = dq.at(b, i);
    if (share > 0 && sums != null) {
      to = block(sums, p.width());
      at = sum(share, b, i);
    }
    multiply(
        false,
        false,
        height,
        p.width(),
        columns,
        p.scale(),
        block(scratch.slopes, columns),
        0,
        p.k(),
        p.k().at(b, j),
        add,
        to,
        at);
  }

  private static Matrices block(MemorySegment memory, int columns) {
    return new Matrices(memory, NONE, Math.max(1, columns));
  }

  /// Where a share sums, in elements.
  private long sum(int share, int b, long i) {
    return (((share - 1L) * p.batch() + b) * p.queries() + i) * p.width();
  }

  private void multiply(
      boolean transA,
      boolean transB,
      long m,
      long n,
      long k,
      double alpha,
      Matrices x,
      long xo,
      Matrices y,
      long yo,
      boolean add,
      Matrices to,
      long at) {
    Gemm.current()
        .gemm(
            p.dtype(),
            transA,
            transB,
            m,
            n,
            k,
            alpha,
            x.memory(),
            xo,
            x.ld(),
            y.memory(),
            yo,
            y.ld(),
            add ? 1 : 0,
            to.memory(),
            at,
            to.ld());
  }

  /// Adds the sums of the shares up, in their order.
  void finish() {
    Matrices dq = gradients.q();
    if (dq == null || sums == null) {
      return;
    }
    BinaryRow sum = ArithmeticKernels.add(p.dtype());
    for (int share = 1; share < shares; share++) {
      for (int b = 0; b < p.batch(); b++) {
        for (long i = 0; i < p.queries(); i++) {
          long at = dq.at(b, i) * bytes;
          long from = sum(share, b, i) * bytes;
          MemorySegment to = dq.memory();
          sum.apply(to, at, bytes, sums, from, bytes, to, at, bytes, p.width());
        }
      }
    }
  }
}
