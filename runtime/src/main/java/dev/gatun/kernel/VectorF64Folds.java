package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 reductions, for contiguous rows.
final class VectorF64Folds {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final Fold SUM = F64Folds.sum(VectorF64Folds::sum);
  static final Fold MAX = F64Folds.max(VectorF64Folds::max);
  static final Fold MIN = F64Folds.min(VectorF64Folds::min);
  static final ColumnSums COLUMNS = VectorF64Folds::columns;

  private VectorF64Folds() {}

  private static long sum(MemorySegment x, long xo, long xs, long n) {
    long step = 4L * LANES;
    long end = xs == 8 ? n - n % step : 0;
    DoubleVector s0 = DoubleVector.zero(WIDE);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    for (long i = 0; i < end; i += step) {
      long at = xo + i * 8;
      s0 = s0.add(load(x, at));
      s1 = s1.add(load(x, at + LANES * 8L));
      s2 = s2.add(load(x, at + LANES * 16L));
      s3 = s3.add(load(x, at + LANES * 24L));
    }
    double total = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    double rest = Double.longBitsToDouble(F64Folds.sum(x, xo + end * xs, xs, n - end));
    return Double.doubleToRawLongBits(total + rest);
  }

  private static long max(MemorySegment x, long xo, long xs, long n) {
    long step = 2L * WIDE.length();
    if (xs != 8 || n < step) {
      return F64Folds.max(x, xo, xs, n);
    }
    DoubleVector s0 = DoubleVector.fromMemorySegment(WIDE, x, xo, ORDER);
    DoubleVector s1 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = xo + Math.min(i, n - step) * 8;
      s0 = s0.max(DoubleVector.fromMemorySegment(WIDE, x, at, ORDER));
      s1 = s1.max(DoubleVector.fromMemorySegment(WIDE, x, at + WIDE.length() * 8L, ORDER));
    }
    return Double.doubleToRawLongBits(s0.max(s1).reduceLanes(VectorOperators.MAX));
  }

  private static long min(MemorySegment x, long xo, long xs, long n) {
    long step = 2L * WIDE.length();
    if (xs != 8 || n < step) {
      return F64Folds.min(x, xo, xs, n);
    }
    DoubleVector s0 = DoubleVector.fromMemorySegment(WIDE, x, xo, ORDER);
    DoubleVector s1 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = xo + Math.min(i, n - step) * 8;
      s0 = s0.min(DoubleVector.fromMemorySegment(WIDE, x, at, ORDER));
      s1 = s1.min(DoubleVector.fromMemorySegment(WIDE, x, at + WIDE.length() * 8L, ORDER));
    }
    return Double.doubleToRawLongBits(s0.min(s1).reduceLanes(VectorOperators.MIN));
  }

  /// Tiles of four vectors of columns, then single ones, then what is left under a mask.
  private static void columns(
      MemorySegment x, long xo, long rowStride, long rows, int columns, double[] into, int at) {
    int c = 0;
    for (; c + 4 * LANES <= columns; c += 4 * LANES) {
      tile(x, xo + c * 8L, rowStride, rows, into, at + c);
    }
    for (; c < columns; c += LANES) {
      VectorMask<Double> mask = WIDE.indexInRange(c, columns);
      DoubleVector s = DoubleVector.zero(WIDE);
      for (long r = 0; r < rows; r++) {
        long from = xo + r * rowStride + c * 8L;
        DoubleVector v = DoubleVector.fromMemorySegment(WIDE, x, from, ORDER, mask);
        s = s.add(v);
      }
      s.intoArray(into, at + c, mask);
    }
  }

  private static void tile(
      MemorySegment x, long xo, long rowStride, long rows, double[] into, int at) {
    DoubleVector s0 = DoubleVector.zero(WIDE);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    for (long r = 0; r < rows; r++) {
      long from = xo + r * rowStride;
      s0 = s0.add(load(x, from));
      s1 = s1.add(load(x, from + LANES * 8L));
      s2 = s2.add(load(x, from + LANES * 16L));
      s3 = s3.add(load(x, from + LANES * 24L));
    }
    s0.intoArray(into, at);
    s1.intoArray(into, at + LANES);
    s2.intoArray(into, at + 2 * LANES);
    s3.intoArray(into, at + 3 * LANES);
  }

  private static DoubleVector load(MemorySegment x, long at) {
    return DoubleVector.fromMemorySegment(WIDE, x, at, ORDER);
  }
}
