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
    Scratch scratch = Scratch.take();
    float[] t = scratch.floatTile;
    for (int i = 0; i < m; ) {
      long ai = ao + i * as;
      int rows = Math.min(8, m - i);
      if (rows > 4) {
        eight(rows, n, k, a, ai, as, ap, b, bo, bs, t);
      } else if (rows == 1) {
        one(n, k, a, ai, ap, b, bo, bs, t);
      } else {
        four(rows, n, k, a, ai, as, ap, b, bo, bs, t);
      }
      put(t, rows, n, alpha, beta, c, co + i * cs, cs);
      i += rows;
    }
    scratch.release();
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
      float[] t) {
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
    c0.intoArray(t, 0);
    c1.intoArray(t, LANES);
    c2.intoArray(t, 2 * LANES);
    c3.intoArray(t, 3 * LANES);
    c4.intoArray(t, 4 * LANES);
    c5.intoArray(t, 5 * LANES);
    c6.intoArray(t, 6 * LANES);
    c7.intoArray(t, 7 * LANES);
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
      float[] t) {
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
    c0.intoArray(t, 0);
    c1.intoArray(t, LANES);
    c2.intoArray(t, 2 * LANES);
    c3.intoArray(t, 3 * LANES);
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
      float[] t) {
    VectorMask<Float> mask = F32Tile.first(n);
    FloatVector c0 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER, mask);
      long at = p * ap;
      c0 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, ao + at)).fma(b0, c0);
    }
    c0.intoArray(t, 0);
  }

  private static void put(
      float[] t, int rows, int n, float alpha, float beta, MemorySegment c, long at, long cs) {
    VectorMask<Float> mask = F32Tile.first(n);
    for (int i = 0; i < rows; i++) {
      long to = at + i * cs;
      FloatVector v = FloatVector.fromArray(SPECIES, t, i * LANES).mul(alpha);
      if (beta != 0) {
        v = FloatVector.fromMemorySegment(SPECIES, c, to, ORDER, mask).mul(beta).add(v);
      }
      v.intoMemorySegment(c, to, ORDER, mask);
    }
  }
}
