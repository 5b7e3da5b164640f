package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Products with fewer columns than a vector has lanes, where B is not transposed: straight from
/// the operands, with a mask over the columns. Rows past the last are that one again.
final class F32Narrow {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Float.BYTES;
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private F32Narrow() {}

  /// Offsets and distances in bytes: `as` between rows and `ap` between columns of op(A), `bs` and
  /// `cs` between rows.
  static void multiply(
      int m,
      int n,
      int k,
      float alpha,
      MemorySegment a,
      long ao,
      long as,
      long ap,
      MemorySegment b,
      long bo,
      long bs,
      float beta,
      MemorySegment c,
      long co,
      long cs) {
    if (alpha == 1 && beta == 0) {
      for (int i = 0; i < m; i += 8) {
        tile(Math.min(8, m - i), n, k, a, ao + i * as, as, ap, b, bo, bs, c, co + i * cs, cs);
      }
      return;
    }
    Scratch scratch = Scratch.take();
    MemorySegment t = scratch.tile;
    for (int i = 0; i < m; i += 8) {
      int rows = Math.min(8, m - i);
      tile(rows, n, k, a, ao + i * as, as, ap, b, bo, bs, t, 0, (long) LANES * BYTES);
      add(rows, n, t, alpha, beta, c, co + i * cs, cs);
    }
    scratch.release();
  }

  private static void tile(
      int rows,
      int n,
      int k,
      MemorySegment a,
      long ao,
      long as,
      long ap,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    if (rows > 4) {
      eight(rows, n, k, a, ao, as, ap, b, bo, bs, c, co, cs);
    } else if (rows > 1) {
      four(rows, n, k, a, ao, as, ap, b, bo, bs, c, co, cs);
    } else {
      one(n, k, a, ao, ap, b, bo, bs, c, co);
    }
  }

  private static void eight(
      int rows,
      int n,
      int k,
      MemorySegment a,
      long ao,
      long as,
      long ap,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    VectorMask<Float> mask = F32Tile.first(n);
    int last = rows - 1;
    long a1 = ao + Math.min(1, last) * as;
    long a2 = ao + Math.min(2, last) * as;
    long a3 = ao + Math.min(3, last) * as;
    long a4 = ao + Math.min(4, last) * as;
    long a5 = ao + Math.min(5, last) * as;
    long a6 = ao + Math.min(6, last) * as;
    long a7 = ao + Math.min(7, last) * as;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER, mask);
      long at = p * ap;
      c0 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, ao + at)).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a1 + at)).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a2 + at)).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a3 + at)).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a4 + at)).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a5 + at)).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a6 + at)).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a7 + at)).fma(b0, c7);
    }
    c0.intoMemorySegment(c, co, ORDER, mask);
    c1.intoMemorySegment(c, co + Math.min(1, last) * cs, ORDER, mask);
    c2.intoMemorySegment(c, co + Math.min(2, last) * cs, ORDER, mask);
    c3.intoMemorySegment(c, co + Math.min(3, last) * cs, ORDER, mask);
    c4.intoMemorySegment(c, co + Math.min(4, last) * cs, ORDER, mask);
    c5.intoMemorySegment(c, co + Math.min(5, last) * cs, ORDER, mask);
    c6.intoMemorySegment(c, co + Math.min(6, last) * cs, ORDER, mask);
    c7.intoMemorySegment(c, co + Math.min(7, last) * cs, ORDER, mask);
  }

  private static void four(
      int rows,
      int n,
      int k,
      MemorySegment a,
      long ao,
      long as,
      long ap,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    VectorMask<Float> mask = F32Tile.first(n);
    int last = rows - 1;
    long a1 = ao + Math.min(1, last) * as;
    long a2 = ao + Math.min(2, last) * as;
    long a3 = ao + Math.min(3, last) * as;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER, mask);
      long at = p * ap;
      c0 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, ao + at)).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a1 + at)).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a2 + at)).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, a3 + at)).fma(b0, c3);
    }
    c0.intoMemorySegment(c, co, ORDER, mask);
    c1.intoMemorySegment(c, co + Math.min(1, last) * cs, ORDER, mask);
    c2.intoMemorySegment(c, co + Math.min(2, last) * cs, ORDER, mask);
    c3.intoMemorySegment(c, co + Math.min(3, last) * cs, ORDER, mask);
  }

  private static void one(
      int n,
      int k,
      MemorySegment a,
      long ao,
      long ap,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co) {
    VectorMask<Float> mask = F32Tile.first(n);
    FloatVector c0 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER, mask);
      long at = p * ap;
      c0 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, ao + at)).fma(b0, c0);
    }
    c0.intoMemorySegment(c, co, ORDER, mask);
  }

  private static void add(
      int rows,
      int n,
      MemorySegment t,
      float alpha,
      float beta,
      MemorySegment c,
      long at,
      long cs) {
    VectorMask<Float> mask = F32Tile.first(n);
    for (int i = 0; i < rows; i++) {
      long to = at + i * cs;
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, t, (long) i * LANES * BYTES, ORDER);
      v = v.mul(alpha);
      if (beta != 0) {
        v = FloatVector.fromMemorySegment(SPECIES, c, to, ORDER, mask).mul(beta).add(v);
      }
      v.intoMemorySegment(c, to, ORDER, mask);
    }
  }
}
