package dev.gatun.kernel;

import static dev.gatun.kernel.F64Tile.LANES;
import static dev.gatun.kernel.F64Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Products of few rows with a transposed B, as a linear layer has them: every element of C is the
/// inner product of a row of A and a row of B, straight from the operands. Rows have at least
/// [F64Tile#LANES] elements; the last vector of a row overlaps the one before it, with what was
/// counted set to 0.
final class F64Dots {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = Double.BYTES;
  private static final ValueLayout.OfDouble ELEMENT = ValueLayout.JAVA_DOUBLE_UNALIGNED;

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
    int wide = n - n % 4;
    for (int i = 0; i < m; i++) {
      long ai = ao + i * as;
      long ci = co + i * cs;
      for (int j = 0; j < wide; j += 4) {
        dots4(k, a, ai, b, bo + j * bs, bs, t);
        fold4(t);
        for (int h = 0; h < 4; h++) {
          put(t[h], alpha, beta, c, ci + (long) (j + h) * BYTES);
        }
      }
      for (int j = wide; j < n; j++) {
        dot(k, a, ai, b, bo + j * bs, t);
        put(fold(t, 0, 1, LANES), alpha, beta, c, ci + (long) j * BYTES);
      }
    }
    scratch.release();
  }

  /// Leaves the sums spread over lanes, in `t`: adding them up here would make the compiler keep
  /// the vectors as objects.
  private static void dots4(
      int k, MemorySegment a, long ao, MemorySegment b, long bo, long bs, double[] t) {
    VectorMask<Double> counted = F64Tile.first(LANES - k % LANES);
    int full = k - k % LANES;
    long last = (long) (k - LANES) * BYTES;
    DoubleVector a0 = part(a, ao + last, counted);
    DoubleVector c0 = part(b, bo + last, counted).mul(a0);
    DoubleVector c1 = part(b, bo + bs + last, counted).mul(a0);
    DoubleVector c2 = part(b, bo + 2 * bs + last, counted).mul(a0);
    DoubleVector c3 = part(b, bo + 3 * bs + last, counted).mul(a0);
    for (int p = 0; p < full; p += LANES) {
      long at = (long) p * BYTES;
      a0 = DoubleVector.fromMemorySegment(SPECIES, a, ao + at, ORDER);
      long bt = bo + at;
      c0 = DoubleVector.fromMemorySegment(SPECIES, b, bt, ORDER).fma(a0, c0);
      c1 = DoubleVector.fromMemorySegment(SPECIES, b, bt + bs, ORDER).fma(a0, c1);
      c2 = DoubleVector.fromMemorySegment(SPECIES, b, bt + 2 * bs, ORDER).fma(a0, c2);
      c3 = DoubleVector.fromMemorySegment(SPECIES, b, bt + 3 * bs, ORDER).fma(a0, c3);
    }
    c0.intoArray(t, 0);
    c1.intoArray(t, LANES);
    c2.intoArray(t, 2 * LANES);
    c3.intoArray(t, 3 * LANES);
  }

  private static void dot(int k, MemorySegment a, long ao, MemorySegment b, long bo, double[] t) {
    VectorMask<Double> counted = F64Tile.first(LANES - k % LANES);
    int full = k - k % LANES;
    long last = (long) (k - LANES) * BYTES;
    DoubleVector c0 = part(b, bo + last, counted).mul(part(a, ao + last, counted));
    for (int p = 0; p < full; p += LANES) {
      long at = (long) p * BYTES;
      DoubleVector a0 = DoubleVector.fromMemorySegment(SPECIES, a, ao + at, ORDER);
      c0 = DoubleVector.fromMemorySegment(SPECIES, b, bo + at, ORDER).fma(a0, c0);
    }
    c0.intoArray(t, 0);
  }

  private static DoubleVector part(MemorySegment s, long at, VectorMask<Double> counted) {
    return DoubleVector.fromMemorySegment(SPECIES, s, at, ORDER).blend(0, counted);
  }

  /// Makes t[0] to t[3] the sums of the four vectors in `t`, always in the same order: that of
  /// `reduceLanes` may change when code is compiled, and results with it.
  private static void fold4(double[] t) {
    if (LANES < 8) {
      for (int h = 0; h < 4; h++) {
        t[h] = fold(t, h * LANES, 1, LANES);
      }
      return;
    }
    DoubleVector c0 = DoubleVector.fromArray(SPECIES, t, 0);
    DoubleVector c1 = DoubleVector.fromArray(SPECIES, t, LANES);
    DoubleVector c2 = DoubleVector.fromArray(SPECIES, t, 2 * LANES);
    DoubleVector c3 = DoubleVector.fromArray(SPECIES, t, 3 * LANES);
    DoubleVector x = F64Pack.pickLow(c0, c2).add(F64Pack.pickHigh(c0, c2));
    DoubleVector y = F64Pack.pickLow(c1, c3).add(F64Pack.pickHigh(c1, c3));
    // Four sums side by side, as often as they fit.
    F64Pack.pickLow(x, y).add(F64Pack.pickHigh(x, y)).intoArray(t, 0);
    for (int h = 0; h < 4; h++) {
      t[h] = fold(t, h, 4, LANES / 4);
    }
  }

  private static double fold(double[] t, int from, int step, int count) {
    double sum = t[from];
    for (int i = 1; i < count; i++) {
      sum += t[from + i * step];
    }
    return sum;
  }

  private static void put(double sum, double alpha, double beta, MemorySegment c, long at) {
    double v = alpha * sum;
    c.set(ELEMENT, at, beta == 0 ? v : c.get(ELEMENT, at) * beta + v);
  }
}
