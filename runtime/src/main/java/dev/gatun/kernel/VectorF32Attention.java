package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;
import static dev.gatun.kernel.VectorF32Exp.normal;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// [AttentionRows] of F32 in vectors.
final class VectorF32Attention extends F32Attention {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  @Override
  public double max(long s, int n) {
    return VectorF32Softmax.max(s, n);
  }

  @Override
  public double exp(long s, int n, double max) {
    return VectorF32Softmax.exponentials(s, s, n, (float) max);
  }

  @Override
  public void scale(long y, int n, double factor) {
    int end = n & -LANES;
    float by = (float) factor;
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, y + i * 4L, ORDER);
      v.mul(by).intoMemorySegment(ALL, y + i * 4L, ORDER);
    }
    if (end < n) {
      VectorMask<Float> mask = first(n - end);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, y + end * 4L, ORDER, mask);
      v.mul(by).intoMemorySegment(ALL, y + end * 4L, ORDER, mask);
    }
  }

  @Override
  public void add(long y, long x, int n) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, y + i * 4L, ORDER);
      v.add(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4L, ORDER))
          .intoMemorySegment(ALL, y + i * 4L, ORDER);
    }
    if (end < n) {
      VectorMask<Float> mask = first(n - end);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, y + end * 4L, ORDER, mask);
      v.add(FloatVector.fromMemorySegment(SPECIES, ALL, x + end * 4L, ORDER, mask))
          .intoMemorySegment(ALL, y + end * 4L, ORDER, mask);
    }
  }

  @Override
  public void multiply(long y, long x, int n) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, y + i * 4L, ORDER);
      v.mul(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4L, ORDER))
          .intoMemorySegment(ALL, y + i * 4L, ORDER);
    }
    if (end < n) {
      VectorMask<Float> mask = first(n - end);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, y + end * 4L, ORDER, mask);
      v.mul(FloatVector.fromMemorySegment(SPECIES, ALL, x + end * 4L, ORDER, mask))
          .intoMemorySegment(ALL, y + end * 4L, ORDER, mask);
    }
  }

  @Override
  public double dot(long a, long b, int n) {
    int end = n & -LANES;
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4L, ORDER);
      sum = v.fma(FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4L, ORDER), sum);
    }
    double rest = end < n ? super.dot(a + end * 4L, b + end * 4L, n - end) : 0;
    return rest + Lanes.sum(sum);
  }

  @Override
  public void slope(long s, long d, int n, double log, double shift) {
    int end = n & -LANES;
    float off = (float) log;
    float down = (float) shift;
    for (int i = 0; i < end; i += LANES) {
      FloatVector p =
          normal(FloatVector.fromMemorySegment(SPECIES, ALL, s + i * 4L, ORDER).sub(off));
      p.intoMemorySegment(ALL, s + i * 4L, ORDER);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, d + i * 4L, ORDER);
      g.sub(down).mul(p).intoMemorySegment(ALL, d + i * 4L, ORDER);
    }
    if (end < n) {
      VectorMask<Float> mask = first(n - end);
      long at = s + end * 4L;
      long to = d + end * 4L;
      FloatVector p = normal(FloatVector.fromMemorySegment(SPECIES, ALL, at, ORDER, mask).sub(off));
      p.intoMemorySegment(ALL, at, ORDER, mask);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, to, ORDER, mask);
      g.sub(down).mul(p).intoMemorySegment(ALL, to, ORDER, mask);
    }
  }
}
