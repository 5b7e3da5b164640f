package dev.gatun.kernel;

import static dev.gatun.kernel.LayerNormKernels.STATS;

import dev.gatun.kernel.LayerNormKernels.Problem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// [LayerNormKernels] in F64. A few rows at a time are copied to arrays, for the reason that
/// [AdamLoops] gives.
final class F64LayerNorm {
  private static final int ELEMENTS = 4096;
  private static final int ROWS = 32;

  /// Vector loops go on to the end of the last vector.
  private static final int SLACK = 64;

  private F64LayerNorm() {}

  static void forward(
      Problem p, long first, long last, @Nullable ElementRun bias, double eps, ElementRun y) {
    int n = p.n();
    int step = rowsAtOnce(n);
    Scratch scratch = Scratch.take();
    double[] x = scratch.ensureDoublesA(step * n + SLACK);
    double[] w = vector(p.weight(), n, 1, scratch.ensureDoublesC(n + SLACK));
    double[] b = vector(bias, n, 0, scratch.ensureDoublesD(n + SLACK));
    double[] stats = scratch.ensureDoubleBlocks(5)[0];
    boolean vector = Dispatch.vector();
    for (long r = first; r < last; r += step) {
      int rows = (int) Math.min(step, last - r);
      p.x().read(r * n, x, rows * n);
      for (int i = 0; i < rows; i++) {
        int at = i * n;
        double sum = !p.centered() ? 0 : vector ? VectorF64LayerNorm.sum(x, at, n) : sum(x, at, n);
        double mean = sum / n;
        double squares =
            vector ? VectorF64LayerNorm.squares(x, at, n, mean) : squares(x, at, n, mean);
        double scale = 1 / Math.sqrt(squares / n + eps);
        stats[i * STATS] = mean;
        stats[i * STATS + 1] = scale;
        if (vector) {
          VectorF64LayerNorm.normalize(x, at, n, mean, scale, w, b);
        } else {
          normalize(x, at, n, mean, scale, w, b);
        }
      }
      y.write(x, r * n, rows * n);
      p.stats().write(stats, r * STATS, rows * STATS);
    }
    scratch.release();
  }

  static void backward(Problem p, long first, long last, ElementRun g, ElementRun dx) {
    int n = p.n();
    int step = rowsAtOnce(n);
    Scratch scratch = Scratch.take();
    double[] x = scratch.ensureDoublesA(step * n + SLACK);
    double[] d = scratch.ensureDoublesB(step * n + SLACK);
    double[] w = vector(p.weight(), n, 1, scratch.ensureDoublesC(n + SLACK));
    double[] stats = scratch.ensureDoubleBlocks(5)[0];
    boolean vector = Dispatch.vector();
    for (long r = first; r < last; r += step) {
      int rows = (int) Math.min(step, last - r);
      p.x().read(r * n, x, rows * n);
      g.read(r * n, d, rows * n);
      p.stats().read(r * STATS, stats, rows * STATS);
      for (int i = 0; i < rows; i++) {
        double mean = stats[i * STATS];
        double scale = stats[i * STATS + 1];
        if (vector) {
          VectorF64LayerNorm.slope(x, d, i * n, n, mean, scale, w, p.centered());
        } else {
          slope(x, d, i * n, n, mean, scale, w, p.centered());
        }
      }
      dx.write(d, r * n, rows * n);
    }
    scratch.release();
  }

  static void weightGradient(Problem p, long first, long last, ElementRun g, double[] sums) {
    int n = p.n();
    int step = rowsAtOnce(n);
    Scratch scratch = Scratch.take();
    double[] x = scratch.ensureDoublesA(step * n + SLACK);
    double[] d = scratch.ensureDoublesB(step * n + SLACK);
    double[] part = scratch.ensureDoublesC(n + SLACK);
    double[] stats = scratch.ensureDoubleBlocks(5)[0];
    for (long r = first; r < last; r += step) {
      int rows = (int) Math.min(step, last - r);
      p.x().read(r * n, x, rows * n);
      g.read(r * n, d, rows * n);
      p.stats().read(r * STATS, stats, rows * STATS);
      Arrays.fill(part, 0, n, 0);
      for (int i = 0; i < rows; i++) {
        double mean = stats[i * STATS];
        double scale = stats[i * STATS + 1];
        if (Dispatch.vector()) {
          VectorF64LayerNorm.weigh(x, d, i * n, n, mean, scale, part);
        } else {
          weigh(x, d, i * n, n, mean, scale, part);
        }
      }
      for (int c = 0; c < n; c++) {
        sums[c] += part[c];
      }
    }
    scratch.release();
  }

  private static int rowsAtOnce(int n) {
    return Math.clamp(ELEMENTS / Math.max(1, n), 1, ROWS);
  }

  private static double[] vector(@Nullable ElementRun run, int n, double otherwise, double[] into) {
    if (run == null) {
      Arrays.fill(into, 0, n, otherwise);
    } else {
      run.read(0, into, n);
    }
    return into;
  }

  private static double sum(double[] x, int at, int n) {
    double sum = 0;
    for (int c = at; c < at + n; c++) {
      sum += x[c];
    }
    return sum;
  }

  private static double squares(double[] x, int at, int n, double mean) {
    double sum = 0;
    for (int c = at; c < at + n; c++) {
      double d = x[c] - mean;
      sum += d * d;
    }
    return sum;
  }

  private static void normalize(
      double[] x, int at, int n, double mean, double scale, double[] w, double[] b) {
    for (int c = 0; c < n; c++) {
      x[at + c] = (x[at + c] - mean) * scale * w[c] + b[c];
    }
  }

  /// In the place of `g`: `scale (g w - Σ g w / n - z Σ g w z / n)` with `z = (x - mean) scale`;
  /// the second term only where the mean was taken away.
  private static void slope(
      double[] x,
      double[] g,
      int at,
      int n,
      double mean,
      double scale,
      double[] w,
      boolean centered) {
    double sum = 0;
    double product = 0;
    for (int c = 0; c < n; c++) {
      double gw = g[at + c] * w[c];
      sum += gw;
      product += gw * (x[at + c] - mean) * scale;
    }
    double shift = centered ? sum / n : 0;
    double tilt = (product / n);
    for (int c = 0; c < n; c++) {
      double z = (x[at + c] - mean) * scale;
      g[at + c] = scale * (g[at + c] * w[c] - shift - z * tilt);
    }
  }

  private static void weigh(
      double[] x, double[] g, int at, int n, double mean, double scale, double[] sums) {
    for (int c = 0; c < n; c++) {
      sums[c] += g[at + c] * ((x[at + c] - mean) * scale);
    }
  }
}
