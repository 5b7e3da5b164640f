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
  private static final int STEP = 4 * LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Without masks in hardware a masked load reads all lanes.
  private static final boolean MASKS = WIDE.vectorBitSize() >= 256;

  private VectorI32Columns() {}

  static void sum(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    for (; c + STEP <= columns; c += STEP) {
      sumTile(x + c * 4L, rowStride, rows, into, at + c);
    }
    for (; c + LANES <= columns; c += LANES) {
      LongVector s = LongVector.fromArray(WIDE, into, at + c);
      for (long r = 0; r < rows; r++) {
        s = s.add(load(x + c * 4L + r * rowStride));
      }
      s.intoArray(into, at + c);
    }
    if (c < columns && MASKS) {
      sumRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I32Folds.sumColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void sumTile(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s0 = LongVector.fromArray(WIDE, into, at);
    LongVector s1 = LongVector.fromArray(WIDE, into, at + LANES);
    LongVector s2 = LongVector.fromArray(WIDE, into, at + 2 * LANES);
    LongVector s3 = LongVector.fromArray(WIDE, into, at + 3 * LANES);
    for (long r = 0; r < rows; r++) {
      long from = x + r * rowStride;
      s0 = s0.add(load(from));
      s1 = s1.add(load(from + LANES * 4L));
      s2 = s2.add(load(from + 2L * LANES * 4));
      s3 = s3.add(load(from + 3L * LANES * 4));
    }
    s0.intoArray(into, at);
    s1.intoArray(into, at + LANES);
    s2.intoArray(into, at + 2 * LANES);
    s3.intoArray(into, at + 3 * LANES);
  }

  private static void sumRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s = s.add(load(x + r * rowStride, mask));
    }
    s.intoArray(into, at, cells);
  }

  static void prod(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    for (; c + STEP <= columns; c += STEP) {
      prodTile(x + c * 4L, rowStride, rows, into, at + c);
    }
    for (; c + LANES <= columns; c += LANES) {
      LongVector s = LongVector.fromArray(WIDE, into, at + c);
      for (long r = 0; r < rows; r++) {
        s = s.mul(load(x + c * 4L + r * rowStride));
      }
      s.intoArray(into, at + c);
    }
    if (c < columns && MASKS) {
      prodRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I32Folds.prodColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void prodTile(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s0 = LongVector.fromArray(WIDE, into, at);
    LongVector s1 = LongVector.fromArray(WIDE, into, at + LANES);
    LongVector s2 = LongVector.fromArray(WIDE, into, at + 2 * LANES);
    LongVector s3 = LongVector.fromArray(WIDE, into, at + 3 * LANES);
    for (long r = 0; r < rows; r++) {
      long from = x + r * rowStride;
      s0 = s0.mul(load(from));
      s1 = s1.mul(load(from + LANES * 4L));
      s2 = s2.mul(load(from + 2L * LANES * 4));
      s3 = s3.mul(load(from + 3L * LANES * 4));
    }
    s0.intoArray(into, at);
    s1.intoArray(into, at + LANES);
    s2.intoArray(into, at + 2 * LANES);
    s3.intoArray(into, at + 3 * LANES);
  }

  private static void prodRest(
      long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s = s.mul(load(x + r * rowStride, mask));
    }
    s.intoArray(into, at, cells);
  }

  static void max(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    for (; c + STEP <= columns; c += STEP) {
      maxTile(x + c * 4L, rowStride, rows, into, at + c);
    }
    for (; c + LANES <= columns; c += LANES) {
      LongVector s = LongVector.fromArray(WIDE, into, at + c);
      for (long r = 0; r < rows; r++) {
        s = s.max(load(x + c * 4L + r * rowStride));
      }
      s.intoArray(into, at + c);
    }
    if (c < columns && MASKS) {
      maxRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I32Folds.maxColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void maxTile(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s0 = LongVector.fromArray(WIDE, into, at);
    LongVector s1 = LongVector.fromArray(WIDE, into, at + LANES);
    LongVector s2 = LongVector.fromArray(WIDE, into, at + 2 * LANES);
    LongVector s3 = LongVector.fromArray(WIDE, into, at + 3 * LANES);
    for (long r = 0; r < rows; r++) {
      long from = x + r * rowStride;
      s0 = s0.max(load(from));
      s1 = s1.max(load(from + LANES * 4L));
      s2 = s2.max(load(from + 2L * LANES * 4));
      s3 = s3.max(load(from + 3L * LANES * 4));
    }
    s0.intoArray(into, at);
    s1.intoArray(into, at + LANES);
    s2.intoArray(into, at + 2 * LANES);
    s3.intoArray(into, at + 3 * LANES);
  }

  private static void maxRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s = s.max(load(x + r * rowStride, mask));
    }
    s.intoArray(into, at, cells);
  }

  static void min(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    for (; c + STEP <= columns; c += STEP) {
      minTile(x + c * 4L, rowStride, rows, into, at + c);
    }
    for (; c + LANES <= columns; c += LANES) {
      LongVector s = LongVector.fromArray(WIDE, into, at + c);
      for (long r = 0; r < rows; r++) {
        s = s.min(load(x + c * 4L + r * rowStride));
      }
      s.intoArray(into, at + c);
    }
    if (c < columns && MASKS) {
      minRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      I32Folds.minColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void minTile(long x, long rowStride, long rows, long[] into, int at) {
    LongVector s0 = LongVector.fromArray(WIDE, into, at);
    LongVector s1 = LongVector.fromArray(WIDE, into, at + LANES);
    LongVector s2 = LongVector.fromArray(WIDE, into, at + 2 * LANES);
    LongVector s3 = LongVector.fromArray(WIDE, into, at + 3 * LANES);
    for (long r = 0; r < rows; r++) {
      long from = x + r * rowStride;
      s0 = s0.min(load(from));
      s1 = s1.min(load(from + LANES * 4L));
      s2 = s2.min(load(from + 2L * LANES * 4));
      s3 = s3.min(load(from + 3L * LANES * 4));
    }
    s0.intoArray(into, at);
    s1.intoArray(into, at + LANES);
    s2.intoArray(into, at + 2 * LANES);
    s3.intoArray(into, at + 3 * LANES);
  }

  private static void minRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Integer> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = WIDE.indexInRange(0, columns);
    LongVector s = LongVector.fromArray(WIDE, into, at, cells);
    for (long r = 0; r < rows; r++) {
      s = s.min(load(x + r * rowStride, mask));
    }
    s.intoArray(into, at, cells);
  }

  private static LongVector load(long at) {
    IntVector v = IntVector.fromMemorySegment(HALF, ALL, at, ORDER);
    return v.convertShape(VectorOperators.I2L, WIDE, 0).reinterpretAsLongs();
  }

  private static LongVector load(long at, VectorMask<Integer> mask) {
    IntVector v = IntVector.fromMemorySegment(HALF, ALL, at, ORDER, mask);
    return v.convertShape(VectorOperators.I2L, WIDE, 0).reinterpretAsLongs();
  }
}
