package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.KC;
import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.NR;
import static dev.gatun.kernel.F32Tile.SPECIES;
import static dev.gatun.kernel.F32Tile.STRIDE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/// The blocked product: panels of B (KC x NC) and of A (MC x KC) are packed to stay in the
/// second-level cache, then every pair of panels meets in [F32Tile].
final class F32Gemm {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Float.BYTES;
  static final int MC = 238;
  static final int NC = 512;

  /// Where the panels of B begin: an array as large as theirs mostly lies at the beginning of a
  /// region of the heap, 16 bytes of header first, and here a cache line starts. A vector that
  /// straddles two costs a tenth of the speed.
  static final int START = 48 / BYTES;

  private F32Gemm() {}

  /// Elements of `k` in each pass. The passes are of one length: a short last one would cost as
  /// much for C as a whole one.
  static int depth(long k) {
    long passes = Math.ceilDiv(k, KC);
    return Math.ceilDiv((int) Math.ceilDiv(k, passes), LANES) * LANES;
  }

  /// Computes rows i0..i1 and columns j0..j1 of the product.
  static void block(Product x, long i0, long i1, long j0, long j1) {
    block(x, null, i0, i1, j0, j1);
  }

  /// The same with the panels of B at hand; `j0` is then 0.
  static void block(Product x, @Nullable F32PackedB packed, long i0, long i1, long j0, long j1) {
    Scratch scratch = Scratch.take();
    int depth = depth(x.k());
    for (long j = j0; j < j1; j += NC) {
      int columns = (int) Math.min(NC, j1 - j);
      for (long p = 0; p < x.k(); p += depth) {
        int k = (int) Math.min(depth, x.k() - p);
        float[] b;
        if (packed == null) {
          b = scratch.ensureFloatsB(length(columns, k));
          packB(x, p, j, k, columns, b, scratch);
        } else {
          b = packed.panels(p, j, k, columns, scratch);
        }
        for (long i = i0; i < i1; i += MC) {
          int rows = (int) Math.min(MC, i1 - i);
          float[] a = scratch.ensureFloatsA((rows + LANES + F32Tile.MR) * STRIDE);
          packA(x, i, p, rows, k, a, scratch);
          float beta = p == 0 ? (float) x.beta() : 1;
          panels(x, i, j, rows, columns, k, a, b, START, beta, scratch.floatTile);
        }
      }
    }
    scratch.release();
  }

  /// Elements that panels of B take.
  static int length(int columns, int k) {
    return START + Math.ceilDiv(columns, NR) * NR * k;
  }

  static void packA(Product x, long i, long p, int rows, int k, float[] a, Scratch s) {
    long at = x.atA(i, p) * BYTES;
    if (x.transA()) {
      F32Pack.rowsTransposed(x.a(), at, x.lda(), rows, k, a, STRIDE, s.floatWork);
    } else {
      F32Pack.rows(x.a(), at, x.lda(), rows, k, a, STRIDE);
    }
  }

  static void packB(Product x, long p, long j, int k, int columns, float[] b, Scratch s) {
    long at = x.atB(p, j) * BYTES;
    if (x.transB()) {
      F32Pack.panelsTransposed(x.b(), at, x.ldb(), k, columns, b, START, s.floatWork);
    } else {
      F32Pack.panels(x.b(), at, x.ldb(), k, columns, b, START);
    }
  }

  /// Rows and columns of C out of packed panels, of which those of B begin at `first`.
  ///
  /// A strip of A meets all panels of B before the next strip, so that rows of C are walked to
  /// their end: the processor fetches ahead along them, not down the columns.
  static void panels(
      Product x,
      long i,
      long j,
      int rows,
      int columns,
      int k,
      float[] a,
      float[] b,
      int first,
      float beta,
      float[] t) {
    float alpha = (float) x.alpha();
    long rowBytes = x.ldc() * BYTES;
    for (int r = 0; r < rows; ) {
      int step = F32Tile.step(rows - r);
      int height = Math.min(step, rows - r);
      long to = x.atC(i + r, j) * BYTES;
      for (int q = 0; q < columns; q += NR) {
        int width = Math.min(NR, columns - q);
        F32Tile.compute(step, a, r * STRIDE, b, first + q * k, k, t);
        if (width == NR) {
          addWide(t, height, alpha, beta, x.c(), to, rowBytes);
        } else {
          addNarrow(t, height, width, alpha, beta, x.c(), to, rowBytes);
        }
        to += (long) NR * BYTES;
      }
      r += step;
    }
  }

  private static void addWide(
      float[] t, int rows, float alpha, float beta, MemorySegment c, long at, long rowBytes) {
    for (int i = 0; i < rows; i++) {
      for (int h = 0; h < NR; h += LANES) {
        long to = at + i * rowBytes + (long) h * BYTES;
        FloatVector v = FloatVector.fromArray(SPECIES, t, i * NR + h).mul(alpha);
        if (beta != 0) {
          v = FloatVector.fromMemorySegment(SPECIES, c, to, ORDER).mul(beta).add(v);
        }
        v.intoMemorySegment(c, to, ORDER);
      }
    }
  }

  private static void addNarrow(
      float[] t,
      int rows,
      int columns,
      float alpha,
      float beta,
      MemorySegment c,
      long at,
      long rowBytes) {
    for (int h = 0; h < columns; h += LANES) {
      VectorMask<Float> mask = F32Tile.first(columns - h);
      for (int i = 0; i < rows; i++) {
        long to = at + i * rowBytes + (long) h * BYTES;
        FloatVector v = FloatVector.fromArray(SPECIES, t, i * NR + h).mul(alpha);
        if (beta != 0) {
          v = FloatVector.fromMemorySegment(SPECIES, c, to, ORDER, mask).mul(beta).add(v);
        }
        v.intoMemorySegment(c, to, ORDER, mask);
      }
    }
  }
}
