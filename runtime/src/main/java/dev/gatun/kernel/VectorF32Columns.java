package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F32 reductions, rows side by side.
final class VectorF32Columns {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  // As many floats as there are doubles in a vector.
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Fewer columns stay in a register each from the first row to the last.
  private static final int FEW = 4 * LANES;

  // Without masks in hardware a masked load reads all lanes.
  private static final boolean MASKS = WIDE.vectorBitSize() >= 256;

  private VectorF32Columns() {}

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
      F32Folds.sumColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void sumRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 4L;
      DoubleVector a =
          FloatVector.fromMemorySegment(HALF, ALL, from, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .add(
                  FloatVector.fromMemorySegment(HALF, ALL, from + rowStride, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      DoubleVector b =
          FloatVector.fromMemorySegment(HALF, ALL, from + 2 * rowStride, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .add(
                  FloatVector.fromMemorySegment(HALF, ALL, from + 3 * rowStride, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      DoubleVector s =
          LongVector.fromArray(LONGS, into, at + c).reinterpretAsDoubles().add(a.add(b));
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void sumRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      DoubleVector s =
          LongVector.fromArray(LONGS, into, at + c)
              .reinterpretAsDoubles()
              .add(
                  FloatVector.fromMemorySegment(HALF, ALL, x + c * 4L, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void sumStrip(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s =
          s.add(
              FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    s.reinterpretAsLongs().intoArray(into, at);
  }

  private static void sumRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s =
          s.add(
              FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    s.reinterpretAsLongs().intoArray(into, at, cells);
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
      F32Folds.prodColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void prodRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 4L;
      DoubleVector a =
          FloatVector.fromMemorySegment(HALF, ALL, from, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .mul(
                  FloatVector.fromMemorySegment(HALF, ALL, from + rowStride, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      DoubleVector b =
          FloatVector.fromMemorySegment(HALF, ALL, from + 2 * rowStride, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .mul(
                  FloatVector.fromMemorySegment(HALF, ALL, from + 3 * rowStride, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      DoubleVector s =
          LongVector.fromArray(LONGS, into, at + c).reinterpretAsDoubles().mul(a.mul(b));
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void prodRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      DoubleVector s =
          LongVector.fromArray(LONGS, into, at + c)
              .reinterpretAsDoubles()
              .mul(
                  FloatVector.fromMemorySegment(HALF, ALL, x + c * 4L, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void prodStrip(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s =
          s.mul(
              FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    s.reinterpretAsLongs().intoArray(into, at);
  }

  private static void prodRest(
      long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s =
          s.mul(
              FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    s.reinterpretAsLongs().intoArray(into, at, cells);
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
      F32Folds.maxColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void maxRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 4L;
      DoubleVector a =
          FloatVector.fromMemorySegment(HALF, ALL, from, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .max(
                  FloatVector.fromMemorySegment(HALF, ALL, from + rowStride, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      DoubleVector b =
          FloatVector.fromMemorySegment(HALF, ALL, from + 2 * rowStride, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .max(
                  FloatVector.fromMemorySegment(HALF, ALL, from + 3 * rowStride, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      DoubleVector s =
          LongVector.fromArray(LONGS, into, at + c).reinterpretAsDoubles().max(a.max(b));
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void maxRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      DoubleVector s =
          LongVector.fromArray(LONGS, into, at + c)
              .reinterpretAsDoubles()
              .max(
                  FloatVector.fromMemorySegment(HALF, ALL, x + c * 4L, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void maxStrip(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s =
          s.max(
              FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    s.reinterpretAsLongs().intoArray(into, at);
  }

  private static void maxRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s =
          s.max(
              FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    s.reinterpretAsLongs().intoArray(into, at, cells);
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
      F32Folds.minColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void minRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 4L;
      DoubleVector a =
          FloatVector.fromMemorySegment(HALF, ALL, from, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .min(
                  FloatVector.fromMemorySegment(HALF, ALL, from + rowStride, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      DoubleVector b =
          FloatVector.fromMemorySegment(HALF, ALL, from + 2 * rowStride, ORDER)
              .convertShape(VectorOperators.F2D, WIDE, 0)
              .reinterpretAsDoubles()
              .min(
                  FloatVector.fromMemorySegment(HALF, ALL, from + 3 * rowStride, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      DoubleVector s =
          LongVector.fromArray(LONGS, into, at + c).reinterpretAsDoubles().min(a.min(b));
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void minRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      DoubleVector s =
          LongVector.fromArray(LONGS, into, at + c)
              .reinterpretAsDoubles()
              .min(
                  FloatVector.fromMemorySegment(HALF, ALL, x + c * 4L, ORDER)
                      .convertShape(VectorOperators.F2D, WIDE, 0)
                      .reinterpretAsDoubles());
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void minStrip(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s =
          s.min(
              FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    s.reinterpretAsLongs().intoArray(into, at);
  }

  private static void minRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s =
          s.min(
              FloatVector.fromMemorySegment(HALF, ALL, x + r * rowStride, ORDER, mask)
                  .convertShape(VectorOperators.F2D, WIDE, 0)
                  .reinterpretAsDoubles());
    }
    s.reinterpretAsLongs().intoArray(into, at, cells);
  }

  /// `into += Σ (x - mean)²`, whole vectors; returns how many columns that are.
  static int squares(
      long x, long rowStride, long rows, int columns, double[] means, long[] into, int at) {
    int c = 0;
    for (; c + LANES <= columns; c += LANES) {
      DoubleVector m = DoubleVector.fromArray(WIDE, means, c);
      DoubleVector s = LongVector.fromArray(LONGS, into, at + c).reinterpretAsDoubles();
      for (long r = 0; r < rows; r++) {
        DoubleVector d =
            FloatVector.fromMemorySegment(HALF, ALL, x + c * 4L + r * rowStride, ORDER)
                .convertShape(VectorOperators.F2D, WIDE, 0)
                .reinterpretAsDoubles()
                .sub(m);
        s = d.fma(d, s);
      }
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
    return c;
  }
}
