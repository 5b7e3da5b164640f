package dev.gatun.kernel;

import static dev.gatun.kernel.AttentionKernels.COLUMNS;
import static dev.gatun.kernel.AttentionKernels.ROWS;

import dev.gatun.kernel.AttentionKernels.Matrices;
import dev.gatun.kernel.AttentionKernels.Problem;

/// One block of queries after the other, each with all of the keys that it sees.
final class AttentionForward {
  private final Problem p;
  private final Matrices out;
  private final ElementRun lse;
  private final AttentionRows rows;
  private final int bytes;

  AttentionForward(Problem p, Matrices out, ElementRun lse) {
    this.p = p;
    this.out = out;
    this.lse = lse;
    rows = AttentionRows.of(p.dtype());
    bytes = p.dtype().byteSize();
  }

  void run(int b, int block) {
    AttentionScratch scratch = AttentionScratch.take();
    long first = (long) block * ROWS;
    int height = (int) Math.min(ROWS, p.queries() - first);
    for (int r = 0; r < height; r++) {
      scratch.max[r] = Double.NEGATIVE_INFINITY;
      scratch.sum[r] = 0;
    }
    var scores = new AttentionScores(p, rows, b);
    long seen = p.seen(first + height);
    if (seen == 0) {
      product(scratch, b, first, height, 0, 0);
    }
    for (long j = 0; j < seen; j += COLUMNS) {
      int columns = (int) Math.min(COLUMNS, seen - j);
      scores.compute(scratch, first, height, j, columns);
      for (int r = 0; r < height; r++) {
        advance(scratch, scores, b, first, r, j, columns);
      }
      product(scratch, b, first, height, j, columns);
    }
    for (int r = 0; r < height; r++) {
      finish(scratch, b, first + r, r);
    }
    scratch.release();
  }

  /// Makes scores weights relative to the largest so far, and what was summed before too.
  private void advance(
      AttentionScratch scratch,
      AttentionScores scores,
      int b,
      long first,
      int r,
      long j,
      int columns) {
    long row = scratch.scores.address() + (long) r * columns * bytes;
    double before = scratch.max[r];
    double max = Math.max(before, rows.max(row, columns));
    if (max == Double.NEGATIVE_INFINITY) {
      rows.fill(row, columns, 0);
      return;
    }
    double sum = rows.exp(row, columns, max);
    if (j > 0 && before != max) {
      double factor = Math.exp(before - max);
      scratch.sum[r] *= factor;
      rows.scale(address(b, first + r), p.values(), factor);
    }
    scratch.max[r] = max;
    scratch.sum[r] += sum;
    if (scores.drops()) {
      rows.multiply(row, scores.factors(scratch, first + r, j, columns), columns);
    }
  }

  private void finish(AttentionScratch scratch, int b, long i, int r) {
    double sum = scratch.sum[r];
    double log = Double.POSITIVE_INFINITY;
    if (sum != 0) {
      rows.scale(address(b, i), p.values(), 1 / sum);
      log = scratch.max[r] + Math.log(sum);
    }
    Element.store(p.dtype(), lse.memory(), lse.at(b * p.queries() + i, bytes), log);
  }

  private long address(int b, long i) {
    return out.memory().address() + out.at(b, i) * bytes;
  }

  /// Adds `weights V` to the result.
  private void product(
      AttentionScratch scratch, int b, long first, int height, long j, int columns) {
    Matrices v = p.v();
    Gemm.current()
        .gemm(
            p.dtype(),
            false,
            false,
            height,
            p.values(),
            columns,
            1,
            scratch.scores,
            0,
            Math.max(1, columns),
            v.memory(),
            v.at(b, j),
            v.ld(),
            j == 0 ? 0 : 1,
            out.memory(),
            out.at(b, first),
            out.ld());
  }
}
