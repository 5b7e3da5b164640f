package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Products of few rows with a transposed B, as a linear layer has them: every element of C is the
/// inner product of a row of A and a row of B, straight from the operands. Rows have at least
/// [F32Tile#LANES] elements; the last vector of a row overlaps the one before it, with what was
/// counted set to 0.
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
    Scratch scratch = Scratch.take();
    float[] t = scratch.floatTile;
    int wide = n - n % 4;
    for (int i = 0; i < m; i++) {
      long ai = ao + i * as;
      long ci = co + i * cs;
      for (int j = 0; j < wide; j += 4) {
        dots4(k, a, ai, b, bo + j * bs, bs, t);
        fold4(t);
        for (int h = 0; h < 4; h++) {
          put(t[h], alpha, beta, c, ci + (long) (j + h) * BYTES);
        }
      }
      for (int j = wide; j < n; j++) {
        dot(k, a, ai, b, bo + j * bs, t);
        put(fold(t, 0, 1, LANES), alpha, beta, c, ci + (long) j * BYTES);
      }
    }
    scratch.release();
  }

  /// Leaves the sums spread over lanes, in `t`: adding them up here would make the compiler keep
  /// the vectors as objects.
  private static void dots4(
      int k, MemorySegment a, long ao, MemorySegment b, long bo, long bs, float[] t) {
    VectorMask<Float> counted = F32Tile.first(LANES - k % LANES);
    int full = k - k % LANES;
    long last = (long) (k - LANES) * BYTES;
    FloatVector a0 = part(a, ao + last, counted);
    FloatVector c0 = part(b, bo + last, counted).mul(a0);
    FloatVector c1 = part(b, bo + bs + last, counted).mul(a0);
    FloatVector c2 = part(b, bo + 2 * bs + last, counted).mul(a0);
    FloatVector c3 = part(b, bo + 3 * bs + last, counted).mul(a0);
    for (int p = 0; p < full; p += LANES) {
      long at = (long) p * BYTES;
      a0 = FloatVector.fromMemorySegment(SPECIES, a, ao + at, ORDER);
      long bt = bo + at;
      c0 = FloatVector.fromMemorySegment(SPECIES, b, bt, ORDER).fma(a0, c0);
      c1 = FloatVector.fromMemorySegment(SPECIES, b, bt + bs, ORDER).fma(a0, c1);
      c2 = FloatVector.fromMemorySegment(SPECIES, b, bt + 2 * bs, ORDER).fma(a0, c2);
      c3 = FloatVector.fromMemorySegment(SPECIES, b, bt + 3 * bs, ORDER).fma(a0, c3);
    }
    c0.intoArray(t, 0);
    c1.intoArray(t, LANES);
    c2.intoArray(t, 2 * LANES);
    c3.intoArray(t, 3 * LANES);
  }

  private static void dot(int k, MemorySegment a, long ao, MemorySegment b, long bo, float[] t) {
    VectorMask<Float> counted = F32Tile.first(LANES - k % LANES);
    int full = k - k % LANES;
    long last = (long) (k - LANES) * BYTES;
    FloatVector c0 = part(b, bo + last, counted).mul(part(a, ao + last, counted));
    for (int p = 0; p < full; p += LANES) {
      long at = (long) p * BYTES;
      FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, a, ao + at, ORDER);
      c0 = FloatVector.fromMemorySegment(SPECIES, b, bo + at, ORDER).fma(a0, c0);
    }
    c0.intoArray(t, 0);
  }

  private static FloatVector part(MemorySegment s, long at, VectorMask<Float> counted) {
    return FloatVector.fromMemorySegment(SPECIES, s, at, ORDER).blend(0, counted);
  }

  /// Makes t[0] to t[3] the sums of the four vectors in `t`, always in the same order: that of
  /// `reduceLanes` may change when code is compiled, and results with it.
  private static void fold4(float[] t) {
    if (LANES < 8) {
      for (int h = 0; h < 4; h++) {
        t[h] = fold(t, h * LANES, 1, LANES);
      }
      return;
    }
    FloatVector c0 = FloatVector.fromArray(SPECIES, t, 0);
    FloatVector c1 = FloatVector.fromArray(SPECIES, t, LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, t, 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, t, 3 * LANES);
    FloatVector x = F32Pack.pickLow(c0, c2).add(F32Pack.pickHigh(c0, c2));
    FloatVector y = F32Pack.pickLow(c1, c3).add(F32Pack.pickHigh(c1, c3));
    // Four sums side by side, as often as they fit.
    F32Pack.pickLow(x, y).add(F32Pack.pickHigh(x, y)).intoArray(t, 0);
    for (int h = 0; h < 4; h++) {
      t[h] = fold(t, h, 4, LANES / 4);
    }
  }

  private static float fold(float[] t, int from, int step, int count) {
    float sum = t[from];
    for (int i = 1; i < count; i++) {
      sum += t[from + i * step];
    }
    return sum;
  }

  private static void put(float sum, float alpha, float beta, MemorySegment c, long at) {
    float v = alpha * sum;
    c.set(ELEMENT, at, beta == 0 ? v : c.get(ELEMENT, at) * beta + v);
  }
}
