package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the I64 reductions, row by row.
final class VectorI64Folds {
  private static final VectorSpecies<Long> WIDE = LongVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final int STEP = 4 * LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final ValueFold SUMS = I64Folds.sum(VectorI64Folds::sumRows, VectorI64Columns::sum);
  static final ValueFold PRODUCTS = I64Folds.prod(VectorI64Folds::prodRows, VectorI64Columns::prod);
  static final ValueFold MAXIMA = I64Folds.max(VectorI64Folds::maxRows, VectorI64Columns::max);
  static final ValueFold MINIMA = I64Folds.min(VectorI64Folds::minRows, VectorI64Columns::min);

  private VectorI64Folds() {}

  private static void sumRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long s = n < STEP ? I64Folds.sum(row, n) : total(row, n);
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
      long at = x + i * 8;
      s0 = s0.add(LongVector.fromMemorySegment(WIDE, ALL, at, ORDER));
      s1 = s1.add(LongVector.fromMemorySegment(WIDE, ALL, at + LANES * 8L, ORDER));
      s2 = s2.add(LongVector.fromMemorySegment(WIDE, ALL, at + 2L * LANES * 8, ORDER));
      s3 = s3.add(LongVector.fromMemorySegment(WIDE, ALL, at + 3L * LANES * 8, ORDER));
    }
    long rest = I64Folds.sum(x + end * 8, n - end);
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD) + rest;
  }

  private static void prodRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long s = n < STEP ? I64Folds.prod(row, n) : prod(row, n);
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
      long at = x + i * 8;
      s0 = s0.mul(LongVector.fromMemorySegment(WIDE, ALL, at, ORDER));
      s1 = s1.mul(LongVector.fromMemorySegment(WIDE, ALL, at + LANES * 8L, ORDER));
      s2 = s2.mul(LongVector.fromMemorySegment(WIDE, ALL, at + 2L * LANES * 8, ORDER));
      s3 = s3.mul(LongVector.fromMemorySegment(WIDE, ALL, at + 3L * LANES * 8, ORDER));
    }
    long rest = I64Folds.prod(x + end * 8, n - end);
    return s0.mul(s1).mul(s2.mul(s3)).reduceLanes(VectorOperators.MUL) * rest;
  }

  private static void maxRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long s = n < STEP ? I64Folds.max(row, n) : max(row, n);
      into[at + r] = Math.max(into[at + r], s);
    }
  }

  /// Of at least four vectors of elements.
  static long max(long x, long n) {
    LongVector s0 = LongVector.fromMemorySegment(WIDE, ALL, x, ORDER);
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += STEP) {
      long at = x + Math.min(i, n - STEP) * 8;
      s0 = s0.max(LongVector.fromMemorySegment(WIDE, ALL, at, ORDER));
      s1 = s1.max(LongVector.fromMemorySegment(WIDE, ALL, at + LANES * 8L, ORDER));
      s2 = s2.max(LongVector.fromMemorySegment(WIDE, ALL, at + 2L * LANES * 8, ORDER));
      s3 = s3.max(LongVector.fromMemorySegment(WIDE, ALL, at + 3L * LANES * 8, ORDER));
    }
    return s0.max(s1).max(s2.max(s3)).reduceLanes(VectorOperators.MAX);
  }

  private static void minRows(long x, long rowStride, int count, long n, long[] into, int at) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long s = n < STEP ? I64Folds.min(row, n) : min(row, n);
      into[at + r] = Math.min(into[at + r], s);
    }
  }

  /// Of at least four vectors of elements.
  static long min(long x, long n) {
    LongVector s0 = LongVector.fromMemorySegment(WIDE, ALL, x, ORDER);
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += STEP) {
      long at = x + Math.min(i, n - STEP) * 8;
      s0 = s0.min(LongVector.fromMemorySegment(WIDE, ALL, at, ORDER));
      s1 = s1.min(LongVector.fromMemorySegment(WIDE, ALL, at + LANES * 8L, ORDER));
      s2 = s2.min(LongVector.fromMemorySegment(WIDE, ALL, at + 2L * LANES * 8, ORDER));
      s3 = s3.min(LongVector.fromMemorySegment(WIDE, ALL, at + 3L * LANES * 8, ORDER));
    }
    return s0.min(s1).min(s2.min(s3)).reduceLanes(VectorOperators.MIN);
  }
}
