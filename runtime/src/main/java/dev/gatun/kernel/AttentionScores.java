package dev.gatun.kernel;

import dev.gatun.kernel.AttentionKernels.Mask;
import dev.gatun.kernel.AttentionKernels.Matrices;
import dev.gatun.kernel.AttentionKernels.Problem;

/// Blocks of `scale Q Kᵀ + mask`, and of what a dropout makes of the weights, for one of a batch.
final class AttentionScores {
  private final Problem p;
  private final AttentionRows rows;
  private final int b;
  private final int bytes;
  private final Keep keep;

  AttentionScores(Problem p, AttentionRows rows, int b) {
    this.p = p;
    this.rows = rows;
    this.b = b;
    bytes = p.dtype().byteSize();
    keep = new Keep(p.dropout(), p.seed(), p.counter());
  }

  /// Scores of the queries from `i` and the keys from `j` on.
  void compute(AttentionScratch scratch, long i, int height, long j, int columns) {
    Matrices q = p.q();
    Matrices k = p.k();
    Gemm.current()
        .gemm(
            p.dtype(),
            false,
            true,
            height,
            columns,
            p.width(),
            p.scale(),
            q.memory(),
            q.at(b, i),
            q.ld(),
            k.memory(),
            k.at(b, j),
            k.ld(),
            0,
            scratch.scores,
            0,
            Math.max(1, columns));
    Mask mask = p.mask();
    long row = scratch.scores.address();
    for (int r = 0; r < height && (mask != null || p.causal()); r++) {
      if (mask != null) {
        apply(mask, row, i + r, j, columns);
      }
      if (p.causal()) {
        int open = Math.clamp(i + r + 1 - j, 0, columns);
        rows.fill(row + (long) open * bytes, columns - open, Double.NEGATIVE_INFINITY);
      }
      row += (long) columns * bytes;
    }
  }

  private void apply(Mask mask, long row, long i, long j, int columns) {
    Matrices m = mask.matrices();
    long at = m.at(b, i) + j;
    if (mask.isBool()) {
      rows.hide(row, m.memory().address() + at, columns);
    } else {
      rows.add(row, m.memory().address() + at * bytes, columns);
    }
  }

  boolean drops() {
    return p.dropout() > 0;
  }

  /// The address of the factors of a part of a row of weights.
  long factors(AttentionScratch scratch, long i, long j, int columns) {
    long factors = scratch.factors();
    rows.keep(factors, columns, keep, (b * p.queries() + i) * p.keys() + j);
    return factors;
  }
}
