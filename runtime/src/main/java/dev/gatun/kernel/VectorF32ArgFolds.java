package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops that find the first extreme element of F32.
final class VectorF32ArgFolds {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  // As many floats as there are doubles in a vector.
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
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
          4, VectorF32ArgFolds::maxRows, VectorF32ArgFolds::maxColumns, F32ArgFolds::maxBeats);
  static final ArgFold MIN =
      new ArgFold(
          4, VectorF32ArgFolds::minRows, VectorF32ArgFolds::minColumns, F32ArgFolds::minBeats);

  private VectorF32ArgFolds() {}

  private static void maxRows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long position = n < SHORT ? F32ArgFolds.max(row, n) : max(row, n);
      double v = f32(ALL, row + position * 4);
      F32ArgFolds.maxJoin(v, first + position, into, at + r, plane);
    }
  }

  private static long max(long x, long n) {
    float best = f32(ALL, x);
    long block = 0;
    for (long i = 0; i < n; i += BLOCK) {
      // The last block may overlap the one before it: what ties there has been seen.
      long start = Math.max(0, Math.min(i, n - SHORT));
      float v = VectorF32Folds.max(x + start * 4, Math.min(BLOCK, n - start));
      if (v > best || (Float.isNaN(v) && !Float.isNaN(best))) {
        best = v;
        block = start;
      }
    }
    return block + find(x + block * 4, n - block, best);
  }

  private static void maxColumns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    if (rows == 0) {
      return;
    }
    if (into[at + plane] < 0) {
      F32ArgFolds.maxColumns(x, rowStride, 1, columns, first, into, at, plane);
    }
    int c = 0;
    for (; c + LANES <= columns; c += LANES) {
      maxStrip(x + c * 4L, rowStride, rows, first, into, at + c, plane);
    }
    if (c < columns && MASKS) {
      maxRest(x + c * 4L, rowStride, rows, columns - c, first, into, at + c, plane);
    } else if (c < columns) {
      F32ArgFolds.maxColumns(x + c * 4L, rowStride, rows, columns - c, first, into, at + c, plane);
    }
  }

  private static void maxStrip(
      long x, long rowStride, long rows, long first, long[] into, int at, int plane) {
    DoubleVector best = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    LongVector position = LongVector.fromArray(LONGS, into, at + plane);
    for (long r = 0; r < rows; r++) {
      DoubleVector v =
          FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles();
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
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector best = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    LongVector position = LongVector.fromArray(LONGS, into, at + plane, cells);
    for (long r = 0; r < rows; r++) {
      DoubleVector v =
          FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles();
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
      long position = n < SHORT ? F32ArgFolds.min(row, n) : min(row, n);
      double v = f32(ALL, row + position * 4);
      F32ArgFolds.minJoin(v, first + position, into, at + r, plane);
    }
  }

  private static long min(long x, long n) {
    float best = f32(ALL, x);
    long block = 0;
    for (long i = 0; i < n; i += BLOCK) {
      // The last block may overlap the one before it: what ties there has been seen.
      long start = Math.max(0, Math.min(i, n - SHORT));
      float v = VectorF32Folds.min(x + start * 4, Math.min(BLOCK, n - start));
      if (v < best || (Float.isNaN(v) && !Float.isNaN(best))) {
        best = v;
        block = start;
      }
    }
    return block + find(x + block * 4, n - block, best);
  }

  private static void minColumns(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    if (rows == 0) {
      return;
    }
    if (into[at + plane] < 0) {
      F32ArgFolds.minColumns(x, rowStride, 1, columns, first, into, at, plane);
    }
    int c = 0;
    for (; c + LANES <= columns; c += LANES) {
      minStrip(x + c * 4L, rowStride, rows, first, into, at + c, plane);
    }
    if (c < columns && MASKS) {
      minRest(x + c * 4L, rowStride, rows, columns - c, first, into, at + c, plane);
    } else if (c < columns) {
      F32ArgFolds.minColumns(x + c * 4L, rowStride, rows, columns - c, first, into, at + c, plane);
    }
  }

  private static void minStrip(
      long x, long rowStride, long rows, long first, long[] into, int at, int plane) {
    DoubleVector best = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    LongVector position = LongVector.fromArray(LONGS, into, at + plane);
    for (long r = 0; r < rows; r++) {
      DoubleVector v =
          FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles();
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
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector best = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    LongVector position = LongVector.fromArray(LONGS, into, at + plane, cells);
    for (long r = 0; r < rows; r++) {
      DoubleVector v =
          FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles();
      VectorMask<Double> known = best.compare(VectorOperators.EQ, best);
      VectorMask<Double> more = v.compare(VectorOperators.GE, best).not().and(known);
      best = best.blend(v, more);
      position = position.blend(first + r, more.cast(LONGS));
    }
    best.reinterpretAsLongs().intoArray(into, at, cells);
    position.intoArray(into, at + plane, cells);
  }

  /// The first of the elements that is `best`, or NaN.
  private static long find(long x, long n, float best) {
    for (long i = 0; i < n; i++) {
      float v = f32(ALL, x + i * 4);
      if (v == best || Float.isNaN(v)) {
        return i;
      }
    }
    throw new AssertionError("the element is not where it was found");
  }
}
