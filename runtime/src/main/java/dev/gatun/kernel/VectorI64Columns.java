package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the I64 reductions, rows side by side.
final class VectorI64Columns {
  private static final VectorSpecies<Long> WIDE = LongVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Fewer columns stay in a register each from the first row to the last.
  private static final int FEW = 4 * LANES;

  // Without masks in hardware a masked load reads all lanes.
  private static final boolean MASKS = WIDE.vectorBitSize() >= 256;

  private VectorI64Columns() {}

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
      I64Folds.sumColumns(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void sumRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 8L;
      LongVector a =
          LongVector.fromMemorySegment(WIDE, ALL, from, ORDER)
              .add(LongVector.fromMemorySegment(WIDE, ALL, from + rowStride, ORDER));
      LongVector b =
          LongVector.fromMemorySegment(WIDE, ALL, from + 2 * rowStride, ORDER)
              .add(LongVector.fromMemorySegment(WIDE, ALL, from + 3 * rowStride, ORDER));
      LongVector s = LongVector.fromArray(WIDE, into, at + c).add(a.add(b));
      s.intoArray(into, at + c);
    }
  }

  private static void sumRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      LongVector s =
          LongVector.fromArray(WIDE, into, at + c)
              .add(LongVector.fromMemorySegment(WIDE, ALL, x + c * 8L, ORDER));
      s.intoArray(into, at + c);
    }
  }

  private static void sumStrip(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s = LongVector.fromArray(WIDE, into, at);
    for (long r = 0; r < rows; r++) {
      s = s.add(LongVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER));
    }
    s.intoArray(into, at);
  }

  private static void sumRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Long> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s = s.add(LongVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask));
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
      prodStrip(x + c * 8L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      prodRest(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I64Folds.prodColumns(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void prodRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 8L;
      LongVector a =
          LongVector.fromMemorySegment(WIDE, ALL, from, ORDER)
              .mul(LongVector.fromMemorySegment(WIDE, ALL, from + rowStride, ORDER));
      LongVector b =
          LongVector.fromMemorySegment(WIDE, ALL, from + 2 * rowStride, ORDER)
              .mul(LongVector.fromMemorySegment(WIDE, ALL, from + 3 * rowStride, ORDER));
      LongVector s = LongVector.fromArray(WIDE, into, at + c).mul(a.mul(b));
      s.intoArray(into, at + c);
    }
  }

  private static void prodRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      LongVector s =
          LongVector.fromArray(WIDE, into, at + c)
              .mul(LongVector.fromMemorySegment(WIDE, ALL, x + c * 8L, ORDER));
      s.intoArray(into, at + c);
    }
  }

  private static void prodStrip(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s = LongVector.fromArray(WIDE, into, at);
    for (long r = 0; r < rows; r++) {
      s = s.mul(LongVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER));
    }
    s.intoArray(into, at);
  }

  private static void prodRest(
      long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Long> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s = s.mul(LongVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask));
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
      maxStrip(x + c * 8L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      maxRest(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I64Folds.maxColumns(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void maxRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 8L;
      LongVector a =
          LongVector.fromMemorySegment(WIDE, ALL, from, ORDER)
              .max(LongVector.fromMemorySegment(WIDE, ALL, from + rowStride, ORDER));
      LongVector b =
          LongVector.fromMemorySegment(WIDE, ALL, from + 2 * rowStride, ORDER)
              .max(LongVector.fromMemorySegment(WIDE, ALL, from + 3 * rowStride, ORDER));
      LongVector s = LongVector.fromArray(WIDE, into, at + c).max(a.max(b));
      s.intoArray(into, at + c);
    }
  }

  private static void maxRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      LongVector s =
          LongVector.fromArray(WIDE, into, at + c)
              .max(LongVector.fromMemorySegment(WIDE, ALL, x + c * 8L, ORDER));
      s.intoArray(into, at + c);
    }
  }

  private static void maxStrip(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s = LongVector.fromArray(WIDE, into, at);
    for (long r = 0; r < rows; r++) {
      s = s.max(LongVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER));
    }
    s.intoArray(into, at);
  }

  private static void maxRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Long> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s = s.max(LongVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask));
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
      minStrip(x + c * 8L, rowStride, rows, into, at + c);
    }
    if (c < columns && MASKS) {
      minRest(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I64Folds.minColumns(x + c * 8L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void minRows(long x, long rowStride, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      long from = x + c * 8L;
      LongVector a =
          LongVector.fromMemorySegment(WIDE, ALL, from, ORDER)
              .min(LongVector.fromMemorySegment(WIDE, ALL, from + rowStride, ORDER));
      LongVector b =
          LongVector.fromMemorySegment(WIDE, ALL, from + 2 * rowStride, ORDER)
              .min(LongVector.fromMemorySegment(WIDE, ALL, from + 3 * rowStride, ORDER));
      LongVector s = LongVector.fromArray(WIDE, into, at + c).min(a.min(b));
      s.intoArray(into, at + c);
    }
  }

  private static void minRow(long x, int columns, long[] into, int at) {
    for (int c = 0; c < columns; c += LANES) {
      LongVector s =
          LongVector.fromArray(WIDE, into, at + c)
              .min(LongVector.fromMemorySegment(WIDE, ALL, x + c * 8L, ORDER));
      s.intoArray(into, at + c);
    }
  }

  private static void minStrip(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s = LongVector.fromArray(WIDE, into, at);
    for (long r = 0; r < rows; r++) {
      s = s.min(LongVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER));
    }
    s.intoArray(into, at);
  }

  private static void minRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Long> mask = WIDE.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s = s.min(LongVector.fromMemorySegment(WIDE, ALL, x + r * rowStride, ORDER, mask));
    }
    s.intoArray(into, at, cells);
  }
}
