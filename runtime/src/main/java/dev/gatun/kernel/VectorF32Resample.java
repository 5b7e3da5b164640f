package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/// Vector loops of [F32Resample]. Each returns how many elements it has done: whole vectors.
final class VectorF32Resample {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int LANES = SPECIES.length();

  private VectorF32Resample() {}

  /// `y = a x + b z`
  static int pair(long x, float a, long z, float b, long y, int n) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      long at = (long) Float.BYTES * i;
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + at, ORDER).mul(a);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, z + at, ORDER).mul(b);
      v.add(w).intoMemorySegment(ALL, y + at, ORDER);
    }
    return end;
  }

  /// `y += weight x`
  static int add(long x, long y, int n, float weight) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      long at = (long) Float.BYTES * i;
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + at, ORDER).mul(weight);
      FloatVector old = FloatVector.fromMemorySegment(SPECIES, ALL, y + at, ORDER);
      old.add(v).intoMemorySegment(ALL, y + at, ORDER);
    }
    return end;
  }
}
