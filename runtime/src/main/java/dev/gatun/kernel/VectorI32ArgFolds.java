package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops that find the first extreme element of I32.
final class VectorI32ArgFolds {
  private static final VectorSpecies<Long> WIDE = LongVector.SPECIES_PREFERRED;
  // As many ints as there are longs in a vector.
  private static final VectorSpecies<Integer> HALF =
      VectorSpecies.of(int.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
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
          4, VectorI32ArgFolds::maxRows, VectorI32ArgFolds::maxColumns, I32ArgFolds::maxBeats);
  static final ArgFold MIN =
      new ArgFold(
          4, VectorI32ArgFolds::minRows, VectorI32ArgFolds::minColumns, I32ArgFolds::minBeats);

  private VectorI32ArgFolds() {}

  private static void maxRows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long position = n < SHORT ? I32ArgFolds.max(row, n) : max(row, n);
      long v = i32(ALL, row + position * 4);
      I32ArgFolds.maxJoin(v, first + position, into, at + r, plane);
    }
  }

  private static long max(long x, long n) {
    int best = i32(ALL, x);
    long block = 0;
    for (long i = 0; i < n; i += BLOCK) {
      // The last block may overlap the one before it: what ties there has been seen.
      long start = Math.max(0, Math.min(i, n - SHORT));
      int v = (int) VectorI32Folds.max(x + start * 4, Math.min(BLOCK, n - start));
      if (v > best) {
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
      I32ArgFolds.maxColumns(x, rowStride, 1, columns, first, into, at, plane);
    }
    int c = 0;
    for (; c + LANES <= columns; c += LANES) {
      maxStrip(x + c * 4L, rowStride, rows, first, into, at + c, plane);
    }
    if (c < columns && MASKS) {
      maxRest(x + c * 4L, rowStride, rows, columns - c, first, into, at + c, plane);
    } else if (c < columns) {
      I32ArgFolds.maxColumns(x + c * 4L, rowStride, rows, columns - c, first, into, at + c, plane);
    }
  }

  private static void maxStrip(
      long x, long rowStride, long rows, long first, long[] into, int at, int plane) {
    LongVector best = LongVector.fromArray(WIDE, into, at);
    LongVector position = LongVector.fromArray(WIDE, into, at + plane);
    for (long r = 0; r < rows; r++) {
      LongVector v =
          IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs();
      VectorMask<Long> more = v.compare(VectorOperators.GT, best);
      best = best.blend(v, more);
      position = position.blend(first + r, more);
    }
    best.intoArray(into, at);
    position.intoArray(into, at + plane);
  }

  private static void maxRest(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector best = LongVector.fromArray(WIDE, into, at, cells);
    LongVector position = LongVector.fromArray(WIDE, into, at + plane, cells);
    for (long r = 0; r < rows; r++) {
      LongVector v =
          IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs();
      VectorMask<Long> more = v.compare(VectorOperators.GT, best);
      best = best.blend(v, more);
      position = position.blend(first + r, more);
    }
    best.intoArray(into, at, cells);
    position.intoArray(into, at + plane, cells);
  }

  private static void minRows(
      long x, long rowStride, int count, long n, long first, long[] into, int at, int plane) {
    for (int r = 0; r < count; r++) {
      long row = x + r * rowStride;
      long position = n < SHORT ? I32ArgFolds.min(row, n) : min(row, n);
      long v = i32(ALL, row + position * 4);
      I32ArgFolds.minJoin(v, first + position, into, at + r, plane);
    }
  }

  private static long min(long x, long n) {
    int best = i32(ALL, x);
    long block = 0;
    for (long i = 0; i < n; i += BLOCK) {
      // The last block may overlap the one before it: what ties there has been seen.
      long start = Math.max(0, Math.min(i, n - SHORT));
      int v = (int) VectorI32Folds.min(x + start * 4, Math.min(BLOCK, n - start));
      if (v < best) {
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
      I32ArgFolds.minColumns(x, rowStride, 1, columns, first, into, at, plane);
    }
    int c = 0;
    for (; c + LANES <= columns; c += LANES) {
      minStrip(x + c * 4L, rowStride, rows, first, into, at + c, plane);
    }
    if (c < columns && MASKS) {
      minRest(x + c * 4L, rowStride, rows, columns - c, first, into, at + c, plane);
    } else if (c < columns) {
      I32ArgFolds.minColumns(x + c * 4L, rowStride, rows, columns - c, first, into, at + c, plane);
    }
  }

  private static void minStrip(
      long x, long rowStride, long rows, long first, long[] into, int at, int plane) {
    LongVector best = LongVector.fromArray(WIDE, into, at);
    LongVector position = LongVector.fromArray(WIDE, into, at + plane);
    for (long r = 0; r < rows; r++) {
      LongVector v =
          IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs();
      VectorMask<Long> more = v.compare(VectorOperators.LT, best);
      best = best.blend(v, more);
      position = position.blend(first + r, more);
    }
    best.intoArray(into, at);
    position.intoArray(into, at + plane);
  }

  private static void minRest(
      long x, long rowStride, long rows, int columns, long first, long[] into, int at, int plane) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector best = LongVector.fromArray(WIDE, into, at, cells);
    LongVector position = LongVector.fromArray(WIDE, into, at + plane, cells);
    for (long r = 0; r < rows; r++) {
      LongVector v =
          IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs();
      VectorMask<Long> more = v.compare(VectorOperators.LT, best);
      best = best.blend(v, more);
      position = position.blend(first + r, more);
    }
    best.intoArray(into, at, cells);
    position.intoArray(into, at + plane, cells);
  }

  /// The first of the elements that is `best`, or NaN.
  private static long find(long x, long n, int best) {
    for (long i = 0; i < n; i++) {
      int v = i32(ALL, x + i * 4);
      if (v == best) {
        return i;
      }
    }
    throw new AssertionError("the element is not where it was found");
  }
}
