package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Layer norm of F32 rows in plain [Memory], without a copy; operands are addresses.
final class VectorF32Normalize {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);

  /// Elements that are summed in F32, with few additions in each lane, before F64 goes on.
  private static final int BLOCK = 2048;

  /// Rows whose products are summed in F32 before F64 goes on.
  private static final int ROWS = 64;

  private VectorF32Normalize() {}

  /// Whether the lanes are filled often enough.
  static boolean suits(int n) {
    return n >= 4 * LANES;
  }

  /// `y = (x - mean) scale w + b` for each row, and its mean and scale in `stats`.
  static void rows(long x, long w, long b, long y, long stats, long rows, int n, double eps) {
    for (long r = 0; r < rows; r++) {
      long from = x + r * n * 4;
      double mean = sum(from, n) / n;
      float near = (float) mean;
      double off = mean - near;
      double variance = Math.max(0, squares(from, n, near) / n - off * off);
      float scale = (float) (1 / Math.sqrt(variance + eps));
      Element.f32(ALL, stats + r * 8, near);
      Element.f32(ALL, stats + r * 8 + 4, scale);
      int end = n & -LANES;
      normalize(from, w, b, y + r * n * 4, end, near, scale);
      if (end < n) {
        rest(from, w, b, y + r * n * 4, end, n, near, scale);
      }
    }
  }

  private static double sum(long x, int n) {
    int end = n & -LANES;
    double sum = 0;
    for (int i = 0; i < end; i += BLOCK) {
      sum += wholeSum(x + i * 4L, Math.min(BLOCK, end - i));
    }
    if (end < n) {
      VectorMask<Float> mask = first(n - end);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + end * 4L, ORDER, mask);
      sum += Lanes.sum(ZERO.blend(v, mask));
    }
    return sum;
  }

  private static float wholeSum(long x, int n) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    int pairs = n & -(2 * LANES);
    for (int i = 0; i < pairs; i += 2 * LANES) {
      s0 = s0.add(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4L, ORDER));
      s1 = s1.add(FloatVector.fromMemorySegment(SPECIES, ALL, x + (i + LANES) * 4L, ORDER));
    }
    if (pairs < n) {
      s0 = s0.add(FloatVector.fromMemorySegment(SPECIES, ALL, x + pairs * 4L, ORDER));
    }
    return Lanes.sum(s0.add(s1));
  }

  /// `Σ (x - near)²`
  private static double squares(long x, int n, float near) {
    int end = n & -LANES;
    double sum = 0;
    for (int i = 0; i < end; i += BLOCK) {
      sum += wholeSquares(x + i * 4L, Math.min(BLOCK, end - i), near);
    }
    if (end < n) {
      VectorMask<Float> mask = first(n - end);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + end * 4L, ORDER, mask);
      FloatVector d = ZERO.blend(v.sub(near), mask);
      sum += Lanes.sum(d.mul(d));
    }
    return sum;
  }

  private static float wholeSquares(long x, int n, float near) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    int pairs = n & -(2 * LANES);
    for (int i = 0; i < pairs; i += 2 * LANES) {
      FloatVector d0 = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4L, ORDER).sub(near);
      FloatVector d1 =
          FloatVector.fromMemorySegment(SPECIES, ALL, x + (i + LANES) * 4L, ORDER).sub(near);
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
    }
    if (pairs < n) {
      FloatVector d = FloatVector.fromMemorySegment(SPECIES, ALL, x + pairs * 4L, ORDER).sub(near);
      s0 = d.fma(d, s0);
    }
    return Lanes.sum(s0.add(s1));
  }

  private static void normalize(long x, long w, long b, long y, int end, float mean, float scale) {
    for (int c = 0; c < end; c += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + c * 4L, ORDER);
      FloatVector z = v.sub(mean).mul(scale);
      z = z.mul(FloatVector.fromMemorySegment(SPECIES, ALL, w + c * 4L, ORDER));
      z.add(FloatVector.fromMemorySegment(SPECIES, ALL, b + c * 4L, ORDER))
          .intoMemorySegment(ALL, y + c * 4L, ORDER);
    }
  }

  private static void rest(
      long x, long w, long b, long y, int end, int n, float mean, float scale) {
    VectorMask<Float> mask = first(n - end);
    long at = end * 4L;
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + at, ORDER, mask);
    FloatVector z = v.sub(mean).mul(scale);
    z = z.mul(FloatVector.fromMemorySegment(SPECIES, ALL, w + at, ORDER, mask));
    z.add(FloatVector.fromMemorySegment(SPECIES, ALL, b + at, ORDER, mask))
        .intoMemorySegment(ALL, y + at, ORDER, mask);
  }

  /// Adds `Σ g (x - mean) scale` over the rows.
  ///
  /// @param part room for `n` elements and a vector
  static void weigh(long x, long g, long stats, long rows, int n, float[] part, double[] sums) {
    for (long r = 0; r < rows; r += ROWS) {
      int count = (int) Math.min(ROWS, rows - r);
      long at = r * n * 4;
      int c = 0;
      for (; c <= n - 4 * LANES; c += 4 * LANES) {
        weighFour(x + at + c * 4L, g + at + c * 4L, stats + r * 8, count, n * 4L, part, c);
      }
      for (; c < n; c += LANES) {
        VectorMask<Float> mask = first(Math.min(LANES, n - c));
        weighOne(x + at + c * 4L, g + at + c * 4L, stats + r * 8, count, n * 4L, part, c, mask);
      }
      for (int i = 0; i < n; i++) {
        sums[i] += part[i];
      }
    }
  }

  private static void weighFour(
      long x, long g, long stats, int rows, long step, float[] part, int c) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    for (int r = 0; r < rows; r++) {
      float mean = Element.f32(ALL, stats + r * 8L);
      float scale = Element.f32(ALL, stats + r * 8L + 4);
      long from = x + r * step;
      long by = g + r * step;
      s0 = term(from, by, mean, scale, s0);
      s1 = term(from + LANES * 4L, by + LANES * 4L, mean, scale, s1);
      s2 = term(from + LANES * 8L, by + LANES * 8L, mean, scale, s2);
      s3 = term(from + LANES * 12L, by + LANES * 12L, mean, scale, s3);
    }
    s0.intoArray(part, c);
    s1.intoArray(part, c + LANES);
    s2.intoArray(part, c + 2 * LANES);
    s3.intoArray(part, c + 3 * LANES);
  }

  private static FloatVector term(long x, long g, float mean, float scale, FloatVector sum) {
    FloatVector z = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER).sub(mean).mul(scale);
    return FloatVector.fromMemorySegment(SPECIES, ALL, g, ORDER).fma(z, sum);
  }

  private static void weighOne(
      long x,
      long g,
      long stats,
      int rows,
      long step,
      float[] part,
      int c,
      VectorMask<Float> mask) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int r = 0; r < rows; r++) {
      float mean = Element.f32(ALL, stats + r * 8L);
      float scale = Element.f32(ALL, stats + r * 8L + 4);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + r * step, ORDER, mask);
      FloatVector d = FloatVector.fromMemorySegment(SPECIES, ALL, g + r * step, ORDER, mask);
      sum = d.fma(v.sub(mean).mul(scale), sum);
    }
    sum.intoArray(part, c);
  }
}
