package dev.gatun.kernel;

import dev.gatun.kernel.ChannelNormKernels.Problem;
import org.jspecify.annotations.Nullable;

/// [ChannelNormKernels] over one group in F32. Parts of rows are copied to arrays, for the reason
/// that [AdamLoops] gives; a group is small enough to be in the cache when it is read again.
final class F32ChannelNorm {
  private static final int PART = 4096;

  /// Vector loops go on to the end of the last vector.
  private static final int SLACK = 64;

  private F32ChannelNorm() {}

  static void forward(Problem p, long group, @Nullable ElementRun bias, ElementRun y) {
    Scratch scratch = Scratch.take();
    float[] x = scratch.ensureFloatsA(PART + SLACK);
    if (!p.given()) {
      moments(p, group, x);
    }
    float mean = (float) p.mean(group);
    double scale = 1 / Math.sqrt(p.variance(group) + p.eps());
    for (int i = 0; i < p.rows(); i++) {
      long row = p.row(group, i);
      int channel = p.channel(row);
      float slope = (float) (scale * p.weight(channel));
      // What rounding the mean leaves out goes along with the bias.
      double rest = (mean - p.mean(group)) * scale * p.weight(channel);
      float shift = (float) (rest + (bias == null ? 0 : p.value(bias, channel)));
      for (long at = 0; at < p.inner(); at += PART) {
        int n = (int) Math.min(PART, p.inner() - at);
        p.x().read(row * p.inner() + at, x, n);
        if (Dispatch.vector()) {
          VectorF32ChannelNorm.line(x, n, mean, slope, shift);
        } else {
          line(x, n, mean, slope, shift);
        }
        y.write(x, row * p.inner() + at, n);
      }
    }
    scratch.release();
  }

  /// Joins parts, each passed over twice, by the formula of Chan, Golub and LeVeque (1979).
  private static void moments(Problem p, long group, float[] x) {
    double mean = 0;
    double squares = 0;
    double count = 0;
    boolean vector = Dispatch.vector();
    // The rows of a group lie one after the other where they are channels of one sample.
    boolean whole = p.together() > 0;
    long length = whole ? p.count() : p.inner();
    for (int i = 0; i < (whole ? 1 : p.rows()); i++) {
      long first = p.row(group, i) * p.inner();
      for (long at = 0; at < length; at += PART) {
        int n = (int) Math.min(PART, length - at);
        p.x().read(first + at, x, n);
        double m = (vector ? VectorF32LayerNorm.sum(x, 0, n) : sum(x, n)) / n;
        double s = vector ? VectorF32LayerNorm.squares(x, 0, n, m) : squares(x, n, m);
        double apart = m - mean;
        double all = count + n;
        squares += s + apart * apart * count * n / all;
        mean += apart * n / all;
        count = all;
      }
    }
    p.keep(group, mean, squares / count);
  }

  static void backward(
      Problem p, long group, ElementRun g, @Nullable ElementRun dx, double[] sums) {
    Scratch scratch = Scratch.take();
    float[] x = scratch.ensureFloatsA(PART + SLACK);
    float[] d = scratch.ensureFloatsB(PART + SLACK);
    double scale = 1 / Math.sqrt(p.variance(group) + p.eps());
    sums(p, group, g, scale, x, d, sums);
    if (dx != null) {
      double sum = 0;
      double product = 0;
      for (int i = 0; i < p.rows(); i++) {
        long row = p.row(group, i);
        int at = Math.toIntExact(2 * row);
        sum += sums[at] * p.weight(p.channel(row));
        product += sums[at + 1] * p.weight(p.channel(row));
      }
      double each = p.given() ? 0 : scale / p.count();
      slope(p, group, g, dx, x, d, new double[] {scale, sum * each, product * each * scale});
    }
    scratch.release();
  }

  private static void sums(
      Problem p, long group, ElementRun g, double scale, float[] x, float[] d, double[] sums) {
    double mean = p.mean(group);
    for (int i = 0; i < p.rows(); i++) {
      long row = p.row(group, i);
      double sum = 0;
      double product = 0;
      for (long at = 0; at < p.inner(); at += PART) {
        int n = (int) Math.min(PART, p.inner() - at);
        p.x().read(row * p.inner() + at, x, n);
        g.read(row * p.inner() + at, d, n);
        if (Dispatch.vector()) {
          double part = VectorF32LayerNorm.sum(d, 0, n);
          sum += part;
          product += VectorF32ChannelNorm.product(x, d, n, mean) + ((float) mean - mean) * part;
        } else {
          sum += sum(d, n);
          product += product(x, d, n, mean);
        }
      }
      int at = Math.toIntExact(2 * row);
      sums[at] = sum;
      sums[at + 1] = product * scale;
    }
  }

  /// `dx = scale w g - b - c (x - mean)`
  private static void slope(
      Problem p, long group, ElementRun g, ElementRun dx, float[] x, float[] d, double[] factors) {
    float mean = (float) p.mean(group);
    float tilt = (float) factors[2];
    float shift = (float) (factors[1] + (mean - p.mean(group)) * factors[2]);
    for (int i = 0; i < p.rows(); i++) {
      long row = p.row(group, i);
      float slope = (float) (factors[0] * p.weight(p.channel(row)));
      for (long at = 0; at < p.inner(); at += PART) {
        int n = (int) Math.min(PART, p.inner() - at);
        p.x().read(row * p.inner() + at, x, n);
        g.read(row * p.inner() + at, d, n);
        if (Dispatch.vector()) {
          VectorF32ChannelNorm.slope(x, d, n, mean, slope, shift, tilt);
        } else {
          slope(x, d, n, mean, slope, shift, tilt);
        }
        dx.write(d, row * p.inner() + at, n);
      }
    }
  }

  private static double sum(float[] x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i];
    }
    return sum;
  }

  private static double squares(float[] x, int n, double mean) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = x[i] - mean;
      sum += d * d;
    }
    return sum;
  }

  private static double product(float[] x, float[] g, int n, double mean) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += g[i] * (x[i] - mean);
    }
    return sum;
  }

  private static void line(float[] x, int n, float mean, float slope, float shift) {
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - mean) * slope + shift;
    }
  }

  private static void slope(
      float[] x, float[] g, int n, float mean, float slope, float shift, float tilt) {
    for (int i = 0; i < n; i++) {
      g[i] = g[i] * slope - shift - (x[i] - mean) * tilt;
    }
  }
}
