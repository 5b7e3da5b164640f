package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Memory.ALL;

/// The reference of [AttentionRows] in F64.
sealed class F64Attention implements AttentionRows permits VectorF64Attention {
  private static final int SIZE = Double.BYTES;

  @Override
  public double max(long s, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (long at = s; at < s + (long) n * SIZE; at += SIZE) {
      max = Math.max(max, f64(ALL, at));
    }
    return max;
  }

  @Override
  public double exp(long s, int n, double max) {
    double sum = 0;
    for (long at = s; at < s + (long) n * SIZE; at += SIZE) {
      double e = Math.exp(f64(ALL, at) - max);
      f64(ALL, at, e);
      sum += e;
    }
    return sum;
  }

  @Override
  public void scale(long y, int n, double factor) {
    for (long at = y; at < y + (long) n * SIZE; at += SIZE) {
      f64(ALL, at, f64(ALL, at) * factor);
    }
  }

  @Override
  public void add(long y, long x, int n) {
    for (long i = 0; i < (long) n * SIZE; i += SIZE) {
      f64(ALL, y + i, f64(ALL, y + i) + f64(ALL, x + i));
    }
  }

  @Override
  public void multiply(long y, long x, int n) {
    for (long i = 0; i < (long) n * SIZE; i += SIZE) {
      f64(ALL, y + i, f64(ALL, y + i) * f64(ALL, x + i));
    }
  }

  @Override
  public double dot(long a, long b, int n) {
    double sum = 0;
    for (long i = 0; i < (long) n * SIZE; i += SIZE) {
      sum += f64(ALL, a + i) * f64(ALL, b + i);
    }
    return sum;
  }

  @Override
  public void slope(long s, long d, int n, double log, double shift) {
    for (long i = 0; i < (long) n * SIZE; i += SIZE) {
      double p = Math.exp(f64(ALL, s + i) - log);
      f64(ALL, s + i, p);
      f64(ALL, d + i, p * (f64(ALL, d + i) - shift));
    }
  }

  @Override
  public void fill(long y, int n, double value) {
    for (long at = y; at < y + (long) n * SIZE; at += SIZE) {
      f64(ALL, at, value);
    }
  }

  @Override
  public void hide(long s, long mask, int n) {
    for (long i = 0; i < n; i++) {
      if (!Element.bool(ALL, mask + i)) {
        f64(ALL, s + i * SIZE, Double.NEGATIVE_INFINITY);
      }
    }
  }

  @Override
  public void keep(long y, int n, Keep keep, long first) {
    for (long i = 0; i < n; i++) {
      f64(ALL, y + i * SIZE, keep.factor(first + i));
    }
  }
}
