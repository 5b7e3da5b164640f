package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F32 reductions, for contiguous rows; sums are accumulated in double.
final class VectorF32Folds {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  // As many floats as there are doubles in a vector.
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
  private static final VectorSpecies<Float> FULL = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final Fold SUM = F32Folds.sum(VectorF32Folds::sum);
  static final Fold MAX = F32Folds.max(VectorF32Folds::max);
  static final Fold MIN = F32Folds.min(VectorF32Folds::min);
  static final ColumnSums COLUMNS = VectorF32Folds::columns;

  private VectorF32Folds() {}

  private static long sum(MemorySegment x, long xo, long xs, long n) {
    long step = 4L * LANES;
    long end = xs == 4 ? n - n % step : 0;
    DoubleVector s0 = DoubleVector.zero(WIDE);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    for (long i = 0; i < end; i += step) {
      long at = xo + i * 4;
      s0 = s0.add(widen(x, at));
      s1 = s1.add(widen(x, at + LANES * 4L));
      s2 = s2.add(widen(x, at + LANES * 8L));
      s3 = s3.add(widen(x, at + LANES * 12L));
    }
    double total = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    double rest = Double.longBitsToDouble(F32Folds.sum(x, xo + end * xs, xs, n - end));
    return Double.doubleToRawLongBits(total + rest);
  }

  private static long max(MemorySegment x, long xo, long xs, long n) {
    long step = 2L * FULL.length();
    if (xs != 4 || n < step) {
      return F32Folds.max(x, xo, xs, n);
    }
    FloatVector s0 = FloatVector.fromMemorySegment(FULL, x, xo, ORDER);
    FloatVector s1 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = xo + Math.min(i, n - step) * 4;
      s0 = s0.max(FloatVector.fromMemorySegment(FULL, x, at, ORDER));
      s1 = s1.max(FloatVector.fromMemorySegment(FULL, x, at + FULL.length() * 4L, ORDER));
    }
    return Double.doubleToRawLongBits(s0.max(s1).reduceLanes(VectorOperators.MAX));
  }

  private static long min(MemorySegment x, long xo, long xs, long n) {
    long step = 2L * FULL.length();
    if (xs != 4 || n < step) {
      return F32Folds.min(x, xo, xs, n);
    }
    FloatVector s0 = FloatVector.fromMemorySegment(FULL, x, xo, ORDER);
    FloatVector s1 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = xo + Math.min(i, n - step) * 4;
      s0 = s0.min(FloatVector.fromMemorySegment(FULL, x, at, ORDER));
      s1 = s1.min(FloatVector.fromMemorySegment(FULL, x, at + FULL.length() * 4L, ORDER));
    }
    return Double.doubleToRawLongBits(s0.min(s1).reduceLanes(VectorOperators.MIN));
  }

  /// Tiles of four vectors of columns, then single ones, then what is left under a mask.
  private static void columns(
      MemorySegment x, long xo, long rowStride, long rows, int columns, double[] into, int at) {
    int c = 0;
    for (; c + 4 * LANES <= columns; c += 4 * LANES) {
      tile(x, xo + c * 4L, rowStride, rows, into, at + c);
    }
    for (; c < columns; c += LANES) {
      VectorMask<Float> mask = HALF.indexInRange(c, columns);
      DoubleVector s = DoubleVector.zero(WIDE);
      for (long r = 0; r < rows; r++) {
        long from = xo + r * rowStride + c * 4L;
        FloatVector v = FloatVector.fromMemorySegment(HALF, x, from, ORDER, mask);
        s = s.add(v.convertShape(VectorOperators.F2D, WIDE, 0));
      }
      s.intoArray(into, at + c, WIDE.indexInRange(c, columns));
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
      s0 = s0.add(widen(x, from));
      s1 = s1.add(widen(x, from + LANES * 4L));
      s2 = s2.add(widen(x, from + LANES * 8L));
      s3 = s3.add(widen(x, from + LANES * 12L));
    }
    s0.intoArray(into, at);
    s1.intoArray(into, at + LANES);
    s2.intoArray(into, at + 2 * LANES);
    s3.intoArray(into, at + 3 * LANES);
  }

  private static DoubleVector widen(MemorySegment x, long at) {
    FloatVector v = FloatVector.fromMemorySegment(HALF, x, at, ORDER);
    return (DoubleVector) v.convertShape(VectorOperators.F2D, WIDE, 0);
  }
}
