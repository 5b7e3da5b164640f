package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Exp.first;
import static dev.gatun.kernel.VectorF64Exp.small;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// [AttentionRows] of F64 in vectors.
final class VectorF64Attention extends F64Attention {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  @Override
  public double max(long s, int n) {
    return VectorF64Softmax.max(s, n);
  }

  @Override
  public double exp(long s, int n, double max) {
    return VectorF64Softmax.exponentials(s, s, n, max);
  }

  @Override
  public void scale(long y, int n, double factor) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, y + i * 8L, ORDER);
      v.mul(factor).intoMemorySegment(ALL, y + i * 8L, ORDER);
    }
    if (end < n) {
      VectorMask<Double> mask = first(n - end);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, y + end * 8L, ORDER, mask);
      v.mul(factor).intoMemorySegment(ALL, y + end * 8L, ORDER, mask);
    }
  }

  @Override
  public void add(long y, long x, int n) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, y + i * 8L, ORDER);
      v.add(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8L, ORDER))
          .intoMemorySegment(ALL, y + i * 8L, ORDER);
    }
    if (end < n) {
      VectorMask<Double> mask = first(n - end);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, y + end * 8L, ORDER, mask);
      v.add(DoubleVector.fromMemorySegment(SPECIES, ALL, x + end * 8L, ORDER, mask))
          .intoMemorySegment(ALL, y + end * 8L, ORDER, mask);
    }
  }

  @Override
  public void multiply(long y, long x, int n) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, y + i * 8L, ORDER);
      v.mul(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8L, ORDER))
          .intoMemorySegment(ALL, y + i * 8L, ORDER);
    }
    if (end < n) {
      VectorMask<Double> mask = first(n - end);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, y + end * 8L, ORDER, mask);
      v.mul(DoubleVector.fromMemorySegment(SPECIES, ALL, x + end * 8L, ORDER, mask))
          .intoMemorySegment(ALL, y + end * 8L, ORDER, mask);
    }
  }

  @Override
  public double dot(long a, long b, int n) {
    int end = n & -LANES;
    DoubleVector sum = DoubleVector.zero(SPECIES);
    for (int i = 0; i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8L, ORDER);
      sum = v.fma(DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8L, ORDER), sum);
    }
    double rest = end < n ? super.dot(a + end * 8L, b + end * 8L, n - end) : 0;
    return rest + Lanes.sum(sum);
  }

  @Override
  public void slope(long s, long d, int n, double log, double shift) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      DoubleVector p =
          small(DoubleVector.fromMemorySegment(SPECIES, ALL, s + i * 8L, ORDER).sub(log));
      p.intoMemorySegment(ALL, s + i * 8L, ORDER);
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, d + i * 8L, ORDER);
      g.sub(shift).mul(p).intoMemorySegment(ALL, d + i * 8L, ORDER);
    }
    if (end < n) {
      VectorMask<Double> mask = first(n - end);
      long at = s + end * 8L;
      long to = d + end * 8L;
      DoubleVector p =
          small(DoubleVector.fromMemorySegment(SPECIES, ALL, at, ORDER, mask).sub(log));
      p.intoMemorySegment(ALL, at, ORDER, mask);
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, to, ORDER, mask);
      g.sub(shift).mul(p).intoMemorySegment(ALL, to, ORDER, mask);
    }
  }
}
