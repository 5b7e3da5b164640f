package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of four output channels or one, otherwise as [F32ConvTile8].
final class F32ConvTile4 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private F32ConvTile4() {}

  static void fourBy3(
      int k,
      float[] a,
      int ao,
      int as,
      int[] offsets,
      long x0,
      long x1,
      long x2,
      long y0,
      long s0,
      long y1,
      long s1,
      long y2,
      long s2) {
    FloatVector c00 = FloatVector.broadcast(SPECIES, a[ao]);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c10 = FloatVector.broadcast(SPECIES, a[ao + 1]);
    FloatVector c11 = c10;
    FloatVector c12 = c10;
    FloatVector c20 = FloatVector.broadcast(SPECIES, a[ao + 2]);
    FloatVector c21 = c20;
    FloatVector c22 = c20;
    FloatVector c30 = FloatVector.broadcast(SPECIES, a[ao + 3]);
    FloatVector c31 = c30;
    FloatVector c32 = c30;
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, ALL, x1 + o, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, ALL, x2 + o, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[first + p * as + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[first + p * as + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[first + p * as + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
    c01.intoMemorySegment(ALL, y1, ORDER);
    c02.intoMemorySegment(ALL, y2, ORDER);
    c10.intoMemorySegment(ALL, y0 + s0, ORDER);
    c11.intoMemorySegment(ALL, y1 + s1, ORDER);
    c12.intoMemorySegment(ALL, y2 + s2, ORDER);
    c20.intoMemorySegment(ALL, y0 + 2 * s0, ORDER);
    c21.intoMemorySegment(ALL, y1 + 2 * s1, ORDER);
    c22.intoMemorySegment(ALL, y2 + 2 * s2, ORDER);
    c30.intoMemorySegment(ALL, y0 + 3 * s0, ORDER);
    c31.intoMemorySegment(ALL, y1 + 3 * s1, ORDER);
    c32.intoMemorySegment(ALL, y2 + 3 * s2, ORDER);
  }

  static void fourBy2(
      int k,
      float[] a,
      int ao,
      int as,
      int[] offsets,
      long x0,
      long x1,
      long y0,
      long s0,
      long y1,
      long s1) {
    FloatVector c00 = FloatVector.broadcast(SPECIES, a[ao]);
    FloatVector c01 = c00;
    FloatVector c10 = FloatVector.broadcast(SPECIES, a[ao + 1]);
    FloatVector c11 = c10;
    FloatVector c20 = FloatVector.broadcast(SPECIES, a[ao + 2]);
    FloatVector c21 = c20;
    FloatVector c30 = FloatVector.broadcast(SPECIES, a[ao + 3]);
    FloatVector c31 = c30;
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, ALL, x1 + o, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[first + p * as + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[first + p * as + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[first + p * as + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
    c01.intoMemorySegment(ALL, y1, ORDER);
    c10.intoMemorySegment(ALL, y0 + s0, ORDER);
    c11.intoMemorySegment(ALL, y1 + s1, ORDER);
    c20.intoMemorySegment(ALL, y0 + 2 * s0, ORDER);
    c21.intoMemorySegment(ALL, y1 + 2 * s1, ORDER);
    c30.intoMemorySegment(ALL, y0 + 3 * s0, ORDER);
    c31.intoMemorySegment(ALL, y1 + 3 * s1, ORDER);
  }

  static void fourBy1(int k, float[] a, int ao, int as, int[] offsets, long x0, long y0, long s0) {
    FloatVector c00 = FloatVector.broadcast(SPECIES, a[ao]);
    FloatVector c10 = FloatVector.broadcast(SPECIES, a[ao + 1]);
    FloatVector c20 = FloatVector.broadcast(SPECIES, a[ao + 2]);
    FloatVector c30 = FloatVector.broadcast(SPECIES, a[ao + 3]);
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[first + p * as + 1]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[first + p * as + 2]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[first + p * as + 3]);
      c30 = a3.fma(b0, c30);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
    c10.intoMemorySegment(ALL, y0 + s0, ORDER);
    c20.intoMemorySegment(ALL, y0 + 2 * s0, ORDER);
    c30.intoMemorySegment(ALL, y0 + 3 * s0, ORDER);
  }

  static void oneBy3(
      int k,
      float[] a,
      int ao,
      int as,
      int[] offsets,
      long x0,
      long x1,
      long x2,
      long y0,
      long s0,
      long y1,
      long s1,
      long y2,
      long s2) {
    FloatVector c00 = FloatVector.broadcast(SPECIES, a[ao]);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, ALL, x1 + o, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, ALL, x2 + o, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
    c01.intoMemorySegment(ALL, y1, ORDER);
    c02.intoMemorySegment(ALL, y2, ORDER);
  }

  static void oneBy2(
      int k,
      float[] a,
      int ao,
      int as,
      int[] offsets,
      long x0,
      long x1,
      long y0,
      long s0,
      long y1,
      long s1) {
    FloatVector c00 = FloatVector.broadcast(SPECIES, a[ao]);
    FloatVector c01 = c00;
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, ALL, x1 + o, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
    c01.intoMemorySegment(ALL, y1, ORDER);
  }

  static void oneBy1(int k, float[] a, int ao, int as, int[] offsets, long x0, long y0, long s0) {
    FloatVector c00 = FloatVector.broadcast(SPECIES, a[ao]);
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
  }
}
