package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/// Small products and products of few rows with B where it lies: packing it would cost more than it
/// saves. B is not transposed and has at least [F32Tile#LANES] columns; vectors run along the
/// columns of C. A is copied to the heap, where the compiler needs no check for each element.
///
/// The last strip of columns and the last tile of rows overlap those before, which costs less than
/// masks: they write the same numbers again.
final class F32Direct {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Float.BYTES;

  /// Whether there are 32 registers for sure, so that a tile can have 24 accumulators.
  private static final boolean LARGE = SPECIES.vectorBitSize() >= 512;

  private F32Direct() {}

  /// Offsets and distances in bytes: `bs` and `cs` between rows; that of A in elements.
  static void multiply(
      boolean transA,
      int m,
      int n,
      int k,
      float alpha,
      MemorySegment a,
      long ao,
      long lda,
      MemorySegment b,
      long bo,
      long bs,
      float beta,
      MemorySegment c,
      long co,
      long cs) {
    Scratch scratch = Scratch.take();
    float[] rows = scratch.ensureFloatsA((transA ? m : 12) * k + LANES);
    if (transA) {
      F32Pack.rowsTransposed(a, ao, lda, m, k, rows, k, scratch.floatWork);
    }
    boolean plain = alpha == 1 && beta == 0;
    for (int i = 0; i < m; ) {
      int step = step(m, m - i);
      int at = Math.min(i, m - step);
      if (!transA) {
        F32Pack.rows(a, ao + at * lda * BYTES, lda, step, k, rows, k);
      }
      int from = transA ? at * k : 0;
      if (plain) {
        rows(step, m, n, k, rows, from, b, bo, bs, c, co + at * cs, cs);
      } else {
        rows(
            step,
            i - at,
            m,
            n,
            k,
            alpha,
            rows,
            from,
            b,
            bo,
            bs,
            beta,
            c,
            co + at * cs,
            cs,
            scratch.tile);
      }
      i = at + step;
    }
    scratch.release();
  }

  /// How many rows come next, where `left` of `m` are left.
  private static int step(int m, int left) {
    if (left > 8 && m >= 12) {
      return 12;
    }
    if (left > 4 && m >= 8) {
      return 8;
    }
    return left > 2 && m >= 4 ? 4 : Math.min(left, 2);
  }

  /// How many vectors wide the next strip is, where `left` of `n` columns are left.
  private static int vectors(int m, int n, int left) {
    if (m == 1 && left >= 8 * LANES) {
      return 8;
    }
    if (left > 3 * LANES && n >= 4 * LANES && (LARGE || m < 4)) {
      return 4;
    }
    return left > LANES && n >= 2 * LANES ? 2 : 1;
  }

  /// How many of `rows` rows a tile has.
  private static int tileRows(int vectors, int rows) {
    if (rows <= 4) {
      return vectors >= 4 || rows == 4 ? rows : 1;
    }
    if (vectors == 4) {
      return rows / 2;
    }
    boolean whole = LARGE ? vectors == 2 || rows == 12 : vectors == 1 && rows == 12;
    return whole ? rows : 4;
  }

  private static void rows(
      int rows,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    for (int j = 0; j < n; ) {
      int vectors = vectors(m, n, n - j);
      int at = Math.min(j, n - vectors * LANES);
      long bytes = (long) at * BYTES;
      int step = tileRows(vectors, rows);
      for (int r = 0; r < rows; r += step) {
        tile(vectors, step, k, a, ao + r * k, b, bo + bytes, bs, c, co + r * cs + bytes, cs);
      }
      j = at + vectors * LANES;
    }
  }

  /// Every tile by way of a small one aside; the first `ready` rows have been written before.
  private static void rows(
      int rows,
      int ready,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int ao,
      MemorySegment b,
      long bo,
      long bs,
      float beta,
      MemorySegment c,
      long co,
      long cs,
      MemorySegment t) {
    for (int j = 0; j < n; ) {
      int vectors = vectors(m, n, n - j);
      int at = Math.min(j, n - vectors * LANES);
      long bytes = (long) at * BYTES;
      int step = tileRows(vectors, rows);
      long ts = (long) vectors * LANES * BYTES;
      for (int r = 0; r < rows; r += step) {
        tile(vectors, step, k, a, ao + r * k, b, bo + bytes, bs, t, 0, ts);
        for (int h = Math.max(0, ready - r); h < step; h++) {
          add(vectors, t, h * ts, alpha, beta, c, co + (r + h) * cs + bytes, j - at);
        }
      }
      j = at + vectors * LANES;
    }
  }

  private static void add(
      int vectors,
      MemorySegment t,
      long from,
      float alpha,
      float beta,
      MemorySegment c,
      long at,
      int done) {
    for (int h = 0; h < vectors; h++) {
      long step = (long) h * LANES * BYTES;
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, t, from + step, ORDER).mul(alpha);
      if (beta != 0) {
        FloatVector old = FloatVector.fromMemorySegment(SPECIES, c, at + step, ORDER);
        v = old.mul(beta).add(v).blend(old, F32Tile.first(done - h * LANES));
      }
      v.intoMemorySegment(c, at + step, ORDER);
    }
  }

  private static void tile(
      int vectors,
      int rows,
      int k,
      float[] a,
      int ao,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    switch (vectors * 16 + rows) {
      case 8 * 16 + 1 -> F32Strip4.oneBy8(k, a, ao, k, b, bo, bs, c, co, cs);
      case 4 * 16 + 1 -> F32Strip4.oneBy4(k, a, ao, k, b, bo, bs, c, co, cs);
      case 4 * 16 + 2 -> F32Strip4.twoBy4(k, a, ao, k, b, bo, bs, c, co, cs);
      case 4 * 16 + 4 -> F32Strip4.fourBy4(k, a, ao, k, b, bo, bs, c, co, cs);
      case 4 * 16 + 6 -> F32Strip4.sixBy4(k, a, ao, k, b, bo, bs, c, co, cs);
      case 2 * 16 + 1 -> F32Strip2.oneBy2(k, a, ao, k, b, bo, bs, c, co, cs);
      case 2 * 16 + 4 -> F32Strip2.fourBy2(k, a, ao, k, b, bo, bs, c, co, cs);
      case 2 * 16 + 8 -> F32Strip2.eightBy2(k, a, ao, k, b, bo, bs, c, co, cs);
      case 2 * 16 + 12 -> F32Strip2.twelveBy2(k, a, ao, k, b, bo, bs, c, co, cs);
      case 16 + 1 -> F32Strip2.oneBy1(k, a, ao, k, b, bo, bs, c, co, cs);
      case 16 + 4 -> F32Strip2.fourBy1(k, a, ao, k, b, bo, bs, c, co, cs);
      default -> F32Strip2.twelveBy1(k, a, ao, k, b, bo, bs, c, co, cs);
    }
  }
}
