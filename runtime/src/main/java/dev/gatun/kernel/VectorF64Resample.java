package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;

/// Vector loops of [F64Resample]. Each returns how many elements it has done: whole vectors.
final class VectorF64Resample {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int LANES = SPECIES.length();

  private VectorF64Resample() {}

  /// `y = a x + b z`
  static int pair(long x, double a, long z, double b, long y, int n) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      long at = (long) Double.BYTES * i;
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + at, ORDER).mul(a);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, z + at, ORDER).mul(b);
      v.add(w).intoMemorySegment(ALL, y + at, ORDER);
    }
    return end;
  }

  /// `y += weight x`
  static int add(long x, long y, int n, double weight) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      long at = (long) Double.BYTES * i;
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + at, ORDER).mul(weight);
      DoubleVector old = DoubleVector.fromMemorySegment(SPECIES, ALL, y + at, ORDER);
      old.add(v).intoMemorySegment(ALL, y + at, ORDER);
    }
    return end;
  }
}
