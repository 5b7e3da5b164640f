package dev.gatun.kernel;

import dev.gatun.kernel.ChannelNormKernels.Problem;
import org.jspecify.annotations.Nullable;

/// [ChannelNormKernels] over one group in F64. Parts of rows are copied to arrays, for the reason
/// that [AdamLoops] gives; a group is small enough to be in the cache when it is read again.
final class F64ChannelNorm {
  private static final int PART = 4096;

  /// Vector loops go on to the end of the last vector.
  private static final int SLACK = 64;

  private F64ChannelNorm() {}

  static void forward(Problem p, long group, @Nullable ElementRun bias, ElementRun y) {
    Scratch scratch = Scratch.take();
    double[] x = scratch.ensureDoublesA(PART + SLACK);
    if (!p.given()) {
      moments(p, group, x);
    }
    double mean = p.mean(group);
    double scale = 1 / Math.sqrt(p.variance(group) + p.eps());
    for (int i = 0; i < p.rows(); i++) {
      long row = p.row(group, i);
      int channel = p.channel(row);
      double slope = scale * p.weight(channel);
      double shift = bias == null ? 0 : p.value(bias, channel);
      for (long at = 0; at < p.inner(); at += PART) {
        int n = (int) Math.min(PART, p.inner() - at);
        p.x().read(row * p.inner() + at, x, n);
        if (Dispatch.vector()) {
          VectorF64ChannelNorm.line(x, n, mean, slope, shift);
        } else {
          line(x, n, mean, slope, shift);
        }
        y.write(x, row * p.inner() + at, n);
      }
    }
    scratch.release();
  }

  /// Joins parts, each passed over twice, by the formula of Chan, Golub and LeVeque (1979).
  private static void moments(Problem p, long group, double[] x) {
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
        double m = (vector ? VectorF64LayerNorm.sum(x, 0, n) : sum(x, n)) / n;
        double s = vector ? VectorF64LayerNorm.squares(x, 0, n, m) : squares(x, n, m);
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
    double[] x = scratch.ensureDoublesA(PART + SLACK);
    double[] d = scratch.ensureDoublesB(PART + SLACK);
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
      Problem p, long group, ElementRun g, double scale, double[] x, double[] d, double[] sums) {
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
          sum += VectorF64LayerNorm.sum(d, 0, n);
          product += VectorF64ChannelNorm.product(x, d, n, mean);
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
      Problem p,
      long group,
      ElementRun g,
      ElementRun dx,
      double[] x,
      double[] d,
      double[] factors) {
    double mean = p.mean(group);
    double shift = factors[1];
    double tilt = factors[2];
    for (int i = 0; i < p.rows(); i++) {
      long row = p.row(group, i);
      double slope = factors[0] * p.weight(p.channel(row));
      for (long at = 0; at < p.inner(); at += PART) {
        int n = (int) Math.min(PART, p.inner() - at);
        p.x().read(row * p.inner() + at, x, n);
        g.read(row * p.inner() + at, d, n);
        if (Dispatch.vector()) {
          VectorF64ChannelNorm.slope(x, d, n, mean, slope, shift, tilt);
        } else {
          slope(x, d, n, mean, slope, shift, tilt);
        }
        dx.write(d, row * p.inner() + at, n);
      }
    }
  }

  private static double sum(double[] x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i];
    }
    return sum;
  }

  private static double squares(double[] x, int n, double mean) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = x[i] - mean;
      sum += d * d;
    }
    return sum;
  }

  private static double product(double[] x, double[] g, int n, double mean) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += g[i] * (x[i] - mean);
    }
    return sum;
  }

  private static void line(double[] x, int n, double mean, double slope, double shift) {
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - mean) * slope + shift;
    }
  }

  private static void slope(
      double[] x, double[] g, int n, double mean, double slope, double shift, double tilt) {
    for (int i = 0; i < n; i++) {
      g[i] = g[i] * slope - shift - (x[i] - mean) * tilt;
    }
  }
}
