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
  private static final int STEP = 4 * LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Without masks in hardware a masked load reads all lanes.
  private static final boolean MASKS = WIDE.vectorBitSize() >= 256;

  private VectorF32Columns() {}

  static void sum(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    for (; c + STEP <= columns; c += STEP) {
      sumTile(x + c * 4L, rowStride, rows, into, at + c);
    }
    for (; c + LANES <= columns; c += LANES) {
      DoubleVector s = LongVector.fromArray(LONGS, into, at + c).reinterpretAsDoubles();
      for (long r = 0; r < rows; r++) {
        s = s.add(load(x + c * 4L + r * rowStride));
      }
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
    if (c < columns && MASKS) {
      sumRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      F32Folds.sumColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void sumTile(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s0 = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    DoubleVector s1 = LongVector.fromArray(LONGS, into, at + LANES).reinterpretAsDoubles();
    DoubleVector s2 = LongVector.fromArray(LONGS, into, at + 2 * LANES).reinterpretAsDoubles();
    DoubleVector s3 = LongVector.fromArray(LONGS, into, at + 3 * LANES).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      long from = x + r * rowStride;
      s0 = s0.add(load(from));
      s1 = s1.add(load(from + LANES * 4L));
      s2 = s2.add(load(from + 2L * LANES * 4));
      s3 = s3.add(load(from + 3L * LANES * 4));
    }
    s0.reinterpretAsLongs().intoArray(into, at);
    s1.reinterpretAsLongs().intoArray(into, at + LANES);
    s2.reinterpretAsLongs().intoArray(into, at + 2 * LANES);
    s3.reinterpretAsLongs().intoArray(into, at + 3 * LANES);
  }

  private static void sumRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.add(load(x + r * rowStride, mask));
    }
    s.reinterpretAsLongs().intoArray(into, at, cells);
  }

  static void prod(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    for (; c + STEP <= columns; c += STEP) {
      prodTile(x + c * 4L, rowStride, rows, into, at + c);
    }
    for (; c + LANES <= columns; c += LANES) {
      DoubleVector s = LongVector.fromArray(LONGS, into, at + c).reinterpretAsDoubles();
      for (long r = 0; r < rows; r++) {
        s = s.mul(load(x + c * 4L + r * rowStride));
      }
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
    if (c < columns && MASKS) {
      prodRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      F32Folds.prodColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void prodTile(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s0 = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    DoubleVector s1 = LongVector.fromArray(LONGS, into, at + LANES).reinterpretAsDoubles();
    DoubleVector s2 = LongVector.fromArray(LONGS, into, at + 2 * LANES).reinterpretAsDoubles();
    DoubleVector s3 = LongVector.fromArray(LONGS, into, at + 3 * LANES).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      long from = x + r * rowStride;
      s0 = s0.mul(load(from));
      s1 = s1.mul(load(from + LANES * 4L));
      s2 = s2.mul(load(from + 2L * LANES * 4));
      s3 = s3.mul(load(from + 3L * LANES * 4));
    }
    s0.reinterpretAsLongs().intoArray(into, at);
    s1.reinterpretAsLongs().intoArray(into, at + LANES);
    s2.reinterpretAsLongs().intoArray(into, at + 2 * LANES);
    s3.reinterpretAsLongs().intoArray(into, at + 3 * LANES);
  }

  private static void prodRest(
      long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.mul(load(x + r * rowStride, mask));
    }
    s.reinterpretAsLongs().intoArray(into, at, cells);
  }

  static void max(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    for (; c + STEP <= columns; c += STEP) {
      maxTile(x + c * 4L, rowStride, rows, into, at + c);
    }
    for (; c + LANES <= columns; c += LANES) {
      DoubleVector s = LongVector.fromArray(LONGS, into, at + c).reinterpretAsDoubles();
      for (long r = 0; r < rows; r++) {
        s = s.max(load(x + c * 4L + r * rowStride));
      }
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
    if (c < columns && MASKS) {
      maxRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      F32Folds.maxColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void maxTile(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s0 = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    DoubleVector s1 = LongVector.fromArray(LONGS, into, at + LANES).reinterpretAsDoubles();
    DoubleVector s2 = LongVector.fromArray(LONGS, into, at + 2 * LANES).reinterpretAsDoubles();
    DoubleVector s3 = LongVector.fromArray(LONGS, into, at + 3 * LANES).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      long from = x + r * rowStride;
      s0 = s0.max(load(from));
      s1 = s1.max(load(from + LANES * 4L));
      s2 = s2.max(load(from + 2L * LANES * 4));
      s3 = s3.max(load(from + 3L * LANES * 4));
    }
    s0.reinterpretAsLongs().intoArray(into, at);
    s1.reinterpretAsLongs().intoArray(into, at + LANES);
    s2.reinterpretAsLongs().intoArray(into, at + 2 * LANES);
    s3.reinterpretAsLongs().intoArray(into, at + 3 * LANES);
  }

  private static void maxRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.max(load(x + r * rowStride, mask));
    }
    s.reinterpretAsLongs().intoArray(into, at, cells);
  }

  static void min(long x, long rowStride, long rows, int columns, long[] into, int at) {
    int c = 0;
    for (; c + STEP <= columns; c += STEP) {
      minTile(x + c * 4L, rowStride, rows, into, at + c);
    }
    for (; c + LANES <= columns; c += LANES) {
      DoubleVector s = LongVector.fromArray(LONGS, into, at + c).reinterpretAsDoubles();
      for (long r = 0; r < rows; r++) {
        s = s.min(load(x + c * 4L + r * rowStride));
      }
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
    if (c < columns && MASKS) {
      minRest(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    } else if (c < columns) {
      F32Folds.minColumns(x + c * 4L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void minTile(long x, long rowStride, long rows, long[] into, int at) {
    DoubleVector s0 = LongVector.fromArray(LONGS, into, at).reinterpretAsDoubles();
    DoubleVector s1 = LongVector.fromArray(LONGS, into, at + LANES).reinterpretAsDoubles();
    DoubleVector s2 = LongVector.fromArray(LONGS, into, at + 2 * LANES).reinterpretAsDoubles();
    DoubleVector s3 = LongVector.fromArray(LONGS, into, at + 3 * LANES).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      long from = x + r * rowStride;
      s0 = s0.min(load(from));
      s1 = s1.min(load(from + LANES * 4L));
      s2 = s2.min(load(from + 2L * LANES * 4));
      s3 = s3.min(load(from + 3L * LANES * 4));
    }
    s0.reinterpretAsLongs().intoArray(into, at);
    s1.reinterpretAsLongs().intoArray(into, at + LANES);
    s2.reinterpretAsLongs().intoArray(into, at + 2 * LANES);
    s3.reinterpretAsLongs().intoArray(into, at + 3 * LANES);
  }

  private static void minRest(long x, long rowStride, long rows, int columns, long[] into, int at) {
    VectorMask<Float> mask = HALF.indexInRange(0, columns);
    VectorMask<Long> cells = LONGS.indexInRange(0, columns);
    DoubleVector s = LongVector.fromArray(LONGS, into, at, cells).reinterpretAsDoubles();
    for (long r = 0; r < rows; r++) {
      s = s.min(load(x + r * rowStride, mask));
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
        DoubleVector d = load(x + c * 4L + r * rowStride).sub(m);
        s = d.fma(d, s);
      }
      s.reinterpretAsLongs().intoArray(into, at + c);
    }
    return c;
  }

  private static DoubleVector load(long at) {
    FloatVector v = FloatVector.fromMemorySegment(HALF, ALL, at, ORDER);
    return v.convertShape(VectorOperators.F2D, WIDE, 0).reinterpretAsDoubles();
  }

  private static DoubleVector load(long at, VectorMask<Float> mask) {
    FloatVector v = FloatVector.fromMemorySegment(HALF, ALL, at, ORDER, mask);
    return v.convertShape(VectorOperators.F2D, WIDE, 0).reinterpretAsDoubles();
  }
}
