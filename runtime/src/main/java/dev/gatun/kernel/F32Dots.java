package dev.gatun.kernel;

import static dev.gatun.kernel.F32Tile.LANES;
import static dev.gatun.kernel.F32Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Products of few rows with a transposed B, as a linear layer has them: every element of C is the
/// inner product of a row of A and a row of B, straight from the operands, in 16 chains: one row by
/// 16 columns, or four by four. Rows have at least [F32Tile#LANES] elements; the last vector of a
/// row overlaps the one before it, with what was counted set to 0. Columns past the last are that
/// one again.
final class F32Dots {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Float.BYTES;
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /// Given to the loops as a parameter, lest the compiler prepare all bounds checks before a loop
  /// that is short: in the loop they cost nothing beside the memory.
  private static final long STEP = (long) LANES * BYTES;

  private F32Dots() {}

  /// Offsets and distances between rows in bytes.
  static void multiply(
      int m,
      int n,
      int k,
      float alpha,
      MemorySegment a,
      long ao,
      long as,
      MemorySegment b,
      long bo,
      long bs,
      float beta,
      MemorySegment c,
      long co,
      long cs) {
    Scratch scratch = Scratch.take();
    float[] t = scratch.floatTile;
    boolean rest = k % LANES != 0;
    int wide = m % 4 == 3 ? m : m - m % 4;
    for (int j = 0; j < n; j += 16) {
      long bj = bo + j * bs;
      long cj = co + (long) j * BYTES;
      int columns = Math.min(16, n - j);
      for (int i = 0; i < wide; i += 4) {
        int rows = Math.min(4, m - i);
        for (int h = 0; h < columns; h += 4) {
          int width = Math.min(4, columns - h);
          fourByFour(k, STEP, a, ao + i * as, as, rows - 1, b, bj + h * bs, bs, width - 1, t);
          if (rest) {
            rest(k, 4, a, ao + i * as, as, rows - 1, b, bj + h * bs, bs, width - 1, t);
          }
          fold(t);
          put(t, rows, width, alpha, beta, c, cj + i * cs + (long) h * BYTES, cs);
        }
      }
      for (int i = wide; i < m; i++) {
        oneBySixteen(k, STEP, a, ao + i * as, b, bj, bs, columns - 1, t);
        if (rest) {
          rest(k, 16, a, ao + i * as, as, 0, b, bj, bs, columns - 1, t);
        }
        fold(t);
        put(t, columns, alpha, beta, c, cj + i * cs);
      }
    }
    scratch.release();
  }

  /// Leaves the sums spread over lanes, in `t`: adding them up here would be more than the compiler
  /// inlines.
  private static void oneBySixteen(
      int k,
      long step,
      MemorySegment a,
      long ao,
      MemorySegment b,
      long b0,
      long bs,
      int last,
      float[] t) {
    int steps = k / LANES;
    long b1 = b0 + Math.min(1, last) * bs;
    long b2 = b0 + Math.min(2, last) * bs;
    long b3 = b0 + Math.min(3, last) * bs;
    long b4 = b0 + Math.min(4, last) * bs;
    long b5 = b0 + Math.min(5, last) * bs;
    long b6 = b0 + Math.min(6, last) * bs;
    long b7 = b0 + Math.min(7, last) * bs;
    long b8 = b0 + Math.min(8, last) * bs;
    long b9 = b0 + Math.min(9, last) * bs;
    long b10 = b0 + Math.min(10, last) * bs;
    long b11 = b0 + Math.min(11, last) * bs;
    long b12 = b0 + Math.min(12, last) * bs;
    long b13 = b0 + Math.min(13, last) * bs;
    long b14 = b0 + Math.min(14, last) * bs;
    long b15 = b0 + Math.min(15, last) * bs;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    FloatVector c8 = c0;
    FloatVector c9 = c0;
    FloatVector c10 = c0;
    FloatVector c11 = c0;
    FloatVector c12 = c0;
    FloatVector c13 = c0;
    FloatVector c14 = c0;
    FloatVector c15 = c0;
    for (int p = 0; p < steps; p++) {
      long at = p * step;
      FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, a, ao + at, ORDER);
      c0 = FloatVector.fromMemorySegment(SPECIES, b, b0 + at, ORDER).fma(a0, c0);
      c1 = FloatVector.fromMemorySegment(SPECIES, b, b1 + at, ORDER).fma(a0, c1);
      c2 = FloatVector.fromMemorySegment(SPECIES, b, b2 + at, ORDER).fma(a0, c2);
      c3 = FloatVector.fromMemorySegment(SPECIES, b, b3 + at, ORDER).fma(a0, c3);
      c4 = FloatVector.fromMemorySegment(SPECIES, b, b4 + at, ORDER).fma(a0, c4);
      c5 = FloatVector.fromMemorySegment(SPECIES, b, b5 + at, ORDER).fma(a0, c5);
      c6 = FloatVector.fromMemorySegment(SPECIES, b, b6 + at, ORDER).fma(a0, c6);
      c7 = FloatVector.fromMemorySegment(SPECIES, b, b7 + at, ORDER).fma(a0, c7);
      c8 = FloatVector.fromMemorySegment(SPECIES, b, b8 + at, ORDER).fma(a0, c8);
      c9 = FloatVector.fromMemorySegment(SPECIES, b, b9 + at, ORDER).fma(a0, c9);
      c10 = FloatVector.fromMemorySegment(SPECIES, b, b10 + at, ORDER).fma(a0, c10);
      c11 = FloatVector.fromMemorySegment(SPECIES, b, b11 + at, ORDER).fma(a0, c11);
      c12 = FloatVector.fromMemorySegment(SPECIES, b, b12 + at, ORDER).fma(a0, c12);
      c13 = FloatVector.fromMemorySegment(SPECIES, b, b13 + at, ORDER).fma(a0, c13);
      c14 = FloatVector.fromMemorySegment(SPECIES, b, b14 + at, ORDER).fma(a0, c14);
      c15 = FloatVector.fromMemorySegment(SPECIES, b, b15 + at, ORDER).fma(a0, c15);
    }
    c0.intoArray(t, 0);
    c1.intoArray(t, LANES);
    c2.intoArray(t, 2 * LANES);
    c3.intoArray(t, 3 * LANES);
    c4.intoArray(t, 4 * LANES);
    c5.intoArray(t, 5 * LANES);
    c6.intoArray(t, 6 * LANES);
    c7.intoArray(t, 7 * LANES);
    c8.intoArray(t, 8 * LANES);
    c9.intoArray(t, 9 * LANES);
    c10.intoArray(t, 10 * LANES);
    c11.intoArray(t, 11 * LANES);
    c12.intoArray(t, 12 * LANES);
    c13.intoArray(t, 13 * LANES);
    c14.intoArray(t, 14 * LANES);
    c15.intoArray(t, 15 * LANES);
  }

  private static void fourByFour(
      int k,
      long step,
      MemorySegment a,
      long a0,
      long as,
      int lastRow,
      MemorySegment b,
      long b0,
      long bs,
      int last,
      float[] t) {
    int steps = k / LANES;
    long a1 = a0 + Math.min(1, lastRow) * as;
    long a2 = a0 + Math.min(2, lastRow) * as;
    long a3 = a0 + Math.min(3, lastRow) * as;
    long b1 = b0 + Math.min(1, last) * bs;
    long b2 = b0 + Math.min(2, last) * bs;
    long b3 = b0 + Math.min(3, last) * bs;
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
    for (int p = 0; p < steps; p++) {
      long at = p * step;
      FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, a, a0 + at, ORDER);
      FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, a, a1 + at, ORDER);
      FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, a, a2 + at, ORDER);
      FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, a, a3 + at, ORDER);
      FloatVector y0 = FloatVector.fromMemorySegment(SPECIES, b, b0 + at, ORDER);
      c00 = y0.fma(x0, c00);
      c10 = y0.fma(x1, c10);
      c20 = y0.fma(x2, c20);
      c30 = y0.fma(x3, c30);
      FloatVector y1 = FloatVector.fromMemorySegment(SPECIES, b, b1 + at, ORDER);
      c01 = y1.fma(x0, c01);
      c11 = y1.fma(x1, c11);
      c21 = y1.fma(x2, c21);
      c31 = y1.fma(x3, c31);
      FloatVector y2 = FloatVector.fromMemorySegment(SPECIES, b, b2 + at, ORDER);
      c02 = y2.fma(x0, c02);
      c12 = y2.fma(x1, c12);
      c22 = y2.fma(x2, c22);
      c32 = y2.fma(x3, c32);
      FloatVector y3 = FloatVector.fromMemorySegment(SPECIES, b, b3 + at, ORDER);
      c03 = y3.fma(x0, c03);
      c13 = y3.fma(x1, c13);
      c23 = y3.fma(x2, c23);
      c33 = y3.fma(x3, c33);
    }
    c00.intoArray(t, 0);
    c01.intoArray(t, LANES);
    c02.intoArray(t, 2 * LANES);
    c03.intoArray(t, 3 * LANES);
    c10.intoArray(t, 4 * LANES);
    c11.intoArray(t, 5 * LANES);
    c12.intoArray(t, 6 * LANES);
    c13.intoArray(t, 7 * LANES);
    c20.intoArray(t, 8 * LANES);
    c21.intoArray(t, 9 * LANES);
    c22.intoArray(t, 10 * LANES);
    c23.intoArray(t, 11 * LANES);
    c30.intoArray(t, 12 * LANES);
    c31.intoArray(t, 13 * LANES);
    c32.intoArray(t, 14 * LANES);
    c33.intoArray(t, 15 * LANES);
  }

  /// Adds what is left of each row when whole vectors have been counted.
  private static void rest(
      int k,
      int across,
      MemorySegment a,
      long ao,
      long as,
      int lastRow,
      MemorySegment b,
      long bo,
      long bs,
      int last,
      float[] t) {
    VectorMask<Float> counted = F32Tile.first(LANES - k % LANES);
    long end = (long) (k - LANES) * BYTES;
    for (int i = 0; i < 16 / across; i++) {
      FloatVector x = part(a, ao + Math.min(i, lastRow) * as + end, counted);
      for (int j = 0; j < across; j++) {
        int at = (i * across + j) * LANES;
        FloatVector y = part(b, bo + Math.min(j, last) * bs + end, counted);
        y.fma(x, FloatVector.fromArray(SPECIES, t, at)).intoArray(t, at);
      }
    }
  }

  private static FloatVector part(MemorySegment s, long at, VectorMask<Float> counted) {
    return FloatVector.fromMemorySegment(SPECIES, s, at, ORDER).blend(0, counted);
  }

  /// Makes t[0] to t[15] the sums of the 16 vectors in `t`, always in the same order: that of
  /// `reduceLanes` may change when code is compiled, and results with it.
  private static void fold(float[] t) {
    for (int g = 0; g < 16; g += LANES) {
      int count = LANES;
      for (; count >= 4; count /= 4) {
        quarter(t, g * LANES, count / 4);
      }
      if (count == 2) {
        half(t, g * LANES);
      }
      FloatVector.fromArray(SPECIES, t, g * LANES).intoArray(t, g);
    }
  }

  /// Adds up `count` times four vectors, interleaving them.
  private static void quarter(float[] t, int from, int count) {
    for (int r = 0; r < count; r++) {
      int at = from + r * LANES;
      var x0 = FloatVector.fromArray(SPECIES, t, at);
      var x1 = FloatVector.fromArray(SPECIES, t, at + count * LANES);
      var x2 = FloatVector.fromArray(SPECIES, t, at + 2 * count * LANES);
      var x3 = FloatVector.fromArray(SPECIES, t, at + 3 * count * LANES);
      var y0 = F32Pack.pickLow(x0, x2).add(F32Pack.pickHigh(x0, x2));
      var y1 = F32Pack.pickLow(x1, x3).add(F32Pack.pickHigh(x1, x3));
      F32Pack.pickLow(y0, y1).add(F32Pack.pickHigh(y0, y1)).intoArray(t, at);
    }
  }

  private static void half(float[] t, int from) {
    var x = FloatVector.fromArray(SPECIES, t, from);
    var y = FloatVector.fromArray(SPECIES, t, from + LANES);
    F32Pack.pickLow(x, y).add(F32Pack.pickHigh(x, y)).intoArray(t, from);
  }

  private static void put(
      float[] t, int columns, float alpha, float beta, MemorySegment c, long at) {
    for (int h = 0; h < columns; h += LANES) {
      VectorMask<Float> mask = F32Tile.first(columns - h);
      long to = at + (long) h * BYTES;
      FloatVector v = FloatVector.fromArray(SPECIES, t, h).mul(alpha);
      if (beta != 0) {
        v = FloatVector.fromMemorySegment(SPECIES, c, to, ORDER, mask).mul(beta).add(v);
      }
      v.intoMemorySegment(c, to, ORDER, mask);
    }
  }

  private static void put(
      float[] t,
      int rows,
      int columns,
      float alpha,
      float beta,
      MemorySegment c,
      long at,
      long rowBytes) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        long to = at + i * rowBytes + (long) j * BYTES;
        float v = alpha * t[4 * i + j];
        c.set(ELEMENT, to, beta == 0 ? v : c.get(ELEMENT, to) * beta + v);
      }
    }
  }
}
