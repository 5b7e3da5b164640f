package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Products of few rows with a transposed B, as a linear layer has them: every element of C is the
/// inner product of a row of A and a row of B, straight from the operands.
final class F32Dots {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Float.BYTES;
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private F32Dots() {}

  /// Offsets and distances between rows in bytes.
  static void multiply(
      int m,
      int n,
      int k,
      float alpha,
      MemorySegment a,
      long ao,
      long as,
      MemorySegment b,
      long bo,
      long bs,
      float beta,
      MemorySegment c,
      long co,
      long cs) {
    int wide = n - n % 4;
    for (int i = 0; i < m; i++) {
      long ai = ao + i * as;
      long ci = co + i * cs;
      for (int j = 0; j < wide; j += 4) {
        dots4(k, alpha, a, ai, b, bo + j * bs, bs, beta, c, ci + (long) j * BYTES);
      }
      for (int j = wide; j < n; j++) {
        put(dot(k, a, ai, b, bo + j * bs), alpha, beta, c, ci + (long) j * BYTES);
      }
    }
  }

  private static void dots4(
      int k,
      float alpha,
      MemorySegment a,
      long ao,
      MemorySegment b,
      long bo,
      long bs,
      float beta,
      MemorySegment c,
      long co) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    int full = k - k % LANES;
    for (int p = 0; p < full; p += LANES) {
      long at = (long) p * BYTES;
      FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, a, ao + at, ORDER);
      long bt = bo + at;
      c0 = FloatVector.fromMemorySegment(SPECIES, b, bt, ORDER).fma(a0, c0);
      c1 = FloatVector.fromMemorySegment(SPECIES, b, bt + bs, ORDER).fma(a0, c1);
      c2 = FloatVector.fromMemorySegment(SPECIES, b, bt + 2 * bs, ORDER).fma(a0, c2);
      c3 = FloatVector.fromMemorySegment(SPECIES, b, bt + 3 * bs, ORDER).fma(a0, c3);
    }
    if (full < k) {
      VectorMask<Float> mask = SPECIES.indexInRange(full, k);
      long at = (long) full * BYTES;
      FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, a, ao + at, ORDER, mask);
      long bt = bo + at;
      c0 = FloatVector.fromMemorySegment(SPECIES, b, bt, ORDER, mask).fma(a0, c0);
      c1 = FloatVector.fromMemorySegment(SPECIES, b, bt + bs, ORDER, mask).fma(a0, c1);
      c2 = FloatVector.fromMemorySegment(SPECIES, b, bt + 2 * bs, ORDER, mask).fma(a0, c2);
      c3 = FloatVector.fromMemorySegment(SPECIES, b, bt + 3 * bs, ORDER, mask).fma(a0, c3);
    }
    put(sum(c0), alpha, beta, c, co);
    put(sum(c1), alpha, beta, c, co + BYTES);
    put(sum(c2), alpha, beta, c, co + 2 * BYTES);
    put(sum(c3), alpha, beta, c, co + 3 * BYTES);
  }

  private static float dot(int k, MemorySegment a, long ao, MemorySegment b, long bo) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    int full = k - k % LANES;
    for (int p = 0; p < full; p += LANES) {
      long at = (long) p * BYTES;
      FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, a, ao + at, ORDER);
      c0 = FloatVector.fromMemorySegment(SPECIES, b, bo + at, ORDER).fma(a0, c0);
    }
    if (full < k) {
      VectorMask<Float> mask = SPECIES.indexInRange(full, k);
      long at = (long) full * BYTES;
      FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, a, ao + at, ORDER, mask);
      c0 = FloatVector.fromMemorySegment(SPECIES, b, bo + at, ORDER, mask).fma(a0, c0);
    }
    return sum(c0);
  }

  /// Halves are added until one lane is left: the order of `reduceLanes` may change when code is
  /// compiled, and results with it.
  private static float sum(FloatVector v) {
    FloatVector s = v;
    for (int half = LANES / 2; half > 0; half /= 2) {
      s = s.add(s.rearrange(VectorShuffle.iota(SPECIES, half, 1, true)));
    }
    return s.lane(0);
  }

  private static void put(float sum, float alpha, float beta, MemorySegment c, long at) {
    float v = alpha * sum;
    c.set(ELEMENT, at, beta == 0 ? v : c.get(ELEMENT, at) * beta + v);
  }
}
