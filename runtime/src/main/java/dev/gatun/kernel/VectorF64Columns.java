package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 reductions, rows side by side.
final class VectorF64Columns {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Fewer columns stay in a register each from the first row to the last.
  private static final int FEW = 4 * LANES;

  // Without masks in hardware a masked load reads all lanes.
  private static final boolean MASKS = WIDE.vectorBitSize() >= 256;

  private VectorF64Columns() {}

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
      sumStrip(x + c * 8L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      sumRest(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      F64Folds.sumColumns(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void sumRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 8L;
      DoubleVector a =
          DoubleVector.fromMemorySegment(WIDE, ALL, from, ORDER)
              .add(DoubleVector.fromMemorySegment(WIDE, ALL, from + rowStride, ORDER));
      DoubleVector b =
          DoubleVector.fromMemorySegment(WIDE, ALL, from + 2 * rowStride, ORDER)
              .add(DoubleVector.fromMemorySegment(WIDE, ALL, from + 3 * rowStride, ORDER));
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
              .add(DoubleVector.fromMemorySegment(WIDE, ALL, x + c * 8L, ORDER));
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void sumStrip(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.add(DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER));
    }
    s.reinterpretAsLongs().intoArray(into, at);
  }

  private static void sumRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Double> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.add(DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask));
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
      prodStrip(x + c * 8L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      prodRest(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      F64Folds.prodColumns(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void prodRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 8L;
      DoubleVector a =
          DoubleVector.fromMemorySegment(WIDE, ALL, from, ORDER)
              .mul(DoubleVector.fromMemorySegment(WIDE, ALL, from + rowStride, ORDER));
      DoubleVector b =
          DoubleVector.fromMemorySegment(WIDE, ALL, from + 2 * rowStride, ORDER)
              .mul(DoubleVector.fromMemorySegment(WIDE, ALL, from + 3 * rowStride, ORDER));
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
              .mul(DoubleVector.fromMemorySegment(WIDE, ALL, x + c * 8L, ORDER));
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void prodStrip(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.mul(DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER));
    }
    s.reinterpretAsLongs().intoArray(into, at);
  }

  private static void prodRest(
      long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Double> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.mul(DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask));
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
      maxStrip(x + c * 8L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      maxRest(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      F64Folds.maxColumns(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void maxRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 8L;
      DoubleVector a =
          DoubleVector.fromMemorySegment(WIDE, ALL, from, ORDER)
              .max(DoubleVector.fromMemorySegment(WIDE, ALL, from + rowStride, ORDER));
      DoubleVector b =
          DoubleVector.fromMemorySegment(WIDE, ALL, from + 2 * rowStride, ORDER)
              .max(DoubleVector.fromMemorySegment(WIDE, ALL, from + 3 * rowStride, ORDER));
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
              .max(DoubleVector.fromMemorySegment(WIDE, ALL, x + c * 8L, ORDER));
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void maxStrip(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.max(DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER));
    }
    s.reinterpretAsLongs().intoArray(into, at);
  }

  private static void maxRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Double> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.max(DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask));
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
      minStrip(x + c * 8L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      minRest(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      F64Folds.minColumns(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void minRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 8L;
      DoubleVector a =
          DoubleVector.fromMemorySegment(WIDE, ALL, from, ORDER)
              .min(DoubleVector.fromMemorySegment(WIDE, ALL, from + rowStride, ORDER));
      DoubleVector b =
          DoubleVector.fromMemorySegment(WIDE, ALL, from + 2 * rowStride, ORDER)
              .min(DoubleVector.fromMemorySegment(WIDE, ALL, from + 3 * rowStride, ORDER));
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
              .min(DoubleVector.fromMemorySegment(WIDE, ALL, x + c * 8L, ORDER));
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
  }

  private static void minStrip(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.min(DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER));
    }
    s.reinterpretAsLongs().intoArray(into, at);
  }

  private static void minRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Double> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.min(DoubleVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask));
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
            DoubleVector.fromMemorySegment(WIDE, ALL, x + c * 8L + r * rowStride, ORDER).sub(m);
        s = d.fma(d, s);
      }
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
    return c;
  }
}
