package dev.gatun.kernel;

import static dev.gatun.kernel.F64Tile.LANES;
import static dev.gatun.kernel.F64Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;

/// Small products and products of few rows with B where it lies: packing it would cost more than it
/// saves. B is not transposed and has at least [F64Tile#LANES] columns; vectors run along the
/// columns of C. A is copied to the heap, where the compiler needs no check for each element.
///
/// The last strip of columns and the last tile of rows overlap those before, which costs less than
/// masks: they write the same numbers again.
final class F64Direct {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Double.BYTES;

  /// Whether there are 32 registers for sure, so that a tile can have 24 accumulators.
  private static final boolean LARGE = SPECIES.vectorBitSize() >= 512;

  private F64Direct() {}

  /// Offsets and distances in bytes: `bs` and `cs` between rows; that of A in elements.
  static void multiply(
      boolean transA,
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      long ao,
      long lda,
      MemorySegment b,
      long bo,
      long bs,
      double beta,
      MemorySegment c,
      long co,
      long cs) {
    Scratch scratch = Scratch.take();
    double[] rows = scratch.ensureDoublesA(m * k + LANES);
    if (transA) {
      F64Pack.rowsTransposed(a, ao, lda, m, k, rows, k, scratch.doubleWork);
    } else {
      F64Pack.rows(a, ao, lda, m, k, rows, k);
    }
    boolean plain = alpha == 1 && beta == 0;
    for (int j = 0; j < n; ) {
      int vectors = vectors(m, n, n - j);
      int at = Math.min(j, n - vectors * LANES);
      long bj = bo + (long) at * BYTES;
      long cj = co + (long) at * BYTES;
      if (plain) {
        strip(vectors, m, k, rows, b, bj, bs, c, cj, cs);
      } else {
        strip(vectors, m, k, rows, b, bj, bs, alpha, beta, c, cj, cs, j - at, scratch.tile);
      }
      j = at + vectors * LANES;
    }
    scratch.release();
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

  /// How many rows the next tile has, where `left` of `m` are left.
  private static int rows(int vectors, int m, int left) {
    if (vectors == 4) {
      return left > 4 && m >= 6 && LARGE ? 6 : left > 2 && m >= 4 && LARGE ? 4 : m >= 2 ? 2 : 1;
    }
    if (left > 8 && m >= 12 && (LARGE || vectors == 1)) {
      return 12;
    }
    if (left > 4 && m >= 8 && LARGE && vectors == 2) {
      return 8;
    }
    return m >= 4 ? 4 : 1;
  }

  private static void strip(
      int vectors,
      int m,
      int k,
      double[] a,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    for (int i = 0; i < m; ) {
      int rows = rows(vectors, m, m - i);
      int at = Math.min(i, m - rows);
      tile(vectors, rows, k, a, at * k, b, bo, bs, c, co + at * cs, cs);
      i = at + rows;
    }
  }

  /// Every tile by way of a small one aside; `done` columns have been written by the strip before.
  private static void strip(
      int vectors,
      int m,
      int k,
      double[] a,
      MemorySegment b,
      long bo,
      long bs,
      double alpha,
      double beta,
      MemorySegment c,
      long co,
      long cs,
      int done,
      MemorySegment t) {
    long ts = (long) vectors * LANES * BYTES;
    for (int i = 0; i < m; ) {
      int rows = rows(vectors, m, m - i);
      int at = Math.min(i, m - rows);
      tile(vectors, rows, k, a, at * k, b, bo, bs, t, 0, ts);
      for (int r = i - at; r < rows; r++) {
        add(vectors, t, r * ts, alpha, beta, c, co + (at + r) * cs, done);
      }
      i = at + rows;
    }
  }

  private static void add(
      int vectors,
      MemorySegment t,
      long from,
      double alpha,
      double beta,
      MemorySegment c,
      long at,
      int done) {
    for (int h = 0; h < vectors; h++) {
      long step = (long) h * LANES * BYTES;
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, t, from + step, ORDER).mul(alpha);
      if (beta != 0) {
        DoubleVector old = DoubleVector.fromMemorySegment(SPECIES, c, at + step, ORDER);
        v = old.mul(beta).add(v).blend(old, F64Tile.first(done - h * LANES));
      }
      v.intoMemorySegment(c, at + step, ORDER);
    }
  }

  private static void tile(
      int vectors,
      int rows,
      int k,
      double[] a,
      int ao,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs) {
    switch (vectors * 16 + rows) {
      case 8 * 16 + 1 -> F64Strip4.oneBy8(k, a, ao, k, b, bo, bs, c, co, cs);
      case 4 * 16 + 1 -> F64Strip4.oneBy4(k, a, ao, k, b, bo, bs, c, co, cs);
      case 4 * 16 + 2 -> F64Strip4.twoBy4(k, a, ao, k, b, bo, bs, c, co, cs);
      case 4 * 16 + 4 -> F64Strip4.fourBy4(k, a, ao, k, b, bo, bs, c, co, cs);
      case 4 * 16 + 6 -> F64Strip4.sixBy4(k, a, ao, k, b, bo, bs, c, co, cs);
      case 2 * 16 + 1 -> F64Strip2.oneBy2(k, a, ao, k, b, bo, bs, c, co, cs);
      case 2 * 16 + 4 -> F64Strip2.fourBy2(k, a, ao, k, b, bo, bs, c, co, cs);
      case 2 * 16 + 8 -> F64Strip2.eightBy2(k, a, ao, k, b, bo, bs, c, co, cs);
      case 2 * 16 + 12 -> F64Strip2.twelveBy2(k, a, ao, k, b, bo, bs, c, co, cs);
      case 16 + 1 -> F64Strip2.oneBy1(k, a, ao, k, b, bo, bs, c, co, cs);
      case 16 + 4 -> F64Strip2.fourBy1(k, a, ao, k, b, bo, bs, c, co, cs);
      default -> F64Strip2.twelveBy1(k, a, ao, k, b, bo, bs, c, co, cs);
    }
  }
}
