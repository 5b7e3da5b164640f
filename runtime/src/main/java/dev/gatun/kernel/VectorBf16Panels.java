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

/// [ReducedKernel] of BF16: two elements of `k` come out of each int, the lower half first.
final class VectorBf16Panels implements ReducedKernel {
  private static final VectorSpecies<Float> FLOATS = F32Tile.SPECIES;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /// Bytes of a vector, and of the ints side by side.
  private static final int BYTES = LANES * 4;

  private static final int STEP = NR * 4;

  private static FloatVector low(IntVector w) {
    return w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  private static FloatVector high(IntVector w) {
    return w.and(0xffff0000).reinterpretAsFloats();
  }

  /// Two ints of each column at a time, so that eight sums grow side by side.
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
    int g = 0;
    for (; g + 1 < groups; g += 2) {
      long at = wo + (long) g * STEP;
      int p = ao + 2 * g;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[p]);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[p + 1]);
      IntVector w0 = IntVector.fromMemorySegment(INTS, w, at, ORDER);
      IntVector w1 = IntVector.fromMemorySegment(INTS, w, at + BYTES, ORDER);
      c00 = low(w0).fma(a0, c00);
      c10 = low(w1).fma(a0, c10);
      c01 = high(w0).fma(a1, c01);
      c11 = high(w1).fma(a1, c11);
      a0 = FloatVector.broadcast(FLOATS, a[p + 2]);
      a1 = FloatVector.broadcast(FLOATS, a[p + 3]);
      w0 = IntVector.fromMemorySegment(INTS, w, at + STEP, ORDER);
      w1 = IntVector.fromMemorySegment(INTS, w, at + STEP + BYTES, ORDER);
      c02 = low(w0).fma(a0, c02);
      c12 = low(w1).fma(a0, c12);
      c03 = high(w0).fma(a1, c03);
      c13 = high(w1).fma(a1, c13);
    }
    if (g < groups) {
      long at = wo + (long) g * STEP;
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[ao + 2 * g]);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[ao + 2 * g + 1]);
      IntVector w0 = IntVector.fromMemorySegment(INTS, w, at, ORDER);
      IntVector w1 = IntVector.fromMemorySegment(INTS, w, at + BYTES, ORDER);
      c00 = low(w0).fma(a0, c00);
      c10 = low(w1).fma(a0, c10);
      c01 = high(w0).fma(a1, c01);
      c11 = high(w1).fma(a1, c11);
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
      for (int h = 0; h < 2; h++) {
        int p = 2 * g + h;
        FloatVector b0 = h == 0 ? low(w0) : high(w0);
        FloatVector b1 = h == 0 ? low(w1) : high(w1);
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
    MemorySegment.copy(t, from, c, FLOAT, to, width);
  }

  @Override
  public void widen(int k, MemorySegment w, long wo, long scale, float[] b, int bo) {
    for (int p = 0; p < k; p += 2) {
      long at = wo + (long) (p / 2) * STEP;
      int to = bo + p * NR;
      IntVector w0 = IntVector.fromMemorySegment(INTS, w, at, ORDER);
      IntVector w1 = IntVector.fromMemorySegment(INTS, w, at + BYTES, ORDER);
      low(w0).intoArray(b, to);
      low(w1).intoArray(b, to + LANES);
      if (p + 1 < k) {
        high(w0).intoArray(b, to + NR);
        high(w1).intoArray(b, to + NR + LANES);
      }
    }
  }
}
