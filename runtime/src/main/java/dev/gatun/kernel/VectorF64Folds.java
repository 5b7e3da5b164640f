package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 reductions, row by row.
final class VectorF64Folds {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final int STEP = 4 * LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final ValueFold SUMS = F64Folds.sum(VectorF64Folds::sumRows, VectorF64Columns::sum);
  static final ValueFold PRODUCTS = F64Folds.prod(VectorF64Folds::prodRows, VectorF64Columns::prod);
  static final ValueFold MAXIMA = F64Folds.max(VectorF64Folds::maxRows, VectorF64Columns::max);
  static final ValueFold MINIMA = F64Folds.min(VectorF64Folds::minRows, VectorF64Columns::min);

  private VectorF64Folds() {}

  private static void sumRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      double s = n < STEP ? F64Folds.sum(row, n) : total(row, n);
      into[at + r] = doubleToRawLongBits(longBitsToDouble(into[at + r]) + s);
    }
  }

  /// The sum of `n` elements from an address on.
  static double total(long x, long n) {
    DoubleVector s0 = DoubleVector.zero(WIDE);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    long end = n & -STEP;
    for (long i = 0; i < end; i += STEP) {
      long at = x + i * 8;
      s0 = s0.add(DoubleVector.fromMemorySegment(WIDE, ALL, at, ORDER));
      s1 = s1.add(DoubleVector.fromMemorySegment(WIDE, ALL, at + LANES * 8L, ORDER));
      s2 = s2.add(DoubleVector.fromMemorySegment(WIDE, ALL, at + 2L * LANES * 8, ORDER));
      s3 = s3.add(DoubleVector.fromMemorySegment(WIDE, ALL, at + 3L * LANES * 8, ORDER));
    }
    double rest = F64Folds.sum(x + end * 8, n - end);
    return Lanes.sum(s0.add(s1).add(s2.add(s3))) + rest;
  }

  private static void prodRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      double s = n < STEP ? F64Folds.prod(row, n) : prod(row, n);
      into[at + r] = doubleToRawLongBits(longBitsToDouble(into[at + r]) * s);
    }
  }

  static double prod(long x, long n) {
    DoubleVector s0 = DoubleVector.broadcast(WIDE, 1);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    long end = n & -STEP;
    for (long i = 0; i < end; i += STEP) {
      long at = x + i * 8;
      s0 = s0.mul(DoubleVector.fromMemorySegment(WIDE, ALL, at, ORDER));
      s1 = s1.mul(DoubleVector.fromMemorySegment(WIDE, ALL, at + LANES * 8L, ORDER));
      s2 = s2.mul(DoubleVector.fromMemorySegment(WIDE, ALL, at + 2L * LANES * 8, ORDER));
      s3 = s3.mul(DoubleVector.fromMemorySegment(WIDE, ALL, at + 3L * LANES * 8, ORDER));
    }
    double rest = F64Folds.prod(x + end * 8, n - end);
    return Lanes.product(s0.mul(s1).mul(s2.mul(s3))) * rest;
  }

  private static void maxRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      double s = n < STEP ? F64Folds.max(row, n) : max(row, n);
      into[at + r] = doubleToRawLongBits(Math.max(longBitsToDouble(into[at + r]), s));
    }
  }

  /// Of at least four vectors of elements.
  static double max(long x, long n) {
    long step = 4L * WIDE.length();
    DoubleVector s0 = DoubleVector.fromMemorySegment(WIDE, ALL, x, ORDER);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = x + Math.min(i, n - step) * 8;
      s0 = s0.max(DoubleVector.fromMemorySegment(WIDE, ALL, at, ORDER));
      s1 = s1.max(DoubleVector.fromMemorySegment(WIDE, ALL, at + WIDE.length() * 8L, ORDER));
      s2 = s2.max(DoubleVector.fromMemorySegment(WIDE, ALL, at + 2L * WIDE.length() * 8, ORDER));
      s3 = s3.max(DoubleVector.fromMemorySegment(WIDE, ALL, at + 3L * WIDE.length() * 8, ORDER));
    }
    return s0.max(s1).max(s2.max(s3)).reduceLanes(VectorOperators.MAX);
  }

  private static void minRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      double s = n < STEP ? F64Folds.min(row, n) : min(row, n);
      into[at + r] = doubleToRawLongBits(Math.min(longBitsToDouble(into[at + r]), s));
    }
  }

  /// Of at least four vectors of elements.
  static double min(long x, long n) {
    long step = 4L * WIDE.length();
    DoubleVector s0 = DoubleVector.fromMemorySegment(WIDE, ALL, x, ORDER);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = x + Math.min(i, n - step) * 8;
      s0 = s0.min(DoubleVector.fromMemorySegment(WIDE, ALL, at, ORDER));
      s1 = s1.min(DoubleVector.fromMemorySegment(WIDE, ALL, at + WIDE.length() * 8L, ORDER));
      s2 = s2.min(DoubleVector.fromMemorySegment(WIDE, ALL, at + 2L * WIDE.length() * 8, ORDER));
      s3 = s3.min(DoubleVector.fromMemorySegment(WIDE, ALL, at + 3L * WIDE.length() * 8, ORDER));
    }
    return s0.min(s1).min(s2.min(s3)).reduceLanes(VectorOperators.MIN);
  }

  /// `Σ (x - mean)²`
  static double squares(long x, long n, double mean) {
    DoubleVector m = DoubleVector.broadcast(WIDE, mean);
    DoubleVector s0 = DoubleVector.zero(WIDE);
    DoubleVector s1 = s0;
    long end = n & -(2L * LANES);
    for (long i = 0; i < end; i += 2L * LANES) {
      DoubleVector a = DoubleVector.fromMemorySegment(WIDE, ALL, x + i * 8, ORDER).sub(m);
      DoubleVector b = DoubleVector.fromMemorySegment(WIDE, ALL, x + (i + LANES) * 8, ORDER).sub(m);
      s0 = a.fma(a, s0);
      s1 = b.fma(b, s1);
    }
    double rest = F64Moments.squares(x + end * 8, n - end, mean);
    return Lanes.sum(s0.add(s1)) + rest;
  }
}
