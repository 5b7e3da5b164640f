package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.NR;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [ReducedKernel] of INT8: four elements of `k` come out of each int, the lowest byte first.
final class VectorInt8Panels implements ReducedKernel {
  private static final VectorSpecies<Float> FLOATS = F32Tile.SPECIES;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /// Bytes of a vector, and of the ints side by side.
  private static final int BYTES = LANES * 4;

  private static final int STEP = NR * 4;

  /// The byte of each int whose upper end is `left` below that of the int.
  private static FloatVector floats(IntVector w, int left) {
    return (FloatVector)
        w.lanewise(VectorOperators.LSHL, left)
            .lanewise(VectorOperators.ASHR, 24)
            .convert(VectorOperators.I2F, 0);
  }

  private static FloatVector highest(IntVector w) {
    return (FloatVector) w.lanewise(VectorOperators.ASHR, 24).convert(VectorOperators.I2F, 0);
  }

  @Override
  public void one(int groups, float[] a, int ao, MemorySegment w, long wo, float[] t) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    for (int g = 0; g < groups; g++) {
      long at = wo + (long) g * STEP;
      int p = ao + 4 * g;
      IntVector w0 = IntVector.fromMemorySegment(INTS, w, at, ORDER);
      IntVector w1 = IntVector.fromMemorySegment(INTS, w, at + BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[p]);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[p + 1]);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[p + 2]);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[p + 3]);
      c00 = floats(w0, 24).fma(a0, c00);
      c10 = floats(w1, 24).fma(a0, c10);
      c01 = floats(w0, 16).fma(a1, c01);
      c11 = floats(w1, 16).fma(a1, c11);
      c02 = floats(w0, 8).fma(a2, c02);
      c12 = floats(w1, 8).fma(a2, c12);
      c03 = highest(w0).fma(a3, c03);
      c13 = highest(w1).fma(a3, c13);
    }
    c00.add(c01).add(c02.add(c03)).intoArray(t, 0);
    c10.add(c11).add(c12.add(c13)).intoArray(t, LANES);
  }

  @Override
  public void four(
      int groups, float[] a, int a0, int a1, int a2, int a3, MemorySegment w, long wo, float[] t) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int g = 0; g < groups; g++) {
      long at = wo + (long) g * STEP;
      IntVector w0 = IntVector.fromMemorySegment(INTS, w, at, ORDER);
      IntVector w1 = IntVector.fromMemorySegment(INTS, w, at + BYTES, ORDER);
      for (int h = 0; h < 4; h++) {
        int p = 4 * g + h;
        FloatVector b0 = floats(w0, 24 - 8 * h);
        FloatVector b1 = floats(w1, 24 - 8 * h);
        FloatVector r0 = FloatVector.broadcast(FLOATS, a[a0 + p]);
        FloatVector r1 = FloatVector.broadcast(FLOATS, a[a1 + p]);
        FloatVector r2 = FloatVector.broadcast(FLOATS, a[a2 + p]);
        FloatVector r3 = FloatVector.broadcast(FLOATS, a[a3 + p]);
        c00 = b0.fma(r0, c00);
        c01 = b1.fma(r0, c01);
        c10 = b0.fma(r1, c10);
        c11 = b1.fma(r1, c11);
        c20 = b0.fma(r2, c20);
        c21 = b1.fma(r2, c21);
        c30 = b0.fma(r3, c30);
        c31 = b1.fma(r3, c31);
      }
    }
    c00.intoArray(t, 0);
    c01.intoArray(t, LANES);
    c10.intoArray(t, NR);
    c11.intoArray(t, NR + LANES);
    c20.intoArray(t, 2 * NR);
    c21.intoArray(t, 2 * NR + LANES);
    c30.intoArray(t, 3 * NR);
    c31.intoArray(t, 3 * NR + LANES);
  }

  @Override
  public void put(
      float[] t, int from, int width, MemorySegment w, long scale, MemorySegment c, long to) {
    if (width < NR) {
      for (int j = 0; j < width; j++) {
        c.set(FLOAT, to + j * 4L, t[from + j] * w.get(FLOAT, scale + j * 4L));
      }
      return;
    }
    FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, w, scale, ORDER);
    FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, w, scale + BYTES, ORDER);
    FloatVector.fromArray(FLOATS, t, from).mul(s0).intoMemorySegment(c, to, ORDER);
    FloatVector.fromArray(FLOATS, t, from + LANES).mul(s1).intoMemorySegment(c, to + BYTES, ORDER);
  }

  @Override
  public void widen(int k, MemorySegment w, long wo, long scale, float[] b, int bo) {
    FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, w, scale, ORDER);
    FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, w, scale + BYTES, ORDER);
    int p = 0;
    for (; p + 3 < k; p += 4) {
      long at = wo + (long) (p / 4) * STEP;
      int to = bo + p * NR;
      IntVector w0 = IntVector.fromMemorySegment(INTS, w, at, ORDER);
      IntVector w1 = IntVector.fromMemorySegment(INTS, w, at + BYTES, ORDER);
      floats(w0, 24).mul(s0).intoArray(b, to);
      floats(w1, 24).mul(s1).intoArray(b, to + LANES);
      floats(w0, 16).mul(s0).intoArray(b, to + NR);
      floats(w1, 16).mul(s1).intoArray(b, to + NR + LANES);
      floats(w0, 8).mul(s0).intoArray(b, to + 2 * NR);
      floats(w1, 8).mul(s1).intoArray(b, to + 2 * NR + LANES);
      highest(w0).mul(s0).intoArray(b, to + 3 * NR);
      highest(w1).mul(s1).intoArray(b, to + 3 * NR + LANES);
    }
    for (; p < k; p++) {
      long at = wo + (long) (p / 4) * STEP;
      int left = 24 - 8 * (p % 4);
      IntVector w0 = IntVector.fromMemorySegment(INTS, w, at, ORDER);
      IntVector w1 = IntVector.fromMemorySegment(INTS, w, at + BYTES, ORDER);
      floats(w0, left).mul(s0).intoArray(b, bo + p * NR);
      floats(w1, left).mul(s1).intoArray(b, bo + p * NR + LANES);
    }
  }
}
