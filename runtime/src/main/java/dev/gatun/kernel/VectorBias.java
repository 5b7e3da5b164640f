package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// `c = c + bias`, and where asked `max(c, 0)`, over rows of C; offsets are bytes.
final class VectorBias {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int F32_LANES = FLOATS.length();
  private static final int F64_LANES = DOUBLES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorBias() {}

  static void f32(
      MemorySegment bias,
      long from,
      MemorySegment c,
      long at,
      long rowBytes,
      long rows,
      int columns,
      boolean relu) {
    int end = FLOATS.loopBound(columns);
    VectorMask<Float> rest = F32Tile.first(columns - end);
    for (long i = 0; i < rows; i++) {
      long to = at + i * rowBytes;
      for (int j = 0; j < end; j += F32_LANES) {
        FloatVector b = FloatVector.fromMemorySegment(FLOATS, bias, from + j * 4L, ORDER);
        FloatVector v = FloatVector.fromMemorySegment(FLOATS, c, to + j * 4L, ORDER).add(b);
        if (relu) {
          v = v.blend(0, v.compare(VectorOperators.LE, 0));
        }
        v.intoMemorySegment(c, to + j * 4L, ORDER);
      }
      if (end < columns) {
        FloatVector b = FloatVector.fromMemorySegment(FLOATS, bias, from + end * 4L, ORDER, rest);
        FloatVector v = FloatVector.fromMemorySegment(FLOATS, c, to + end * 4L, ORDER, rest).add(b);
        if (relu) {
          v = v.blend(0, v.compare(VectorOperators.LE, 0));
        }
        v.intoMemorySegment(c, to + end * 4L, ORDER, rest);
      }
    }
  }

  static void f64(
      MemorySegment bias,
      long from,
      MemorySegment c,
      long at,
      long rowBytes,
      long rows,
      int columns,
      boolean relu) {
    int end = DOUBLES.loopBound(columns);
    VectorMask<Double> rest = F64Tile.first(columns - end);
    for (long i = 0; i < rows; i++) {
      long to = at + i * rowBytes;
      for (int j = 0; j < end; j += F64_LANES) {
        DoubleVector b = DoubleVector.fromMemorySegment(DOUBLES, bias, from + j * 8L, ORDER);
        DoubleVector v = DoubleVector.fromMemorySegment(DOUBLES, c, to + j * 8L, ORDER).add(b);
        if (relu) {
          v = v.blend(0, v.compare(VectorOperators.LE, 0));
        }
        v.intoMemorySegment(c, to + j * 8L, ORDER);
      }
      if (end < columns) {
        DoubleVector b =
            DoubleVector.fromMemorySegment(DOUBLES, bias, from + end * 8L, ORDER, rest);
        DoubleVector v =
            DoubleVector.fromMemorySegment(DOUBLES, c, to + end * 8L, ORDER, rest).add(b);
        if (relu) {
          v = v.blend(0, v.compare(VectorOperators.LE, 0));
        }
        v.intoMemorySegment(c, to + end * 8L, ORDER, rest);
      }
    }
  }
}
