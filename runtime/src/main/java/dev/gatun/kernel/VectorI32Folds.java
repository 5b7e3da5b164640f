package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the I32 reductions, row by row.
final class VectorI32Folds {
  private static final VectorSpecies<Long> WIDE = LongVector.SPECIES_PREFERRED;
  // As many ints as there are longs in a vector.
  private static final VectorSpecies<Integer> HALF =
      VectorSpecies.of(int.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
  private static final int LANES = WIDE.length();
  private static final int STEP = 4 * LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final ValueFold SUMS = I32Folds.sum(VectorI32Folds::sumRows, VectorI32Columns::sum);
  static final ValueFold PRODUCTS = I32Folds.prod(VectorI32Folds::prodRows, VectorI32Columns::prod);
  static final ValueFold MAXIMA = I32Folds.max(VectorI32Folds::maxRows, VectorI32Columns::max);
  static final ValueFold MINIMA = I32Folds.min(VectorI32Folds::minRows, VectorI32Columns::min);

  private VectorI32Folds() {}

  private static void sumRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long s = n < STEP ? I32Folds.sum(row, n) : total(row, n);
      into[at + r] = into[at + r] + s;
    }
  }

  /// The sum of `n` elements from an address on.
  static long total(long x, long n) {
    LongVector s0 = LongVector.zero(WIDE);
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    long end = n & -STEP;
    for (long i = 0; i < end; i += STEP) {
      long at = x + i * 4;
      s0 =
          s0.add(
              IntVector.fromMemorySegment(HALF, ALL, at, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s1 =
          s1.add(
              IntVector.fromMemorySegment(HALF, ALL, at + LANES * 4L, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s2 =
          s2.add(
              IntVector.fromMemorySegment(HALF, ALL, at + 2L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s3 =
          s3.add(
              IntVector.fromMemorySegment(HALF, ALL, at + 3L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    long rest = I32Folds.sum(x + end * 4, n - end);
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD) + rest;
  }

  private static void prodRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long s = n < STEP ? I32Folds.prod(row, n) : prod(row, n);
      into[at + r] = into[at + r] * s;
    }
  }

  static long prod(long x, long n) {
    LongVector s0 = LongVector.broadcast(WIDE, 1);
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    long end = n & -STEP;
    for (long i = 0; i < end; i += STEP) {
      long at = x + i * 4;
      s0 =
          s0.mul(
              IntVector.fromMemorySegment(HALF, ALL, at, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s1 =
          s1.mul(
              IntVector.fromMemorySegment(HALF, ALL, at + LANES * 4L, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s2 =
          s2.mul(
              IntVector.fromMemorySegment(HALF, ALL, at + 2L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s3 =
          s3.mul(
              IntVector.fromMemorySegment(HALF, ALL, at + 3L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    long rest = I32Folds.prod(x + end * 4, n - end);
    return s0.mul(s1).mul(s2.mul(s3)).reduceLanes(VectorOperators.MUL) * rest;
  }

  private static void maxRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long s = n < STEP ? I32Folds.max(row, n) : max(row, n);
      into[at + r] = Math.max(into[at + r], s);
    }
  }

  /// Of at least four vectors of elements.
  static long max(long x, long n) {
    LongVector s0 =
        IntVector.fromMemorySegment(HALF, ALL, x, ORDER)
            .convertShape(VectorOperators.I2L, WIDE, 0)
            .reinterpretAsLongs();
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += STEP) {
      long at = x + Math.min(i, n - STEP) * 4;
      s0 =
          s0.max(
              IntVector.fromMemorySegment(HALF, ALL, at, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s1 =
          s1.max(
              IntVector.fromMemorySegment(HALF, ALL, at + LANES * 4L, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s2 =
          s2.max(
              IntVector.fromMemorySegment(HALF, ALL, at + 2L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s3 =
          s3.max(
              IntVector.fromMemorySegment(HALF, ALL, at + 3L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    return s0.max(s1).max(s2.max(s3)).reduceLanes(VectorOperators.MAX);
  }

  private static void minRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long s = n < STEP ? I32Folds.min(row, n) : min(row, n);
      into[at + r] = Math.min(into[at + r], s);
    }
  }

  /// Of at least four vectors of elements.
  static long min(long x, long n) {
    LongVector s0 =
        IntVector.fromMemorySegment(HALF, ALL, x, ORDER)
            .convertShape(VectorOperators.I2L, WIDE, 0)
            .reinterpretAsLongs();
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += STEP) {
      long at = x + Math.min(i, n - STEP) * 4;
      s0 =
          s0.min(
              IntVector.fromMemorySegment(HALF, ALL, at, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s1 =
          s1.min(
              IntVector.fromMemorySegment(HALF, ALL, at + LANES * 4L, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s2 =
          s2.min(
              IntVector.fromMemorySegment(HALF, ALL, at + 2L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
      s3 =
          s3.min(
              IntVector.fromMemorySegment(HALF, ALL, at + 3L * LANES * 4, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    return s0.min(s1).min(s2.min(s3)).reduceLanes(VectorOperators.MIN);
  }
}
