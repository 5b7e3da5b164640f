package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of four output channels or one, otherwise as [F64ConvTile8].
final class F64ConvTile4 {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private F64ConvTile4() {}

  static void fourBy3(
      int k,
      double[] a,
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
    DoubleVector c00 = DoubleVector.broadcast(SPECIES, a[ao]);
    DoubleVector c01 = c00;
    DoubleVector c02 = c00;
    DoubleVector c10 = DoubleVector.broadcast(SPECIES, a[ao + 1]);
    DoubleVector c11 = c10;
    DoubleVector c12 = c10;
    DoubleVector c20 = DoubleVector.broadcast(SPECIES, a[ao + 2]);
    DoubleVector c21 = c20;
    DoubleVector c22 = c20;
    DoubleVector c30 = DoubleVector.broadcast(SPECIES, a[ao + 3]);
    DoubleVector c31 = c30;
    DoubleVector c32 = c30;
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(SPECIES, ALL, x1 + o, ORDER);
      DoubleVector b2 = DoubleVector.fromMemorySegment(SPECIES, ALL, x2 + o, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[first + p * as + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[first + p * as + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[first + p * as + 3]);
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
      double[] a,
      int ao,
      int as,
      int[] offsets,
      long x0,
      long x1,
      long y0,
      long s0,
      long y1,
      long s1) {
    DoubleVector c00 = DoubleVector.broadcast(SPECIES, a[ao]);
    DoubleVector c01 = c00;
    DoubleVector c10 = DoubleVector.broadcast(SPECIES, a[ao + 1]);
    DoubleVector c11 = c10;
    DoubleVector c20 = DoubleVector.broadcast(SPECIES, a[ao + 2]);
    DoubleVector c21 = c20;
    DoubleVector c30 = DoubleVector.broadcast(SPECIES, a[ao + 3]);
    DoubleVector c31 = c30;
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(SPECIES, ALL, x1 + o, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[first + p * as + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[first + p * as + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[first + p * as + 3]);
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

  static void fourBy1(int k, double[] a, int ao, int as, int[] offsets, long x0, long y0, long s0) {
    DoubleVector c00 = DoubleVector.broadcast(SPECIES, a[ao]);
    DoubleVector c10 = DoubleVector.broadcast(SPECIES, a[ao + 1]);
    DoubleVector c20 = DoubleVector.broadcast(SPECIES, a[ao + 2]);
    DoubleVector c30 = DoubleVector.broadcast(SPECIES, a[ao + 3]);
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[first + p * as + 1]);
      c10 = a1.fma(b0, c10);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[first + p * as + 2]);
      c20 = a2.fma(b0, c20);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[first + p * as + 3]);
      c30 = a3.fma(b0, c30);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
    c10.intoMemorySegment(ALL, y0 + s0, ORDER);
    c20.intoMemorySegment(ALL, y0 + 2 * s0, ORDER);
    c30.intoMemorySegment(ALL, y0 + 3 * s0, ORDER);
  }

  static void oneBy3(
      int k,
      double[] a,
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
    DoubleVector c00 = DoubleVector.broadcast(SPECIES, a[ao]);
    DoubleVector c01 = c00;
    DoubleVector c02 = c00;
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(SPECIES, ALL, x1 + o, ORDER);
      DoubleVector b2 = DoubleVector.fromMemorySegment(SPECIES, ALL, x2 + o, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[first + p * as]);
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
      double[] a,
      int ao,
      int as,
      int[] offsets,
      long x0,
      long x1,
      long y0,
      long s0,
      long y1,
      long s1) {
    DoubleVector c00 = DoubleVector.broadcast(SPECIES, a[ao]);
    DoubleVector c01 = c00;
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(SPECIES, ALL, x1 + o, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
    c01.intoMemorySegment(ALL, y1, ORDER);
  }

  static void oneBy1(int k, double[] a, int ao, int as, int[] offsets, long x0, long y0, long s0) {
    DoubleVector c00 = DoubleVector.broadcast(SPECIES, a[ao]);
    int first = ao + as;
    for (int p = 0; p < k; p++) {
      long o = offsets[p];
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, ALL, x0 + o, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[first + p * as]);
      c00 = a0.fma(b0, c00);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
  }
}
