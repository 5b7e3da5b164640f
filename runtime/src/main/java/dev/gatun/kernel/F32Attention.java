package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Memory.ALL;

/// The reference of [AttentionRows] in F32.
sealed class F32Attention implements AttentionRows permits VectorF32Attention {
  private static final int SIZE = Float.BYTES;

  @Override
  public double max(long s, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (long at = s; at < s + (long) n * SIZE; at += SIZE) {
      max = Math.max(max, f32(ALL, at));
    }
    return max;
  }

  @Override
  public double exp(long s, int n, double max) {
    double sum = 0;
    for (long at = s; at < s + (long) n * SIZE; at += SIZE) {
      float e = (float) Math.exp(f32(ALL, at) - max);
      f32(ALL, at, e);
      sum += e;
    }
    return sum;
  }

  @Override
  public void scale(long y, int n, double factor) {
    float by = (float) factor;
    for (long at = y; at < y + (long) n * SIZE; at += SIZE) {
      f32(ALL, at, f32(ALL, at) * by);
    }
  }

  @Override
  public void add(long y, long x, int n) {
    for (long i = 0; i < (long) n * SIZE; i += SIZE) {
      f32(ALL, y + i, f32(ALL, y + i) + f32(ALL, x + i));
    }
  }

  @Override
  public void multiply(long y, long x, int n) {
    for (long i = 0; i < (long) n * SIZE; i += SIZE) {
      f32(ALL, y + i, f32(ALL, y + i) * f32(ALL, x + i));
    }
  }

  @Override
  public double dot(long a, long b, int n) {
    double sum = 0;
    for (long i = 0; i < (long) n * SIZE; i += SIZE) {
      sum += (double) f32(ALL, a + i) * f32(ALL, b + i);
    }
    return sum;
  }

  @Override
  public void slope(long s, long d, int n, double log, double shift) {
    float down = (float) shift;
    for (long i = 0; i < (long) n * SIZE; i += SIZE) {
      float p = (float) Math.exp(f32(ALL, s + i) - log);
      f32(ALL, s + i, p);
      f32(ALL, d + i, p * (f32(ALL, d + i) - down));
    }
  }

  @Override
  public void fill(long y, int n, double value) {
    for (long at = y; at < y + (long) n * SIZE; at += SIZE) {
      f32(ALL, at, (float) value);
    }
  }

  @Override
  public void hide(long s, long mask, int n) {
    for (long i = 0; i < n; i++) {
      if (!Element.bool(ALL, mask + i)) {
        f32(ALL, s + i * SIZE, Float.NEGATIVE_INFINITY);
      }
    }
  }

  @Override
  public void keep(long y, int n, Keep keep, long first) {
    for (long i = 0; i < n; i++) {
      f32(ALL, y + i * SIZE, (float) keep.factor(first + i));
    }
  }
}
