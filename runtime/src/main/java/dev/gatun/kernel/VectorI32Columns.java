package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the I32 reductions, rows side by side.
final class VectorI32Columns {
  private static final VectorSpecies<Long> WIDE = LongVector.SPECIES_PREFERRED;
  // As many ints as there are longs in a vector.
  private static final VectorSpecies<Integer> HALF =
      VectorSpecies.of(int.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
  private static final int LANES = WIDE.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Fewer columns stay in a register each from the first row to the last.
  private static final int FEW = 4 * LANES;

  // Without masks in hardware a masked load reads all lanes.
  private static final boolean MASKS = WIDE.vectorBitSize() >= 256;

  private VectorI32Columns() {}

  static void sum(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    if (columns >= FEW) {
      c = columns & -LANES;
      long r = 0;
      for (; r + 4 <= rows; r += 4) {
        sumRows(x + r * rowStride, rowStride, c, into, at);
      }
      for (; r < rows; r++) {
        sumRow(x + r * rowStride, c, into, at);
      }
    }
    for (; c + LANES <= columns; c += LANES) {
      sumStrip(x + c * 4L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      sumRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I32Folds.sumColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void sumRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 4L;
      LongVector a =
          IntVector.fromMemorySegment(HALF, ALL, from, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs()
              .add(
                  IntVector.fromMemorySegment(HALF, ALL, from + rowStride, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      LongVector b =
          IntVector.fromMemorySegment(HALF, ALL, from + 2 * rowStride, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs()
              .add(
                  IntVector.fromMemorySegment(HALF, ALL, from + 3 * rowStride, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      LongVector s = LongVector.fromArray(WIDE, into, at + c).add(a.add(b));
      s.intoArray(into, at + c);
    }
  }

  private static void sumRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      LongVector s =
          LongVector.fromArray(WIDE, into, at + c)
              .add(
                  IntVector.fromMemorySegment(HALF, ALL, x + c * 4L, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      s.intoArray(into, at + c);
    }
  }

  private static void sumStrip(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s = LongVector.fromArray(WIDE, into, at);
    for (long r = 0; r < rows; r++) {
      s =
          s.add(
              IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    s.intoArray(into, at);
  }

  private static void sumRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s =
          s.add(
              IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    s.intoArray(into, at, cells);
  }

  static void prod(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    if (columns >= FEW) {
      c = columns & -LANES;
      long r = 0;
      for (; r + 4 <= rows; r += 4) {
        prodRows(x + r * rowStride, rowStride, c, into, at);
      }
      for (; r < rows; r++) {
        prodRow(x + r * rowStride, c, into, at);
      }
    }
    for (; c + LANES <= columns; c += LANES) {
      prodStrip(x + c * 4L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      prodRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I32Folds.prodColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void prodRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 4L;
      LongVector a =
          IntVector.fromMemorySegment(HALF, ALL, from, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs()
              .mul(
                  IntVector.fromMemorySegment(HALF, ALL, from + rowStride, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      LongVector b =
          IntVector.fromMemorySegment(HALF, ALL, from + 2 * rowStride, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs()
              .mul(
                  IntVector.fromMemorySegment(HALF, ALL, from + 3 * rowStride, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      LongVector s = LongVector.fromArray(WIDE, into, at + c).mul(a.mul(b));
      s.intoArray(into, at + c);
    }
  }

  private static void prodRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      LongVector s =
          LongVector.fromArray(WIDE, into, at + c)
              .mul(
                  IntVector.fromMemorySegment(HALF, ALL, x + c * 4L, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      s.intoArray(into, at + c);
    }
  }

  private static void prodStrip(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s = LongVector.fromArray(WIDE, into, at);
    for (long r = 0; r < rows; r++) {
      s =
          s.mul(
              IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    s.intoArray(into, at);
  }

  private static void prodRest(
      long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s =
          s.mul(
              IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    s.intoArray(into, at, cells);
  }

  static void max(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    if (columns >= FEW) {
      c = columns & -LANES;
      long r = 0;
      for (; r + 4 <= rows; r += 4) {
        maxRows(x + r * rowStride, rowStride, c, into, at);
      }
      for (; r < rows; r++) {
        maxRow(x + r * rowStride, c, into, at);
      }
    }
    for (; c + LANES <= columns; c += LANES) {
      maxStrip(x + c * 4L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      maxRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I32Folds.maxColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void maxRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 4L;
      LongVector a =
          IntVector.fromMemorySegment(HALF, ALL, from, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs()
              .max(
                  IntVector.fromMemorySegment(HALF, ALL, from + rowStride, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      LongVector b =
          IntVector.fromMemorySegment(HALF, ALL, from + 2 * rowStride, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs()
              .max(
                  IntVector.fromMemorySegment(HALF, ALL, from + 3 * rowStride, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      LongVector s = LongVector.fromArray(WIDE, into, at + c).max(a.max(b));
      s.intoArray(into, at + c);
    }
  }

  private static void maxRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      LongVector s =
          LongVector.fromArray(WIDE, into, at + c)
              .max(
                  IntVector.fromMemorySegment(HALF, ALL, x + c * 4L, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      s.intoArray(into, at + c);
    }
  }

  private static void maxStrip(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s = LongVector.fromArray(WIDE, into, at);
    for (long r = 0; r < rows; r++) {
      s =
          s.max(
              IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    s.intoArray(into, at);
  }

  private static void maxRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s =
          s.max(
              IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    s.intoArray(into, at, cells);
  }

  static void min(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    if (columns >= FEW) {
      c = columns & -LANES;
      long r = 0;
      for (; r + 4 <= rows; r += 4) {
        minRows(x + r * rowStride, rowStride, c, into, at);
      }
      for (; r < rows; r++) {
        minRow(x + r * rowStride, c, into, at);
      }
    }
    for (; c + LANES <= columns; c += LANES) {
      minStrip(x + c * 4L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      minRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I32Folds.minColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void minRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 4L;
      LongVector a =
          IntVector.fromMemorySegment(HALF, ALL, from, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs()
              .min(
                  IntVector.fromMemorySegment(HALF, ALL, from + rowStride, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      LongVector b =
          IntVector.fromMemorySegment(HALF, ALL, from + 2 * rowStride, ORDER)
              .convertShape(VectorOperators.I2L, WIDE, 0)
              .reinterpretAsLongs()
              .min(
                  IntVector.fromMemorySegment(HALF, ALL, from + 3 * rowStride, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      LongVector s = LongVector.fromArray(WIDE, into, at + c).min(a.min(b));
      s.intoArray(into, at + c);
    }
  }

  private static void minRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      LongVector s =
          LongVector.fromArray(WIDE, into, at + c)
              .min(
                  IntVector.fromMemorySegment(HALF, ALL, x + c * 4L, ORDER)
                      .convertShape(VectorOperators.I2L, WIDE, 0)
                      .reinterpretAsLongs());
      s.intoArray(into, at + c);
    }
  }

  private static void minStrip(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s = LongVector.fromArray(WIDE, into, at);
    for (long r = 0; r < rows; r++) {
      s =
          s.min(
              IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    s.intoArray(into, at);
  }

  private static void minRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s =
          s.min(
              IntVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
                  .convertShape(VectorOperators.I2L, WIDE, 0)
                  .reinterpretAsLongs());
    }
    s.intoArray(into, at, cells);
  }
}
