package dev.gatun.kernel;

import static dev.gatun.kernel.F64Tile.LANES;
import static dev.gatun.kernel.F64Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Products with fewer columns than a vector has lanes, where B is not transposed: straight from
/// the operands, with a mask over the columns. Rows past the last are that one again.
final class F64Narrow {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final ValueLayout.OfDouble ELEMENT = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private F64Narrow() {}

  /// Offsets and distances in bytes: `as` between rows and `ap` between columns of op(A), `bs` and
  /// `cs` between rows.
  static void multiply(
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      long ao,
      long as,
      long ap,
      MemorySegment b,
      long bo,
      long bs,
      double beta,
      MemorySegment c,
      long co,
      long cs) {
    Scratch scratch = Scratch.take();
    double[] t = scratch.doubleTile;
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
      double[] t) {
    VectorMask<Double> mask = F64Tile.first(n);
    int last = rows - 1;
    long a1 = ao + Math.min(1, last) * as;
    long a2 = ao + Math.min(2, last) * as;
    long a3 = ao + Math.min(3, last) * as;
    long a4 = ao + Math.min(4, last) * as;
    long a5 = ao + Math.min(5, last) * as;
    long a6 = ao + Math.min(6, last) * as;
    long a7 = ao + Math.min(7, last) * as;
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    DoubleVector c1 = c0;
    DoubleVector c2 = c0;
    DoubleVector c3 = c0;
    DoubleVector c4 = c0;
    DoubleVector c5 = c0;
    DoubleVector c6 = c0;
    DoubleVector c7 = c0;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER, mask);
      long at = p * ap;
      c0 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, ao + at)).fma(b0, c0);
      c1 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a1 + at)).fma(b0, c1);
      c2 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a2 + at)).fma(b0, c2);
      c3 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a3 + at)).fma(b0, c3);
      c4 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a4 + at)).fma(b0, c4);
      c5 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a5 + at)).fma(b0, c5);
      c6 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a6 + at)).fma(b0, c6);
      c7 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a7 + at)).fma(b0, c7);
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
      double[] t) {
    VectorMask<Double> mask = F64Tile.first(n);
    int last = rows - 1;
    long a1 = ao + Math.min(1, last) * as;
    long a2 = ao + Math.min(2, last) * as;
    long a3 = ao + Math.min(3, last) * as;
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    DoubleVector c1 = c0;
    DoubleVector c2 = c0;
    DoubleVector c3 = c0;
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER, mask);
      long at = p * ap;
      c0 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, ao + at)).fma(b0, c0);
      c1 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a1 + at)).fma(b0, c1);
      c2 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a2 + at)).fma(b0, c2);
      c3 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, a3 + at)).fma(b0, c3);
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
      double[] t) {
    VectorMask<Double> mask = F64Tile.first(n);
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      DoubleVector b0 = DoubleVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER, mask);
      long at = p * ap;
      c0 = DoubleVector.broadcast(SPECIES, a.get(ELEMENT, ao + at)).fma(b0, c0);
    }
    c0.intoArray(t, 0);
  }

  private static void put(
      double[] t, int rows, int n, double alpha, double beta, MemorySegment c, long at, long cs) {
    VectorMask<Double> mask = F64Tile.first(n);
    for (int i = 0; i < rows; i++) {
      long to = at + i * cs;
      DoubleVector v = DoubleVector.fromArray(SPECIES, t, i * LANES).mul(alpha);
      if (beta != 0) {
        v = DoubleVector.fromMemorySegment(SPECIES, c, to, ORDER, mask).mul(beta).add(v);
      }
      v.intoMemorySegment(c, to, ORDER, mask);
    }
  }
}
