package dev.gatun.kernel;

import static dev.gatun.kernel.F64Tile.LANES;
import static dev.gatun.kernel.F64Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Products of few rows with a transposed B, as a linear layer has them: every element of C is the
/// inner product of a row of A and a row of B, straight from the operands, in 16 chains: one row by
/// 16 columns, or four by four. Rows have at least [F64Tile#LANES] elements; the last vector of a
/// row overlaps the one before it, with what was counted set to 0. Columns past the last are that
/// one again.
final class F64Dots {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Double.BYTES;
  private static final ValueLayout.OfDouble ELEMENT = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  /// Given to the loops as a parameter, lest the compiler prepare all bounds checks before a loop
  /// that is short: in the loop they cost nothing beside the memory.
  private static final long STEP = (long) LANES * BYTES;

  private F64Dots() {}

  /// Offsets and distances between rows in bytes.
  static void multiply(
      int m,
      int n,
      int k,
      double alpha,
      MemorySegment a,
      long ao,
      long as,
      MemorySegment b,
      long bo,
      long bs,
      double beta,
      MemorySegment c,
      long co,
      long cs) {
    Scratch scratch = Scratch.take();
    double[] t = scratch.doubleTile;
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
      double[] t) {
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
    DoubleVector c0 = DoubleVector.zero(SPECIES);
    DoubleVector c1 = c0;
    DoubleVector c2 = c0;
    DoubleVector c3 = c0;
    DoubleVector c4 = c0;
    DoubleVector c5 = c0;
    DoubleVector c6 = c0;
    DoubleVector c7 = c0;
    DoubleVector c8 = c0;
    DoubleVector c9 = c0;
    DoubleVector c10 = c0;
    DoubleVector c11 = c0;
    DoubleVector c12 = c0;
    DoubleVector c13 = c0;
    DoubleVector c14 = c0;
    DoubleVector c15 = c0;
    for (int p = 0; p < steps; p++) {
      long at = p * step;
      DoubleVector a0 = DoubleVector.fromMemorySegment(SPECIES, a, ao + at, ORDER);
      c0 = DoubleVector.fromMemorySegment(SPECIES, b, b0 + at, ORDER).fma(a0, c0);
      c1 = DoubleVector.fromMemorySegment(SPECIES, b, b1 + at, ORDER).fma(a0, c1);
      c2 = DoubleVector.fromMemorySegment(SPECIES, b, b2 + at, ORDER).fma(a0, c2);
      c3 = DoubleVector.fromMemorySegment(SPECIES, b, b3 + at, ORDER).fma(a0, c3);
      c4 = DoubleVector.fromMemorySegment(SPECIES, b, b4 + at, ORDER).fma(a0, c4);
      c5 = DoubleVector.fromMemorySegment(SPECIES, b, b5 + at, ORDER).fma(a0, c5);
      c6 = DoubleVector.fromMemorySegment(SPECIES, b, b6 + at, ORDER).fma(a0, c6);
      c7 = DoubleVector.fromMemorySegment(SPECIES, b, b7 + at, ORDER).fma(a0, c7);
      c8 = DoubleVector.fromMemorySegment(SPECIES, b, b8 + at, ORDER).fma(a0, c8);
      c9 = DoubleVector.fromMemorySegment(SPECIES, b, b9 + at, ORDER).fma(a0, c9);
      c10 = DoubleVector.fromMemorySegment(SPECIES, b, b10 + at, ORDER).fma(a0, c10);
      c11 = DoubleVector.fromMemorySegment(SPECIES, b, b11 + at, ORDER).fma(a0, c11);
      c12 = DoubleVector.fromMemorySegment(SPECIES, b, b12 + at, ORDER).fma(a0, c12);
      c13 = DoubleVector.fromMemorySegment(SPECIES, b, b13 + at, ORDER).fma(a0, c13);
      c14 = DoubleVector.fromMemorySegment(SPECIES, b, b14 + at, ORDER).fma(a0, c14);
      c15 = DoubleVector.fromMemorySegment(SPECIES, b, b15 + at, ORDER).fma(a0, c15);
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
      double[] t) {
    int steps = k / LANES;
    long a1 = a0 + Math.min(1, lastRow) * as;
    long a2 = a0 + Math.min(2, lastRow) * as;
    long a3 = a0 + Math.min(3, lastRow) * as;
    long b1 = b0 + Math.min(1, last) * bs;
    long b2 = b0 + Math.min(2, last) * bs;
    long b3 = b0 + Math.min(3, last) * bs;
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = c00;
    DoubleVector c02 = c00;
    DoubleVector c03 = c00;
    DoubleVector c10 = c00;
    DoubleVector c11 = c00;
    DoubleVector c12 = c00;
    DoubleVector c13 = c00;
    DoubleVector c20 = c00;
    DoubleVector c21 = c00;
    DoubleVector c22 = c00;
    DoubleVector c23 = c00;
    DoubleVector c30 = c00;
    DoubleVector c31 = c00;
    DoubleVector c32 = c00;
    DoubleVector c33 = c00;
    for (int p = 0; p < steps; p++) {
      long at = p * step;
      DoubleVector x0 = DoubleVector.fromMemorySegment(SPECIES, a, a0 + at, ORDER);
      DoubleVector x1 = DoubleVector.fromMemorySegment(SPECIES, a, a1 + at, ORDER);
      DoubleVector x2 = DoubleVector.fromMemorySegment(SPECIES, a, a2 + at, ORDER);
      DoubleVector x3 = DoubleVector.fromMemorySegment(SPECIES, a, a3 + at, ORDER);
      DoubleVector y0 = DoubleVector.fromMemorySegment(SPECIES, b, b0 + at, ORDER);
      c00 = y0.fma(x0, c00);
      c10 = y0.fma(x1, c10);
      c20 = y0.fma(x2, c20);
      c30 = y0.fma(x3, c30);
      DoubleVector y1 = DoubleVector.fromMemorySegment(SPECIES, b, b1 + at, ORDER);
      c01 = y1.fma(x0, c01);
      c11 = y1.fma(x1, c11);
      c21 = y1.fma(x2, c21);
      c31 = y1.fma(x3, c31);
      DoubleVector y2 = DoubleVector.fromMemorySegment(SPECIES, b, b2 + at, ORDER);
      c02 = y2.fma(x0, c02);
      c12 = y2.fma(x1, c12);
      c22 = y2.fma(x2, c22);
      c32 = y2.fma(x3, c32);
      DoubleVector y3 = DoubleVector.fromMemorySegment(SPECIES, b, b3 + at, ORDER);
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
      double[] t) {
    VectorMask<Double> counted = F64Tile.first(LANES - k % LANES);
    long end = (long) (k - LANES) * BYTES;
    for (int i = 0; i < 16 / across; i++) {
      DoubleVector x = part(a, ao + Math.min(i, lastRow) * as + end, counted);
      for (int j = 0; j < across; j++) {
        int at = (i * across + j) * LANES;
        DoubleVector y = part(b, bo + Math.min(j, last) * bs + end, counted);
        y.fma(x, DoubleVector.fromArray(SPECIES, t, at)).intoArray(t, at);
      }
    }
  }

  private static DoubleVector part(MemorySegment s, long at, VectorMask<Double> counted) {
    return DoubleVector.fromMemorySegment(SPECIES, s, at, ORDER).blend(0, counted);
  }

  /// Makes t[0] to t[15] the sums of the 16 vectors in `t`, always in the same order: that of
  /// `reduceLanes` may change when code is compiled, and results with it.
  private static void fold(double[] t) {
    for (int g = 0; g < 16; g += LANES) {
      int count = LANES;
      for (; count >= 4; count /= 4) {
        quarter(t, g * LANES, count / 4);
      }
      if (count == 2) {
        half(t, g * LANES);
      }
      DoubleVector.fromArray(SPECIES, t, g * LANES).intoArray(t, g);
    }
  }

  /// Adds up `count` times four vectors, interleaving them.
  private static void quarter(double[] t, int from, int count) {
    for (int r = 0; r < count; r++) {
      int at = from + r * LANES;
      var x0 = DoubleVector.fromArray(SPECIES, t, at);
      var x1 = DoubleVector.fromArray(SPECIES, t, at + count * LANES);
      var x2 = DoubleVector.fromArray(SPECIES, t, at + 2 * count * LANES);
      var x3 = DoubleVector.fromArray(SPECIES, t, at + 3 * count * LANES);
      var y0 = F64Pack.pickLow(x0, x2).add(F64Pack.pickHigh(x0, x2));
      var y1 = F64Pack.pickLow(x1, x3).add(F64Pack.pickHigh(x1, x3));
      F64Pack.pickLow(y0, y1).add(F64Pack.pickHigh(y0, y1)).intoArray(t, at);
    }
  }

  private static void half(double[] t, int from) {
    var x = DoubleVector.fromArray(SPECIES, t, from);
    var y = DoubleVector.fromArray(SPECIES, t, from + LANES);
    F64Pack.pickLow(x, y).add(F64Pack.pickHigh(x, y)).intoArray(t, from);
  }

  private static void put(
      double[] t, int columns, double alpha, double beta, MemorySegment c, long at) {
    for (int h = 0; h < columns; h += LANES) {
      VectorMask<Double> mask = F64Tile.first(columns - h);
      long to = at + (long) h * BYTES;
      DoubleVector v = DoubleVector.fromArray(SPECIES, t, h).mul(alpha);
      if (beta != 0) {
        v = DoubleVector.fromMemorySegment(SPECIES, c, to, ORDER, mask).mul(beta).add(v);
      }
      v.intoMemorySegment(c, to, ORDER, mask);
    }
  }

  private static void put(
      double[] t,
      int rows,
      int columns,
      double alpha,
      double beta,
      MemorySegment c,
      long at,
      long rowBytes) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        long to = at + i * rowBytes + (long) j * BYTES;
        double v = alpha * t[4 * i + j];
        c.set(ELEMENT, to, beta == 0 ? v : c.get(ELEMENT, to) * beta + v);
      }
    }
  }
}
