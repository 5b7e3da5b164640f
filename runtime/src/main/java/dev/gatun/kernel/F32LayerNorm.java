package dev.gatun.kernel;

import static dev.gatun.kernel.LayerNormKernels.STATS;

import dev.gatun.kernel.LayerNormKernels.Problem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// [LayerNormKernels] in F32. A few rows at a time are copied to arrays, for the reason that
/// [AdamLoops] gives.
final class F32LayerNorm {
  private static final int ELEMENTS = 4096;
  private static final int ROWS = 32;

  /// Vector loops go on to the end of the last vector.
  private static final int SLACK = 64;

  private F32LayerNorm() {}

  static void forward(
      Problem p, long first, long last, @Nullable ElementRun bias, double eps, ElementRun y) {
    int n = p.n();
    ElementRun weight = p.weight();
    if (weight != null
        && bias != null
        && Dispatch.vector()
        && VectorF32Normalize.suits(n)
        && arePlain(p.x(), y, p.stats())) {
      direct(p, first, last, weight, bias, eps, y);
      return;
    }
    int step = rowsAtOnce(n);
    Scratch scratch = Scratch.take();
    float[] x = scratch.ensureFloatsA(step * n + SLACK);
    float[] w = vector(p.weight(), n, 1, scratch.ensureFloatsC(n + SLACK));
    float[] b = vector(bias, n, 0, scratch.ensureFloatsD(n + SLACK));
    float[] stats = scratch.ensureFloatBlocks(5)[0];
    boolean vector = Dispatch.vector();
    for (long r = first; r < last; r += step) {
      int rows = (int) Math.min(step, last - r);
      p.x().read(r * n, x, rows * n);
      for (int i = 0; i < rows; i++) {
        int at = i * n;
        double sum = !p.centered() ? 0 : vector ? VectorF32LayerNorm.sum(x, at, n) : sum(x, at, n);
        double mean = sum / n;
        double squares =
            vector ? VectorF32LayerNorm.squares(x, at, n, mean) : squares(x, at, n, mean);
        double scale = 1 / Math.sqrt(squares / n + eps);
        stats[i * STATS] = (float) mean;
        stats[i * STATS + 1] = (float) scale;
        if (vector) {
          VectorF32LayerNorm.normalize(x, at, n, (float) mean, (float) scale, w, b);
        } else {
          normalize(x, at, n, (float) mean, (float) scale, w, b);
        }
      }
      y.write(x, r * n, rows * n);
      p.stats().write(stats, r * STATS, rows * STATS);
    }
    scratch.release();
  }

  private static boolean arePlain(ElementRun... runs) {
    for (ElementRun run : runs) {
      if (!Memory.isPlain(run.memory())) {
        return false;
      }
    }
    return true;
  }

  private static void direct(
      Problem p,
      long first,
      long last,
      ElementRun weight,
      ElementRun bias,
      double eps,
      ElementRun y) {
    int n = p.n();
    long count = (last - first) * n;
    // Parameters are not plain: others may close them.
    try (PlainRun w = PlainRun.of(weight, n, Float.BYTES);
        PlainRun b = PlainRun.of(bias, n, Float.BYTES)) {
      VectorF32Normalize.rows(
          address(p.x(), first * n, count),
          w.address(),
          b.address(),
          address(y, first * n, count),
          address(p.stats(), first * STATS, (last - first) * STATS),
          last - first,
          n,
          eps);
    }
  }

  private static long address(ElementRun run, long from, long count) {
    return Memory.address(run.memory(), run.at(from, Float.BYTES), count * Float.BYTES);
  }

  static void backward(Problem p, long first, long last, ElementRun g, ElementRun dx) {
    int n = p.n();
    int step = rowsAtOnce(n);
    Scratch scratch = Scratch.take();
    float[] x = scratch.ensureFloatsA(step * n + SLACK);
    float[] d = scratch.ensureFloatsB(step * n + SLACK);
    float[] w = vector(p.weight(), n, 1, scratch.ensureFloatsC(n + SLACK));
    float[] stats = scratch.ensureFloatBlocks(5)[0];
    boolean vector = Dispatch.vector();
    for (long r = first; r < last; r += step) {
      int rows = (int) Math.min(step, last - r);
      p.x().read(r * n, x, rows * n);
      g.read(r * n, d, rows * n);
      p.stats().read(r * STATS, stats, rows * STATS);
      for (int i = 0; i < rows; i++) {
        float mean = stats[i * STATS];
        float scale = stats[i * STATS + 1];
        if (vector) {
          VectorF32LayerNorm.slope(x, d, i * n, n, mean, scale, w, p.centered());
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
    if (Dispatch.vector() && VectorF32Normalize.suits(n) && arePlain(p.x(), g, p.stats())) {
      long count = (last - first) * n;
      Scratch room = Scratch.take();
      VectorF32Normalize.weigh(
          address(p.x(), first * n, count),
          address(g, first * n, count),
          address(p.stats(), first * STATS, (last - first) * STATS),
          last - first,
          n,
          room.ensureFloatsA(n + SLACK),
          sums);
      room.release();
      return;
    }
    int step = rowsAtOnce(n);
    Scratch scratch = Scratch.take();
    float[] x = scratch.ensureFloatsA(step * n + SLACK);
    float[] d = scratch.ensureFloatsB(step * n + SLACK);
    float[] part = scratch.ensureFloatsC(n + SLACK);
    float[] stats = scratch.ensureFloatBlocks(5)[0];
    for (long r = first; r < last; r += step) {
      int rows = (int) Math.min(step, last - r);
      p.x().read(r * n, x, rows * n);
      g.read(r * n, d, rows * n);
      p.stats().read(r * STATS, stats, rows * STATS);
      Arrays.fill(part, 0, n, 0);
      for (int i = 0; i < rows; i++) {
        float mean = stats[i * STATS];
        float scale = stats[i * STATS + 1];
        if (Dispatch.vector()) {
          VectorF32LayerNorm.weigh(x, d, i * n, n, mean, scale, part);
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

  private static float[] vector(@Nullable ElementRun run, int n, float otherwise, float[] into) {
    if (run == null) {
      Arrays.fill(into, 0, n, otherwise);
    } else {
      run.read(0, into, n);
    }
    return into;
  }

  private static double sum(float[] x, int at, int n) {
    double sum = 0;
    for (int c = at; c < at + n; c++) {
      sum += x[c];
    }
    return sum;
  }

  private static double squares(float[] x, int at, int n, double mean) {
    double sum = 0;
    for (int c = at; c < at + n; c++) {
      double d = x[c] - mean;
      sum += d * d;
    }
    return sum;
  }

  private static void normalize(
      float[] x, int at, int n, float mean, float scale, float[] w, float[] b) {
    for (int c = 0; c < n; c++) {
      x[at + c] = (x[at + c] - mean) * scale * w[c] + b[c];
    }
  }

  /// In the place of `g`: `scale (g w - Σ g w / n - z Σ g w z / n)` with `z = (x - mean) scale`;
  /// the second term only where the mean was taken away.
  private static void slope(
      float[] x, float[] g, int at, int n, float mean, float scale, float[] w, boolean centered) {
    double sum = 0;
    double product = 0;
    for (int c = 0; c < n; c++) {
      double gw = (double) g[at + c] * w[c];
      sum += gw;
      product += gw * (x[at + c] - mean) * scale;
    }
    float shift = centered ? (float) (sum / n) : 0;
    float tilt = (float) (product / n);
    for (int c = 0; c < n; c++) {
      float z = (x[at + c] - mean) * scale;
      g[at + c] = scale * (g[at + c] * w[c] - shift - z * tilt);
    }
  }

  private static void weigh(
      float[] x, float[] g, int at, int n, float mean, float scale, float[] sums) {
    for (int c = 0; c < n; c++) {
      sums[c] += g[at + c] * ((x[at + c] - mean) * scale);
    }
  }
}
