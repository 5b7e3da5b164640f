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

  // Plain numbers as operands would be more calls than the compiler inlines in a large method.
  private static final FloatVector F32_ZERO = FloatVector.zero(FLOATS);
  private static final DoubleVector F64_ZERO = DoubleVector.zero(DOUBLES);

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
      if (relu) {
        reluF32(bias, from, c, to, end);
      } else {
        addF32(bias, from, c, to, end);
      }
      if (end < columns) {
        long over = end * 4L;
        FloatVector b = FloatVector.fromMemorySegment(FLOATS, bias, from + over, ORDER, rest);
        FloatVector v = FloatVector.fromMemorySegment(FLOATS, c, to + over, ORDER, rest).add(b);
        FloatVector y = relu ? v.blend(F32_ZERO, v.compare(VectorOperators.LE, F32_ZERO)) : v;
        y.intoMemorySegment(c, to + over, ORDER, rest);
      }
    }
  }

  private static void reluF32(MemorySegment bias, long from, MemorySegment c, long to, int end) {
    for (int j = 0; j < end; j += F32_LANES) {
      FloatVector b = FloatVector.fromMemorySegment(FLOATS, bias, from + j * 4L, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, c, to + j * 4L, ORDER).add(b);
      v.blend(F32_ZERO, v.compare(VectorOperators.LE, F32_ZERO))
          .intoMemorySegment(c, to + j * 4L, ORDER);
    }
  }

  private static void addF32(MemorySegment bias, long from, MemorySegment c, long to, int end) {
    for (int j = 0; j < end; j += F32_LANES) {
      FloatVector b = FloatVector.fromMemorySegment(FLOATS, bias, from + j * 4L, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, c, to + j * 4L, ORDER);
      v.add(b).intoMemorySegment(c, to + j * 4L, ORDER);
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
      if (relu) {
        reluF64(bias, from, c, to, end);
      } else {
        addF64(bias, from, c, to, end);
      }
      if (end < columns) {
        long over = end * 8L;
        DoubleVector b = DoubleVector.fromMemorySegment(DOUBLES, bias, from + over, ORDER, rest);
        DoubleVector v = DoubleVector.fromMemorySegment(DOUBLES, c, to + over, ORDER, rest).add(b);
        DoubleVector y = relu ? v.blend(F64_ZERO, v.compare(VectorOperators.LE, F64_ZERO)) : v;
        y.intoMemorySegment(c, to + over, ORDER, rest);
      }
    }
  }

  private static void reluF64(MemorySegment bias, long from, MemorySegment c, long to, int end) {
    for (int j = 0; j < end; j += F64_LANES) {
      DoubleVector b = DoubleVector.fromMemorySegment(DOUBLES, bias, from + j * 8L, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(DOUBLES, c, to + j * 8L, ORDER).add(b);
      v.blend(F64_ZERO, v.compare(VectorOperators.LE, F64_ZERO))
          .intoMemorySegment(c, to + j * 8L, ORDER);
    }
  }

  private static void addF64(MemorySegment bias, long from, MemorySegment c, long to, int end) {
    for (int j = 0; j < end; j += F64_LANES) {
      DoubleVector b = DoubleVector.fromMemorySegment(DOUBLES, bias, from + j * 8L, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(DOUBLES, c, to + j * 8L, ORDER);
      v.add(b).intoMemorySegment(c, to + j * 8L, ORDER);
    }
  }
}
