package dev.gatun.kernel;

import static dev.gatun.kernel.F64Tile.LANES;
import static dev.gatun.kernel.F64Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;

/// Tiles of one and two vectors of columns, otherwise as [F64Strip4].
final class F64Strip2 {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final long STEP = (long) LANES * Double.BYTES;

  private F64Strip2() {}

  static void twelveBy2(
      int k,
      double[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = c00;
    DoubleVector c10 = c00;
    DoubleVector c11 = c00;
    DoubleVector c20 = c00;
    DoubleVector c21 = c00;
    DoubleVector c30 = c00;
    DoubleVector c31 = c00;
    DoubleVector c40 = c00;
    DoubleVector c41 = c00;
    DoubleVector c50 = c00;
    DoubleVector c51 = c00;
    DoubleVector c60 = c00;
    DoubleVector c61 = c00;
    DoubleVector c70 = c00;
    DoubleVector c71 = c00;
    DoubleVector c80 = c00;
    DoubleVector c81 = c00;
    DoubleVector c90 = c00;
    DoubleVector c91 = c00;
    DoubleVector c100 = c00;
    DoubleVector c101 = c00;
    DoubleVector c110 = c00;
    DoubleVector c111 = c00;
    for (int p = 0; p < k; p++) {
      MemorySegment row = b.asSlice(bo + p * bs, 2 * STEP);
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, row, 0, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(SPECIES, row, STEP, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[ao + p + as]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[ao + p + 2 * as]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[ao + p + 3 * as]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[ao + p + 4 * as]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[ao + p + 5 * as]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[ao + p + 6 * as]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[ao + p + 7 * as]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      DoubleVector a8 = DoubleVector.broadcast(SPECIES, a[ao + p + 8 * as]);
      c80 = a8.fma(b0, c80);
      c81 = a8.fma(b1, c81);
      DoubleVector a9 = DoubleVector.broadcast(SPECIES, a[ao + p + 9 * as]);
      c90 = a9.fma(b0, c90);
      c91 = a9.fma(b1, c91);
      DoubleVector a10 = DoubleVector.broadcast(SPECIES, a[ao + p + 10 * as]);
      c100 = a10.fma(b0, c100);
      c101 = a10.fma(b1, c101);
      DoubleVector a11 = DoubleVector.broadcast(SPECIES, a[ao + p + 11 * as]);
      c110 = a11.fma(b0, c110);
      c111 = a11.fma(b1, c111);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + STEP, ORDER);
    c10.intoMemorySegment(c, co + cs, ORDER);
    c11.intoMemorySegment(c, co + cs + STEP, ORDER);
    c20.intoMemorySegment(c, co + 2 * cs, ORDER);
    c21.intoMemorySegment(c, co + 2 * cs + STEP, ORDER);
    c30.intoMemorySegment(c, co + 3 * cs, ORDER);
    c31.intoMemorySegment(c, co + 3 * cs + STEP, ORDER);
    c40.intoMemorySegment(c, co + 4 * cs, ORDER);
    c41.intoMemorySegment(c, co + 4 * cs + STEP, ORDER);
    c50.intoMemorySegment(c, co + 5 * cs, ORDER);
    c51.intoMemorySegment(c, co + 5 * cs + STEP, ORDER);
    c60.intoMemorySegment(c, co + 6 * cs, ORDER);
    c61.intoMemorySegment(c, co + 6 * cs + STEP, ORDER);
    c70.intoMemorySegment(c, co + 7 * cs, ORDER);
    c71.intoMemorySegment(c, co + 7 * cs + STEP, ORDER);
    c80.intoMemorySegment(c, co + 8 * cs, ORDER);
    c81.intoMemorySegment(c, co + 8 * cs + STEP, ORDER);
    c90.intoMemorySegment(c, co + 9 * cs, ORDER);
    c91.intoMemorySegment(c, co + 9 * cs + STEP, ORDER);
    c100.intoMemorySegment(c, co + 10 * cs, ORDER);
    c101.intoMemorySegment(c, co + 10 * cs + STEP, ORDER);
    c110.intoMemorySegment(c, co + 11 * cs, ORDER);
    c111.intoMemorySegment(c, co + 11 * cs + STEP, ORDER);
  }

  static void eightBy2(
      int k,
      double[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = c00;
    DoubleVector c10 = c00;
    DoubleVector c11 = c00;
    DoubleVector c20 = c00;
    DoubleVector c21 = c00;
    DoubleVector c30 = c00;
    DoubleVector c31 = c00;
    DoubleVector c40 = c00;
    DoubleVector c41 = c00;
    DoubleVector c50 = c00;
    DoubleVector c51 = c00;
    DoubleVector c60 = c00;
    DoubleVector c61 = c00;
    DoubleVector c70 = c00;
    DoubleVector c71 = c00;
    for (int p = 0; p < k; p++) {
      MemorySegment row = b.asSlice(bo + p * bs, 2 * STEP);
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, row, 0, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(SPECIES, row, STEP, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[ao + p + as]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[ao + p + 2 * as]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[ao + p + 3 * as]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[ao + p + 4 * as]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[ao + p + 5 * as]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[ao + p + 6 * as]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[ao + p + 7 * as]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + STEP, ORDER);
    c10.intoMemorySegment(c, co + cs, ORDER);
    c11.intoMemorySegment(c, co + cs + STEP, ORDER);
    c20.intoMemorySegment(c, co + 2 * cs, ORDER);
    c21.intoMemorySegment(c, co + 2 * cs + STEP, ORDER);
    c30.intoMemorySegment(c, co + 3 * cs, ORDER);
    c31.intoMemorySegment(c, co + 3 * cs + STEP, ORDER);
    c40.intoMemorySegment(c, co + 4 * cs, ORDER);
    c41.intoMemorySegment(c, co + 4 * cs + STEP, ORDER);
    c50.intoMemorySegment(c, co + 5 * cs, ORDER);
    c51.intoMemorySegment(c, co + 5 * cs + STEP, ORDER);
    c60.intoMemorySegment(c, co + 6 * cs, ORDER);
    c61.intoMemorySegment(c, co + 6 * cs + STEP, ORDER);
    c70.intoMemorySegment(c, co + 7 * cs, ORDER);
    c71.intoMemorySegment(c, co + 7 * cs + STEP, ORDER);
  }

  static void fourBy2(
      int k,
      double[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = c00;
    DoubleVector c10 = c00;
    DoubleVector c11 = c00;
    DoubleVector c20 = c00;
    DoubleVector c21 = c00;
    DoubleVector c30 = c00;
    DoubleVector c31 = c00;
    for (int p = 0; p < k; p++) {
      MemorySegment row = b.asSlice(bo + p * bs, 2 * STEP);
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, row, 0, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(SPECIES, row, STEP, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[ao + p + as]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[ao + p + 2 * as]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[ao + p + 3 * as]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + STEP, ORDER);
    c10.intoMemorySegment(c, co + cs, ORDER);
    c11.intoMemorySegment(c, co + cs + STEP, ORDER);
    c20.intoMemorySegment(c, co + 2 * cs, ORDER);
    c21.intoMemorySegment(c, co + 2 * cs + STEP, ORDER);
    c30.intoMemorySegment(c, co + 3 * cs, ORDER);
    c31.intoMemorySegment(c, co + 3 * cs + STEP, ORDER);
  }

  static void oneBy2(
      int k,
      double[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = c00;
    for (int p = 0; p < k; p++) {
      MemorySegment row = b.asSlice(bo + p * bs, 2 * STEP);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[ao + p]);
      c00 = DoubleVector.fromMemorySegment(SPECIES, row, 0, ORDER).fma(a0, c00);
      c01 = DoubleVector.fromMemorySegment(SPECIES, row, STEP, ORDER).fma(a0, c01);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + STEP, ORDER);
  }

  static void twelveBy1(
      int k,
      double[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c10 = c00;
    DoubleVector c20 = c00;
    DoubleVector c30 = c00;
    DoubleVector c40 = c00;
    DoubleVector c50 = c00;
    DoubleVector c60 = c00;
    DoubleVector c70 = c00;
    DoubleVector c80 = c00;
    DoubleVector c90 = c00;
    DoubleVector c100 = c00;
    DoubleVector c110 = c00;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[ao + p + as]);
      c10 = a1.fma(b0, c10);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[ao + p + 2 * as]);
      c20 = a2.fma(b0, c20);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[ao + p + 3 * as]);
      c30 = a3.fma(b0, c30);
      DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[ao + p + 4 * as]);
      c40 = a4.fma(b0, c40);
      DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[ao + p + 5 * as]);
      c50 = a5.fma(b0, c50);
      DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[ao + p + 6 * as]);
      c60 = a6.fma(b0, c60);
      DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[ao + p + 7 * as]);
      c70 = a7.fma(b0, c70);
      DoubleVector a8 = DoubleVector.broadcast(SPECIES, a[ao + p + 8 * as]);
      c80 = a8.fma(b0, c80);
      DoubleVector a9 = DoubleVector.broadcast(SPECIES, a[ao + p + 9 * as]);
      c90 = a9.fma(b0, c90);
      DoubleVector a10 = DoubleVector.broadcast(SPECIES, a[ao + p + 10 * as]);
      c100 = a10.fma(b0, c100);
      DoubleVector a11 = DoubleVector.broadcast(SPECIES, a[ao + p + 11 * as]);
      c110 = a11.fma(b0, c110);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c10.intoMemorySegment(c, co + cs, ORDER);
    c20.intoMemorySegment(c, co + 2 * cs, ORDER);
    c30.intoMemorySegment(c, co + 3 * cs, ORDER);
    c40.intoMemorySegment(c, co + 4 * cs, ORDER);
    c50.intoMemorySegment(c, co + 5 * cs, ORDER);
    c60.intoMemorySegment(c, co + 6 * cs, ORDER);
    c70.intoMemorySegment(c, co + 7 * cs, ORDER);
    c80.intoMemorySegment(c, co + 8 * cs, ORDER);
    c90.intoMemorySegment(c, co + 9 * cs, ORDER);
    c100.intoMemorySegment(c, co + 10 * cs, ORDER);
    c110.intoMemorySegment(c, co + 11 * cs, ORDER);
  }

  static void fourBy1(
      int k,
      double[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c10 = c00;
    DoubleVector c20 = c00;
    DoubleVector c30 = c00;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[ao + p + as]);
      c10 = a1.fma(b0, c10);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[ao + p + 2 * as]);
      c20 = a2.fma(b0, c20);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[ao + p + 3 * as]);
      c30 = a3.fma(b0, c30);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c10.intoMemorySegment(c, co + cs, ORDER);
    c20.intoMemorySegment(c, co + 2 * cs, ORDER);
    c30.intoMemorySegment(c, co + 3 * cs, ORDER);
  }

  static void oneBy1(
      int k,
      double[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[ao + p]);
      c00 = DoubleVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER).fma(a0, c00);
    }
    c00.intoMemorySegment(c, co, ORDER);
  }
}
