package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F32 reductions, row by row.
final class VectorF32Folds {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  // As many floats as there are doubles in a vector.
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
  private static final int LANES = WIDE.length();
  private static final VectorSpecies<Float> FULL = FloatVector.SPECIES_PREFERRED;
  private static final int STEP = 4 * LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final ValueFold SUMS = F32Folds.sum(VectorF32Folds::sumRows, VectorF32Columns::sum);
  static final ValueFold PRODUCTS = F32Folds.prod(VectorF32Folds::prodRows, VectorF32Columns::prod);
  static final ValueFold MAXIMA = F32Folds.max(VectorF32Folds::maxRows, VectorF32Columns::max);
  static final ValueFold MINIMA = F32Folds.min(VectorF32Folds::minRows, VectorF32Columns::min);

  private VectorF32Folds() {}

  private static void sumRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      double s = n < STEP ? F32Folds.sum(row, n) : total(row, n);
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
      long at = x + i * 4;
      s0 =
          s0.add(
              FloatVector.fromMemorySegment(HALF, ALL, at, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
      s1 =
          s1.add(
              FloatVector.fromMemorySegment(HALF, ALL, at + LANES * 4L, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
      s2 =
          s2.add(
              FloatVector.fromMemorySegment(HALF, ALL, at + 2L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
      s3 =
          s3.add(
              FloatVector.fromMemorySegment(HALF, ALL, at + 3L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    double rest = F32Folds.sum(x + end * 4, n - end);
    return Lanes.sum(s0.add(s1).add(s2.add(s3))) + rest;
  }

  private static void prodRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      double s = n < STEP ? F32Folds.prod(row, n) : prod(row, n);
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
      long at = x + i * 4;
      s0 =
          s0.mul(
              FloatVector.fromMemorySegment(HALF, ALL, at, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
      s1 =
          s1.mul(
              FloatVector.fromMemorySegment(HALF, ALL, at + LANES * 4L, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
      s2 =
          s2.mul(
              FloatVector.fromMemorySegment(HALF, ALL, at + 2L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
      s3 =
          s3.mul(
              FloatVector.fromMemorySegment(HALF, ALL, at + 3L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    double rest = F32Folds.prod(x + end * 4, n - end);
    return Lanes.product(s0.mul(s1).mul(s2.mul(s3))) * rest;
  }

  private static void maxRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      double s = n < 4L * FULL.length() ? F32Folds.max(row, n) : max(row, n);
      into[at + r] = doubleToRawLongBits(Math.max(longBitsToDouble(into[at + r]), s));
    }
  }

  /// Of at least four vectors of elements.
  static float max(long x, long n) {
    long step = 4L * FULL.length();
    FloatVector s0 = FloatVector.fromMemorySegment(FULL, ALL, x, ORDER);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = x + Math.min(i, n - step) * 4;
      s0 = s0.max(FloatVector.fromMemorySegment(FULL, ALL, at, ORDER));
      s1 = s1.max(FloatVector.fromMemorySegment(FULL, ALL, at + FULL.length() * 4L, ORDER));
      s2 = s2.max(FloatVector.fromMemorySegment(FULL, ALL, at + 2L * FULL.length() * 4, ORDER));
      s3 = s3.max(FloatVector.fromMemorySegment(FULL, ALL, at + 3L * FULL.length() * 4, ORDER));
    }
    return s0.max(s1).max(s2.max(s3)).reduceLanes(VectorOperators.MAX);
  }

  private static void minRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      double s = n < 4L * FULL.length() ? F32Folds.min(row, n) : min(row, n);
      into[at + r] = doubleToRawLongBits(Math.min(longBitsToDouble(into[at + r]), s));
    }
  }

  /// Of at least four vectors of elements.
  static float min(long x, long n) {
    long step = 4L * FULL.length();
    FloatVector s0 = FloatVector.fromMemorySegment(FULL, ALL, x, ORDER);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = x + Math.min(i, n - step) * 4;
      s0 = s0.min(FloatVector.fromMemorySegment(FULL, ALL, at, ORDER));
      s1 = s1.min(FloatVector.fromMemorySegment(FULL, ALL, at + FULL.length() * 4L, ORDER));
      s2 = s2.min(FloatVector.fromMemorySegment(FULL, ALL, at + 2L * FULL.length() * 4, ORDER));
      s3 = s3.min(FloatVector.fromMemorySegment(FULL, ALL, at + 3L * FULL.length() * 4, ORDER));
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
      DoubleVector a =
          FloatVector.fromMemorySegment(HALF, ALL, x + i * 4, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .sub(m);
      DoubleVector b =
          FloatVector.fromMemorySegment(HALF, ALL, x + (i + LANES) * 4, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .sub(m);
      s0 = a.fma(a, s0);
      s1 = b.fma(b, s1);
    }
    double rest = F32Moments.squares(x + end * 4, n - end, mean);
    return Lanes.sum(s0.add(s1)) + rest;
  }
}
