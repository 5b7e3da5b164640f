package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops that find the first extreme element of F64.
final class VectorF64ArgFolds {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // What is looked through once more for the position: small enough to be in the cache still.
  private static final int BLOCK = 2048;

  // Below this many elements one scalar pass is faster.
  private static final int SHORT = 64;

  // Without masks in hardware a masked load reads all lanes.
  private static final boolean MASKS = WIDE.vectorBitSize() >= 256;

  static final ArgFold MAX =
      new ArgFold(
          8, VectorF64ArgFolds::maxRows, VectorF64ArgFolds::maxColumns, F64ArgFolds::maxBeats);
  static final ArgFold MIN =
      new ArgFold(
          8, VectorF64ArgFolds::minRows, VectorF64ArgFolds::minColumns, F64ArgFolds::minBeats);

  private VectorF64ArgFolds() {}

  private static void maxRows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long position = n < SHORT ? F64ArgFolds.max(row, n) : max(row, n);
      double v = f64(ALL, row + position * 8);
      F64ArgFolds.maxJoin(v, first + position, into, at + r, plane);
    }
  }

  private static long max(long x, long n) {
    double best = f64(ALL, x);
    long block = 0;
    for (long i = 0; i < n; i += BLOCK) {
      // The last block may overlap the one before it: what ties there has been seen.
      long start = Math.max(0, Math.min(i, n - SHORT));
      double v = VectorF64Folds.max(x + start * 8, Math.min(BLOCK, n - start));
      if (v > best || (Double.isNaN(v) && !Double.isNaN(best))) {
        best = v;
        block = start;
      }
    }
    return block + find(x + block * 8, n - block, best);
  }

  private static void maxColumns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    if (rows == 0) {
      return;
    }
    if (into[at + plane] < 0) {
      F64ArgFolds.maxColumns(x, rowStride, 1, columns, first, into, at, plane);
    }
    int c = 0;
    for (; c + LANES <= columns; c += LANES) {
      maxStrip(x + c * 8L, rowStride, rows, first, into, at + c, plane);
    }
    if (c < columns && MASKS) {
      maxRest(x + c * 8L, rowStride, rows, columns - c, first, into, at + c, plane);
    } else if (c < columns) {
      F64ArgFolds.maxColumns(x + c * 8L, rowStride, rows, columns - c, first, into, at + c, plane);
    }
  }

  private static void maxStrip(
      long x, long rowStride, long rows, long first, long[] into, int at, int plane) {
    DoubleVector best = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    LongVector position = LongVector.fromArray(LONGS, into, at + plane);
    for (long r = 0; r < rows; r++) {
      DoubleVector v = DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER);
      VectorMask<Double> known = best.compare(VectorOperators.EQ, best);
      VectorMask<Double> more = v.compare(VectorOperators.LE, best).not().and(known);
      best = best.blend(v, more);
      position = position.blend(first + r, more.cast(LONGS));
    }
    best.reinterpretAsLongs().intoArray(into, at);
    position.intoArray(into, at + plane);
  }

  private static void maxRest(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    VectorMask<Double> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector best = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    LongVector position = LongVector.fromArray(LONGS, into, at + plane, cells);
    for (long r = 0; r < rows; r++) {
      DoubleVector v = DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask);
      VectorMask<Double> known = best.compare(VectorOperators.EQ, best);
      VectorMask<Double> more = v.compare(VectorOperators.LE, best).not().and(known);
      best = best.blend(v, more);
      position = position.blend(first + r, more.cast(LONGS));
    }
    best.reinterpretAsLongs().intoArray(into, at, cells);
    position.intoArray(into, at + plane, cells);
  }

  private static void minRows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long position = n < SHORT ? F64ArgFolds.min(row, n) : min(row, n);
      double v = f64(ALL, row + position * 8);
      F64ArgFolds.minJoin(v, first + position, into, at + r, plane);
    }
  }

  private static long min(long x, long n) {
    double best = f64(ALL, x);
    long block = 0;
    for (long i = 0; i < n; i += BLOCK) {
      // The last block may overlap the one before it: what ties there has been seen.
      long start = Math.max(0, Math.min(i, n - SHORT));
      double v = VectorF64Folds.min(x + start * 8, Math.min(BLOCK, n - start));
      if (v < best || (Double.isNaN(v) && !Double.isNaN(best))) {
        best = v;
        block = start;
      }
    }
    return block + find(x + block * 8, n - block, best);
  }

  private static void minColumns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    if (rows == 0) {
      return;
    }
    if (into[at + plane] < 0) {
      F64ArgFolds.minColumns(x, rowStride, 1, columns, first, into, at, plane);
    }
    int c = 0;
    for (; c + LANES <= columns; c += LANES) {
      minStrip(x + c * 8L, rowStride, rows, first, into, at + c, plane);
    }
    if (c < columns && MASKS) {
      minRest(x + c * 8L, rowStride, rows, columns - c, first, into, at + c, plane);
    } else if (c < columns) {
      F64ArgFolds.minColumns(x + c * 8L, rowStride, rows, columns - c, first, into, at + c, plane);
    }
  }

  private static void minStrip(
      long x, long rowStride, long rows, long first, long[] into, int at, int plane) {
    DoubleVector best = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    LongVector position = LongVector.fromArray(LONGS, into, at + plane);
    for (long r = 0; r < rows; r++) {
      DoubleVector v = DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER);
      VectorMask<Double> known = best.compare(VectorOperators.EQ, best);
      VectorMask<Double> more = v.compare(VectorOperators.GE, best).not().and(known);
      best = best.blend(v, more);
      position = position.blend(first + r, more.cast(LONGS));
    }
    best.reinterpretAsLongs().intoArray(into, at);
    position.intoArray(into, at + plane);
  }

  private static void minRest(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    VectorMask<Double> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector best = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    LongVector position = LongVector.fromArray(LONGS, into, at + plane, cells);
    for (long r = 0; r < rows; r++) {
      DoubleVector v = DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask);
      VectorMask<Double> known = best.compare(VectorOperators.EQ, best);
      VectorMask<Double> more = v.compare(VectorOperators.GE, best).not().and(known);
      best = best.blend(v, more);
      position = position.blend(first + r, more.cast(LONGS));
    }
    best.reinterpretAsLongs().intoArray(into, at, cells);
    position.intoArray(into, at + plane, cells);
  }

  /// The first of the elements that is `best`, or NaN.
  private static long find(long x, long n, double best) {
    for (long i = 0; i < n; i++) {
      double v = f64(ALL, x + i * 8);
      if (v == best || Double.isNaN(v)) {
        return i;
      }
    }
    throw new AssertionError("the element is not where it was found");
  }
}
