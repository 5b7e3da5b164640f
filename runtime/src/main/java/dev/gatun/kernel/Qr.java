package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// `A = Q R` by Householder reflections, with LAPACK's signs. A panel of columns at a time is
/// reflected in arrays; its reflections are applied to the rest as `I - V T Vᵀ`, by products.
final class Qr {
  private static final int PANEL = 32;

  /// The reflections of one panel, from row `row` on.
  private record Reflections(long row, Block v, Block t) {}

  private Qr() {}

  /// R replaces the upper triangle of `a` `[m,n]`; `q` becomes the first columns of Q, `[m,k]`.
  static void factor(Block a, Block q) {
    try (Arena arena = Arena.ofConfined()) {
      List<Reflections> panels = new ArrayList<>();
      long k = Math.min(a.rows(), a.columns());
      for (long j = 0; j < k; j += PANEL) {
        long width = Math.min(PANEL, k - j);
        Reflections panel = panel(arena, j, a.part(j, j, a.rows() - j, width));
        apply(panel, true, a.part(0, j + width, a.rows(), a.columns() - j - width));
        panels.add(panel);
      }
      for (long i = 0; i < q.rows(); i++) {
        for (long j = 0; j < q.columns(); j++) {
          q.set(i, j, i == j ? 1 : 0);
        }
      }
      for (Reflections panel : panels.reversed()) {
        apply(panel, false, q);
      }
    }
  }

  private static Block scratch(Arena arena, DType dtype, long rows, long columns) {
    long bytes = Math.max(1, rows * columns) * dtype.byteSize();
    // Seen as all memory is by kernels; the arena outlives every use.
    MemorySegment plain = Memory.ALL.asSlice(arena.allocate(bytes, 64).address(), bytes);
    return Block.rowMajor(dtype, plain, 0, rows, columns);
  }

  private static Reflections panel(Arena arena, long row, Block a) {
    double[][] columns = a.t().loadRows();
    int width = columns.length;
    double[] tau = new double[width];
    for (int j = 0; j < width; j++) {
      tau[j] = reflect(columns[j], j);
      for (int c = j + 1; c < width && tau[j] != 0; c++) {
        double[] other = columns[c];
        double scale = tau[j] * (other[j] + dot(columns[j], other, j + 1));
        other[j] -= scale;
        for (int i = j + 1; i < other.length; i++) {
          other[i] -= scale * columns[j][i];
        }
      }
    }
    a.t().storeRows(columns);
    Block v = scratch(arena, a.dtype(), a.rows(), width);
    for (int j = 0; j < width; j++) {
      java.util.Arrays.fill(columns[j], 0, j, 0);
      columns[j][j] = 1;
    }
    v.t().storeRows(columns);
    Block t = scratch(arena, a.dtype(), width, width);
    t.storeRows(triangle(columns, tau));
    return new Reflections(row, v, t);
  }

  /// The reflection that takes a column to its first element, which becomes that of R; the vector
  /// is left below it.
  ///
  /// @return its factor
  private static double reflect(double[] column, int j) {
    double norm = norm(column, j + 1);
    if (norm == 0) {
      return 0;
    }
    double alpha = column[j];
    double beta = -Math.copySign(Math.hypot(alpha, norm), alpha);
    for (int i = j + 1; i < column.length; i++) {
      column[i] /= alpha - beta;
    }
    column[j] = beta;
    return (beta - alpha) / beta;
  }

  private static double norm(double[] x, int from) {
    double squares = dot(x, x, from);
    if (squares > Double.MIN_NORMAL * 0x1p60 && squares < Double.POSITIVE_INFINITY) {
      return Math.sqrt(squares);
    }
    // Squares may have overflowed or vanished.
    double norm = 0;
    for (int i = from; i < x.length; i++) {
      norm = Math.hypot(norm, x[i]);
    }
    return norm;
  }

  /// T of `I - V T Vᵀ`, the product of the reflections.
  private static double[][] triangle(double[][] v, double[] tau) {
    int width = tau.length;
    double[][] t = new double[width][width];
    for (int j = 0; j < width; j++) {
      t[j][j] = tau[j];
      double[] dots = new double[j];
      for (int p = 0; p < j; p++) {
        dots[p] = dot(v[p], v[j], j);
      }
      for (int i = 0; i < j; i++) {
        double sum = 0;
        for (int p = i; p < j; p++) {
          sum += t[i][p] * dots[p];
        }
        t[i][j] = -tau[j] * sum;
      }
    }
    return t;
  }

  private static double dot(double[] x, double[] y, int from) {
    double sum = 0;
    for (int i = from; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /// `C = (I - V T Vᵀ) C`, or with the transpose of T.
  private static void apply(Reflections panel, boolean transposed, Block all) {
    Block c = all.part(panel.row, 0, all.rows() - panel.row, all.columns());
    try (Arena arena = Arena.ofConfined()) {
      Block sums = scratch(arena, c.dtype(), panel.t.rows(), c.columns());
      Block scaled = scratch(arena, c.dtype(), panel.t.rows(), c.columns());
      sums.multiply(1, panel.v.t(), c, 0);
      scaled.multiply(1, transposed ? panel.t.t() : panel.t, sums, 0);
      c.multiply(-1, panel.v, scaled, 1);
    }
  }
}
