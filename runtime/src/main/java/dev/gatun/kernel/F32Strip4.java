package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/// Tiles of four and eight vectors of columns for [F32Direct]: the element of C in row i and column
/// j is the sum over p of `a[ao + i * as + p]` times row p, column j of B, every one a chain of
/// fused multiply-adds over p. B is read and C written in place; `bs` and `cs` are distances
/// between rows in bytes.
///
/// A tile that does not fit into registers, or a method with more than some 40 accesses to
/// segments, which the compiler no longer inlines, would be ten times slower.
final class F32Strip4 {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final long STEP = (long) LANES * Float.BYTES;

  private F32Strip4() {}

  static void sixBy4(
      int k,
      float[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c42 = c00;
    FloatVector c43 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c52 = c00;
    FloatVector c53 = c00;
    for (int p = 0; p < k; p++) {
      MemorySegment row = b.asSlice(bo + p * bs, 4 * STEP);
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, row, 0, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, row, STEP, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, row, 2 * STEP, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(SPECIES, row, 3 * STEP, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[ao + p + as]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[ao + p + 2 * as]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[ao + p + 3 * as]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[ao + p + 4 * as]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[ao + p + 5 * as]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      c53 = a5.fma(b3, c53);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + STEP, ORDER);
    c02.intoMemorySegment(c, co + 2 * STEP, ORDER);
    c03.intoMemorySegment(c, co + 3 * STEP, ORDER);
    c10.intoMemorySegment(c, co + cs, ORDER);
    c11.intoMemorySegment(c, co + cs + STEP, ORDER);
    c12.intoMemorySegment(c, co + cs + 2 * STEP, ORDER);
    c13.intoMemorySegment(c, co + cs + 3 * STEP, ORDER);
    c20.intoMemorySegment(c, co + 2 * cs, ORDER);
    c21.intoMemorySegment(c, co + 2 * cs + STEP, ORDER);
    c22.intoMemorySegment(c, co + 2 * cs + 2 * STEP, ORDER);
    c23.intoMemorySegment(c, co + 2 * cs + 3 * STEP, ORDER);
    c30.intoMemorySegment(c, co + 3 * cs, ORDER);
    c31.intoMemorySegment(c, co + 3 * cs + STEP, ORDER);
    c32.intoMemorySegment(c, co + 3 * cs + 2 * STEP, ORDER);
    c33.intoMemorySegment(c, co + 3 * cs + 3 * STEP, ORDER);
    c40.intoMemorySegment(c, co + 4 * cs, ORDER);
    c41.intoMemorySegment(c, co + 4 * cs + STEP, ORDER);
    c42.intoMemorySegment(c, co + 4 * cs + 2 * STEP, ORDER);
    c43.intoMemorySegment(c, co + 4 * cs + 3 * STEP, ORDER);
    c50.intoMemorySegment(c, co + 5 * cs, ORDER);
    c51.intoMemorySegment(c, co + 5 * cs + STEP, ORDER);
    c52.intoMemorySegment(c, co + 5 * cs + 2 * STEP, ORDER);
    c53.intoMemorySegment(c, co + 5 * cs + 3 * STEP, ORDER);
  }

  static void fourBy4(
      int k,
      float[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    for (int p = 0; p < k; p++) {
      MemorySegment row = b.asSlice(bo + p * bs, 4 * STEP);
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, row, 0, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, row, STEP, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, row, 2 * STEP, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(SPECIES, row, 3 * STEP, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[ao + p + as]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[ao + p + 2 * as]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[ao + p + 3 * as]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + STEP, ORDER);
    c02.intoMemorySegment(c, co + 2 * STEP, ORDER);
    c03.intoMemorySegment(c, co + 3 * STEP, ORDER);
    c10.intoMemorySegment(c, co + cs, ORDER);
    c11.intoMemorySegment(c, co + cs + STEP, ORDER);
    c12.intoMemorySegment(c, co + cs + 2 * STEP, ORDER);
    c13.intoMemorySegment(c, co + cs + 3 * STEP, ORDER);
    c20.intoMemorySegment(c, co + 2 * cs, ORDER);
    c21.intoMemorySegment(c, co + 2 * cs + STEP, ORDER);
    c22.intoMemorySegment(c, co + 2 * cs + 2 * STEP, ORDER);
    c23.intoMemorySegment(c, co + 2 * cs + 3 * STEP, ORDER);
    c30.intoMemorySegment(c, co + 3 * cs, ORDER);
    c31.intoMemorySegment(c, co + 3 * cs + STEP, ORDER);
    c32.intoMemorySegment(c, co + 3 * cs + 2 * STEP, ORDER);
    c33.intoMemorySegment(c, co + 3 * cs + 3 * STEP, ORDER);
  }

  static void twoBy4(
      int k,
      float[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    for (int p = 0; p < k; p++) {
      MemorySegment row = b.asSlice(bo + p * bs, 4 * STEP);
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, row, 0, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, row, STEP, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(SPECIES, row, 2 * STEP, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(SPECIES, row, 3 * STEP, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[ao + p + as]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + STEP, ORDER);
    c02.intoMemorySegment(c, co + 2 * STEP, ORDER);
    c03.intoMemorySegment(c, co + 3 * STEP, ORDER);
    c10.intoMemorySegment(c, co + cs, ORDER);
    c11.intoMemorySegment(c, co + cs + STEP, ORDER);
    c12.intoMemorySegment(c, co + cs + 2 * STEP, ORDER);
    c13.intoMemorySegment(c, co + cs + 3 * STEP, ORDER);
  }

  static void oneBy4(
      int k,
      float[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    for (int p = 0; p < k; p++) {
      MemorySegment row = b.asSlice(bo + p * bs, 4 * STEP);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = FloatVector.fromMemorySegment(SPECIES, row, 0, ORDER).fma(a0, c00);
      c01 = FloatVector.fromMemorySegment(SPECIES, row, STEP, ORDER).fma(a0, c01);
      c02 = FloatVector.fromMemorySegment(SPECIES, row, 2 * STEP, ORDER).fma(a0, c02);
      c03 = FloatVector.fromMemorySegment(SPECIES, row, 3 * STEP, ORDER).fma(a0, c03);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + STEP, ORDER);
    c02.intoMemorySegment(c, co + 2 * STEP, ORDER);
    c03.intoMemorySegment(c, co + 3 * STEP, ORDER);
  }

  static void oneBy8(
      int k,
      float[] a,
      int ao,
      int as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c04 = c00;
    FloatVector c05 = c00;
    FloatVector c06 = c00;
    FloatVector c07 = c00;
    for (int p = 0; p < k; p++) {
      MemorySegment row = b.asSlice(bo + p * bs, 8 * STEP);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = FloatVector.fromMemorySegment(SPECIES, row, 0, ORDER).fma(a0, c00);
      c01 = FloatVector.fromMemorySegment(SPECIES, row, STEP, ORDER).fma(a0, c01);
      c02 = FloatVector.fromMemorySegment(SPECIES, row, 2 * STEP, ORDER).fma(a0, c02);
      c03 = FloatVector.fromMemorySegment(SPECIES, row, 3 * STEP, ORDER).fma(a0, c03);
      c04 = FloatVector.fromMemorySegment(SPECIES, row, 4 * STEP, ORDER).fma(a0, c04);
      c05 = FloatVector.fromMemorySegment(SPECIES, row, 5 * STEP, ORDER).fma(a0, c05);
      c06 = FloatVector.fromMemorySegment(SPECIES, row, 6 * STEP, ORDER).fma(a0, c06);
      c07 = FloatVector.fromMemorySegment(SPECIES, row, 7 * STEP, ORDER).fma(a0, c07);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + STEP, ORDER);
    c02.intoMemorySegment(c, co + 2 * STEP, ORDER);
    c03.intoMemorySegment(c, co + 3 * STEP, ORDER);
    c04.intoMemorySegment(c, co + 4 * STEP, ORDER);
    c05.intoMemorySegment(c, co + 5 * STEP, ORDER);
    c06.intoMemorySegment(c, co + 6 * STEP, ORDER);
    c07.intoMemorySegment(c, co + 7 * STEP, ORDER);
  }
}
