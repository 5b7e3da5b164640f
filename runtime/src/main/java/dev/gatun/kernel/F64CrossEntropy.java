package dev.gatun.kernel;

import static dev.gatun.kernel.CrossEntropyKernels.STATS;

import dev.gatun.kernel.CrossEntropyKernels.Problem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// [CrossEntropyKernels] in F64. A few rows at a time are copied to arrays, for the reason that
/// [AdamLoops] gives.
final class F64CrossEntropy {
  private static final int ELEMENTS = 4096;
  private static final int ROWS = 256;

  /// Vector loops go on to the end of the last vector.
  private static final int SLACK = 64;

  private F64CrossEntropy() {}

  static long forward(Problem p, long first, long last) {
    int classes = p.classes();
    int step = rowsAtOnce(classes);
    Scratch scratch = Scratch.take();
    double[] x = scratch.ensureDoublesA(step * classes + SLACK);
    double[] stats = scratch.ensureDoubleBlocks(5)[0];
    long[] targets = scratch.ensureLongs(step);
    double[] weights = weights(p, scratch);
    long bad = -1;
    for (long r = first; r < last && bad < 0; r += step) {
      int rows = (int) Math.min(step, last - r);
      p.logits().read(r * classes, x, rows * classes);
      p.targets(r, targets, rows);
      int wrong = outside(targets, rows, classes, p.ignored());
      if (wrong >= 0) {
        bad = r + wrong;
      } else {
        for (int i = 0; i < rows; i++) {
          row(p, x, i * classes, targets[i], weights, stats, i * STATS);
        }
        p.stats().write(stats, r * STATS, rows * STATS);
      }
    }
    scratch.release();
    return bad;
  }

  private static void row(
      Problem p,
      double[] x,
      int at,
      long target,
      double @Nullable [] weights,
      double[] stats,
      int into) {
    int n = p.classes();
    boolean vector = Dispatch.vector();
    double max = vector ? VectorF64CrossEntropy.max(x, at, n) : max(x, at, n);
    double sum = vector ? VectorF64CrossEntropy.sum(x, at, n, max) : sum(x, at, n, max);
    stats[into] = max;
    stats[into + 1] = sum;
    stats[into + 2] =
        target == p.ignored()
            ? 0
            : loss(p.smoothing(), x, at, n, (int) target, weights, max, Math.log(sum));
  }

  private static double loss(
      double smoothing,
      double[] x,
      int at,
      int n,
      int target,
      double @Nullable [] weights,
      double max,
      double log) {
    double weight = weights == null ? 1 : weights[target];
    double loss = weight * (log - (x[at + target] - max));
    if (smoothing == 0) {
      return loss;
    }
    double all = 0;
    for (int c = 0; c < n; c++) {
      all += (weights == null ? 1 : weights[c]) * (log - (x[at + c] - max));
    }
    return (1 - smoothing) * loss + smoothing / n * all;
  }

  static double sum(Problem p) {
    Scratch scratch = Scratch.take();
    double[] stats = scratch.ensureDoubleBlocks(5)[0];
    double sum = 0;
    for (long r = 0; r < p.rows(); r += ROWS) {
      int rows = (int) Math.min(ROWS, p.rows() - r);
      p.stats().read(r * STATS, stats, rows * STATS);
      for (int i = 0; i < rows; i++) {
        sum += stats[i * STATS + 2];
      }
    }
    scratch.release();
    return sum;
  }

  static void backward(
      Problem p, long first, long last, ElementRun g, boolean each, double scale, ElementRun dx) {
    int classes = p.classes();
    int step = rowsAtOnce(classes);
    Scratch scratch = Scratch.take();
    double[] x = scratch.ensureDoublesA(step * classes + SLACK);
    double[] y = scratch.ensureDoublesB(step * classes + SLACK);
    double[] stats = scratch.ensureDoubleBlocks(5)[0];
    double[] outer = scratch.ensureDoubleBlocks(5)[1];
    long[] targets = scratch.ensureLongs(step);
    double[] weights = weights(p, scratch);
    double total = total(weights, classes);
    if (!each) {
      g.read(0, outer, 1);
    }
    for (long r = first; r < last; r += step) {
      int rows = (int) Math.min(step, last - r);
      p.logits().read(r * classes, x, rows * classes);
      p.stats().read(r * STATS, stats, rows * STATS);
      if (each) {
        g.read(r, outer, rows);
      }
      p.targets(r, targets, rows);
      for (int i = 0; i < rows; i++) {
        double factor = scale * outer[each ? i : 0];
        int at = i * classes;
        if (targets[i] == p.ignored()) {
          Arrays.fill(y, at, at + classes, 0);
        } else {
          double max = stats[i * STATS];
          double sum = stats[i * STATS + 1];
          slope(p, x, at, (int) targets[i], weights, total, max, sum, factor, y);
        }
      }
      dx.write(y, r * classes, rows * classes);
    }
    scratch.release();
  }

  /// A vector loop writes past the row, to where the next row will be.
  private static void slope(
      Problem p,
      double[] x,
      int at,
      int target,
      double @Nullable [] weights,
      double total,
      double max,
      double sum,
      double factor,
      double[] y) {
    int n = p.classes();
    double own = (1 - p.smoothing()) * (weights == null ? 1 : weights[target]);
    double spread = p.smoothing() / n;
    double scale = (factor * (own + spread * total) / sum);
    if (Dispatch.vector()) {
      VectorF64CrossEntropy.exponentials(x, at, n, max, scale, y);
    } else {
      for (int c = at; c < at + n; c++) {
        y[c] = (Math.exp(x[c] - max) * scale);
      }
    }
    y[at + target] -= (factor * own);
    if (spread != 0) {
      for (int c = 0; c < n; c++) {
        y[at + c] -= (factor * spread * (weights == null ? 1 : weights[c]));
      }
    }
  }

  private static int rowsAtOnce(int classes) {
    return Math.clamp(ELEMENTS / Math.max(1, classes), 1, ROWS);
  }

  private static double @Nullable [] weights(Problem p, Scratch scratch) {
    if (p.weights() == null) {
      return null;
    }
    double[] weights = scratch.ensureDoublesC(p.classes());
    for (int c = 0; c < p.classes(); c++) {
      weights[c] = p.weight(c);
    }
    return weights;
  }

  private static double total(double @Nullable [] weights, int n) {
    if (weights == null) {
      return n;
    }
    double total = 0;
    for (int c = 0; c < n; c++) {
      total += weights[c];
    }
    return total;
  }

  private static int outside(long[] targets, int rows, int classes, long ignored) {
    for (int i = 0; i < rows; i++) {
      long t = targets[i];
      if ((t < 0 || t >= classes) && t != ignored) {
        return i;
      }
    }
    return -1;
  }

  private static double max(double[] x, int at, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = at; c < at + n; c++) {
      max = Math.max(max, x[c]);
    }
    return max;
  }

  private static double sum(double[] x, int at, int n, double max) {
    double sum = 0;
    for (int c = at; c < at + n; c++) {
      sum += Math.exp(x[c] - max);
    }
    return sum;
  }
}
