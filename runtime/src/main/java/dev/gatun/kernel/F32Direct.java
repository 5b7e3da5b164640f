package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/// Small products and products of few rows, straight from the operands: packing would cost more
/// than it saves. B is not transposed here and has at least [F32Tile#LANES] columns; vectors run
/// along the columns of C. The last strip of columns overlaps the one before it, which costs less
/// than masks.
final class F32Direct {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Float.BYTES;
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private F32Direct() {}

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
    int i = 0;
    for (; i + 4 <= m; i += 4) {
      long ai = ao + i * as;
      long ci = co + i * cs;
      int j = 0;
      for (; j + 2 * LANES <= n; j += 2 * LANES) {
        long at = (long) j * BYTES;
        rows4(k, alpha, a, ai, as, ap, b, bo + at, bs, beta, c, ci + at, cs);
      }
      for (; j < n; j += LANES) {
        int done = Math.max(0, j + LANES - n);
        long at = (long) (j - done) * BYTES;
        rows4Narrow(k, alpha, a, ai, as, ap, b, bo + at, bs, beta, c, ci + at, cs, done);
      }
    }
    for (; i < m; i++) {
      long ai = ao + i * as;
      long ci = co + i * cs;
      int j = 0;
      for (; j + 4 * LANES <= n; j += 4 * LANES) {
        long at = (long) j * BYTES;
        row(k, alpha, a, ai, ap, b, bo + at, bs, beta, c, ci + at);
      }
      for (; j < n; j += LANES) {
        int done = Math.max(0, j + LANES - n);
        long at = (long) (j - done) * BYTES;
        rowNarrow(k, alpha, a, ai, ap, b, bo + at, bs, beta, c, ci + at, done);
      }
    }
  }

  private static void rows4(
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
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int p = 0; p < k; p++) {
      long at = ao + p * ap;
      long bt = bo + p * bs;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, bt, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(SPECIES, b, bt + (long) LANES * BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, at));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, at + as));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, at + 2 * as));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, at + 3 * as));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    put(c00, c01, alpha, beta, c, co);
    put(c10, c11, alpha, beta, c, co + cs);
    put(c20, c21, alpha, beta, c, co + 2 * cs);
    put(c30, c31, alpha, beta, c, co + 3 * cs);
  }

  private static void rows4Narrow(
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
      long cs,
      int done) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    for (int p = 0; p < k; p++) {
      long at = ao + p * ap;
      FloatVector b0 = FloatVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER);
      c0 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, at)).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, at + as)).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, at + 2 * as)).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, at + 3 * as)).fma(b0, c3);
    }
    put(c0, alpha, beta, c, co, done);
    put(c1, alpha, beta, c, co + cs, done);
    put(c2, alpha, beta, c, co + 2 * cs, done);
    put(c3, alpha, beta, c, co + 3 * cs, done);
  }

  private static void row(
      int k,
      float alpha,
      MemorySegment a,
      long ao,
      long ap,
      MemorySegment b,
      long bo,
      long bs,
      float beta,
      MemorySegment c,
      long co) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    long step = (long) LANES * BYTES;
    for (int p = 0; p < k; p++) {
      long bt = bo + p * bs;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, ao + p * ap));
      c0 = FloatVector.fromMemorySegment(SPECIES, b, bt, ORDER).fma(a0, c0);
      c1 = FloatVector.fromMemorySegment(SPECIES, b, bt + step, ORDER).fma(a0, c1);
      c2 = FloatVector.fromMemorySegment(SPECIES, b, bt + 2 * step, ORDER).fma(a0, c2);
      c3 = FloatVector.fromMemorySegment(SPECIES, b, bt + 3 * step, ORDER).fma(a0, c3);
    }
    put(c0, c1, alpha, beta, c, co);
    put(c2, c3, alpha, beta, c, co + 2 * step);
  }

  private static void rowNarrow(
      int k,
      float alpha,
      MemorySegment a,
      long ao,
      long ap,
      MemorySegment b,
      long bo,
      long bs,
      float beta,
      MemorySegment c,
      long co,
      int done) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector a0 = FloatVector.broadcast(SPECIES, a.get(ELEMENT, ao + p * ap));
      c0 = FloatVector.fromMemorySegment(SPECIES, b, bo + p * bs, ORDER).fma(a0, c0);
    }
    put(c0, alpha, beta, c, co, done);
  }

  private static void put(
      FloatVector v0, FloatVector v1, float alpha, float beta, MemorySegment c, long at) {
    FloatVector r0 = v0.mul(alpha);
    FloatVector r1 = v1.mul(alpha);
    long next = at + (long) LANES * BYTES;
    if (beta != 0) {
      r0 = FloatVector.fromMemorySegment(SPECIES, c, at, ORDER).mul(beta).add(r0);
      r1 = FloatVector.fromMemorySegment(SPECIES, c, next, ORDER).mul(beta).add(r1);
    }
    r0.intoMemorySegment(c, at, ORDER);
    r1.intoMemorySegment(c, next, ORDER);
  }

  /// Leaves the first `done` lanes as they are: the strip before has written them.
  private static void put(
      FloatVector v, float alpha, float beta, MemorySegment c, long at, int done) {
    FloatVector r = v.mul(alpha);
    if (beta != 0) {
      FloatVector old = FloatVector.fromMemorySegment(SPECIES, c, at, ORDER);
      r = old.mul(beta).add(r).blend(old, F32Tile.first(done));
    }
    r.intoMemorySegment(c, at, ORDER);
  }
}
