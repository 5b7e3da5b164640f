package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of eight output channels by one to three vectors of F64 pixels, in registers.
///
/// `y[r][v] = a[ao + r] + Σ a[ao + (1 + p) as + r] x[v][offsets[p]]`, for p < k; `x` and `y` are
/// addresses, `s` bytes from one row of `y` to the next. `as` is the number of channels that the
/// weights are packed for.
final class F64ConvTile8 {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private F64ConvTile8() {}

  static void eightBy3(
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
    DoubleVector c40 = DoubleVector.broadcast(SPECIES, a[ao + 4]);
    DoubleVector c41 = c40;
    DoubleVector c42 = c40;
    DoubleVector c50 = DoubleVector.broadcast(SPECIES, a[ao + 5]);
    DoubleVector c51 = c50;
    DoubleVector c52 = c50;
    DoubleVector c60 = DoubleVector.broadcast(SPECIES, a[ao + 6]);
    DoubleVector c61 = c60;
    DoubleVector c62 = c60;
    DoubleVector c70 = DoubleVector.broadcast(SPECIES, a[ao + 7]);
    DoubleVector c71 = c70;
    DoubleVector c72 = c70;
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
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[first + p * as + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[first + p * as + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[first + p * as + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      c62 = a6.fma(b2, c62);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[first + p * as + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      c72 = a7.fma(b2, c72);
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
    c40.intoMemorySegment(ALL, y0 + 4 * s0, ORDER);
    c41.intoMemorySegment(ALL, y1 + 4 * s1, ORDER);
    c42.intoMemorySegment(ALL, y2 + 4 * s2, ORDER);
    c50.intoMemorySegment(ALL, y0 + 5 * s0, ORDER);
    c51.intoMemorySegment(ALL, y1 + 5 * s1, ORDER);
    c52.intoMemorySegment(ALL, y2 + 5 * s2, ORDER);
    c60.intoMemorySegment(ALL, y0 + 6 * s0, ORDER);
    c61.intoMemorySegment(ALL, y1 + 6 * s1, ORDER);
    c62.intoMemorySegment(ALL, y2 + 6 * s2, ORDER);
    c70.intoMemorySegment(ALL, y0 + 7 * s0, ORDER);
    c71.intoMemorySegment(ALL, y1 + 7 * s1, ORDER);
    c72.intoMemorySegment(ALL, y2 + 7 * s2, ORDER);
  }

  static void eightBy2(
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
    DoubleVector c40 = DoubleVector.broadcast(SPECIES, a[ao + 4]);
    DoubleVector c41 = c40;
    DoubleVector c50 = DoubleVector.broadcast(SPECIES, a[ao + 5]);
    DoubleVector c51 = c50;
    DoubleVector c60 = DoubleVector.broadcast(SPECIES, a[ao + 6]);
    DoubleVector c61 = c60;
    DoubleVector c70 = DoubleVector.broadcast(SPECIES, a[ao + 7]);
    DoubleVector c71 = c70;
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
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[first + p * as + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[first + p * as + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[first + p * as + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[first + p * as + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
    c01.intoMemorySegment(ALL, y1, ORDER);
    c10.intoMemorySegment(ALL, y0 + s0, ORDER);
    c11.intoMemorySegment(ALL, y1 + s1, ORDER);
    c20.intoMemorySegment(ALL, y0 + 2 * s0, ORDER);
    c21.intoMemorySegment(ALL, y1 + 2 * s1, ORDER);
    c30.intoMemorySegment(ALL, y0 + 3 * s0, ORDER);
    c31.intoMemorySegment(ALL, y1 + 3 * s1, ORDER);
    c40.intoMemorySegment(ALL, y0 + 4 * s0, ORDER);
    c41.intoMemorySegment(ALL, y1 + 4 * s1, ORDER);
    c50.intoMemorySegment(ALL, y0 + 5 * s0, ORDER);
    c51.intoMemorySegment(ALL, y1 + 5 * s1, ORDER);
    c60.intoMemorySegment(ALL, y0 + 6 * s0, ORDER);
    c61.intoMemorySegment(ALL, y1 + 6 * s1, ORDER);
    c70.intoMemorySegment(ALL, y0 + 7 * s0, ORDER);
    c71.intoMemorySegment(ALL, y1 + 7 * s1, ORDER);
  }

  static void eightBy1(
      int k, double[] a, int ao, int as, int[] offsets, long x0, long y0, long s0) {
    DoubleVector c00 = DoubleVector.broadcast(SPECIES, a[ao]);
    DoubleVector c10 = DoubleVector.broadcast(SPECIES, a[ao + 1]);
    DoubleVector c20 = DoubleVector.broadcast(SPECIES, a[ao + 2]);
    DoubleVector c30 = DoubleVector.broadcast(SPECIES, a[ao + 3]);
    DoubleVector c40 = DoubleVector.broadcast(SPECIES, a[ao + 4]);
    DoubleVector c50 = DoubleVector.broadcast(SPECIES, a[ao + 5]);
    DoubleVector c60 = DoubleVector.broadcast(SPECIES, a[ao + 6]);
    DoubleVector c70 = DoubleVector.broadcast(SPECIES, a[ao + 7]);
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
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[first + p * as + 4]);
      c40 = a4.fma(b0, c40);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[first + p * as + 5]);
      c50 = a5.fma(b0, c50);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[first + p * as + 6]);
      c60 = a6.fma(b0, c60);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[first + p * as + 7]);
      c70 = a7.fma(b0, c70);
    }
    c00.intoMemorySegment(ALL, y0, ORDER);
    c10.intoMemorySegment(ALL, y0 + s0, ORDER);
    c20.intoMemorySegment(ALL, y0 + 2 * s0, ORDER);
    c30.intoMemorySegment(ALL, y0 + 3 * s0, ORDER);
    c40.intoMemorySegment(ALL, y0 + 4 * s0, ORDER);
    c50.intoMemorySegment(ALL, y0 + 5 * s0, ORDER);
    c60.intoMemorySegment(ALL, y0 + 6 * s0, ORDER);
    c70.intoMemorySegment(ALL, y0 + 7 * s0, ORDER);
  }
}
