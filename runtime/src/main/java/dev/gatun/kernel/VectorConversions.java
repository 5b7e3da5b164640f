package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the conversions between elements of 4 and of 8 bytes. Where the sizes differ, a
/// whole vector of the wider ones meets half a vector of the others.
final class VectorConversions {
  private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I32 = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> I64 = LongVector.SPECIES_PREFERRED;
  private static final VectorShape HALF = VectorShape.forBitSize(F32.vectorBitSize() / 2);
  private static final VectorSpecies<Float> F32_HALF = F32.withShape(HALF);
  private static final VectorSpecies<Integer> I32_HALF = I32.withShape(HALF);
  private static final int LANES = F32.length();
  private static final int WIDE_LANES = F64.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Between longs and floating numbers there are instructions from vectors of this width on; what
  // stands in for them is many times slower than plain loops.
  private static final boolean LONGS = F64.vectorBitSize() >= 512;

  static final UnaryRow F32_F64 =
      BlockRows.of(4, 8, WIDE_LANES, VectorConversions::f32ToF64, Conversions.F32_F64);
  static final UnaryRow F64_F32 =
      BlockRows.of(8, 4, WIDE_LANES, VectorConversions::f64ToF32, Conversions.F64_F32);
  static final UnaryRow F32_I32 =
      BlockRows.of(4, 4, LANES, VectorConversions::f32ToI32, Conversions.F32_I32);
  static final UnaryRow I32_F32 =
      BlockRows.of(4, 4, LANES, VectorConversions::i32ToF32, Conversions.I32_F32);
  static final UnaryRow F64_I32 =
      BlockRows.of(8, 4, WIDE_LANES, VectorConversions::f64ToI32, Conversions.F64_I32);
  static final UnaryRow I32_F64 =
      BlockRows.of(4, 8, WIDE_LANES, VectorConversions::i32ToF64, Conversions.I32_F64);
  static final UnaryRow I32_I64 =
      BlockRows.of(4, 8, WIDE_LANES, VectorConversions::i32ToI64, Conversions.I32_I64);
  static final UnaryRow I64_I32 =
      BlockRows.of(8, 4, WIDE_LANES, VectorConversions::i64ToI32, Conversions.I64_I32);
  static final UnaryRow F32_I64 =
      LONGS
          ? BlockRows.of(4, 8, WIDE_LANES, VectorConversions::f32ToI64, Conversions.F32_I64)
          : Conversions.F32_I64;
  static final UnaryRow I64_F32 =
      LONGS
          ? BlockRows.of(8, 4, WIDE_LANES, VectorConversions::i64ToF32, Conversions.I64_F32)
          : Conversions.I64_F32;
  static final UnaryRow F64_I64 =
      LONGS
          ? BlockRows.of(8, 8, WIDE_LANES, VectorConversions::f64ToI64, Conversions.F64_I64)
          : Conversions.F64_I64;
  static final UnaryRow I64_F64 =
      LONGS
          ? BlockRows.of(8, 8, WIDE_LANES, VectorConversions::i64ToF64, Conversions.I64_F64)
          : Conversions.I64_F64;

  private VectorConversions() {}

  private static void f32ToF64(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      FloatVector v = FloatVector.fromMemorySegment(F32_HALF, ALL, x + i * 4, ORDER);
      v.convertShape(VectorOperators.F2D, F64, 0)
          .reinterpretAsDoubles()
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void f64ToF32(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(F64, ALL, x + i * 8, ORDER);
      v.convertShape(VectorOperators.D2F, F32_HALF, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void f32ToI32(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(F32, ALL, x + i * 4, ORDER);
      v.convertShape(VectorOperators.F2I, I32, 0)
          .reinterpretAsInts()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void i32ToF32(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(I32, ALL, x + i * 4, ORDER);
      v.convertShape(VectorOperators.I2F, F32, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void f64ToI32(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(F64, ALL, x + i * 8, ORDER);
      v.convertShape(VectorOperators.D2I, I32_HALF, 0)
          .reinterpretAsInts()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void i32ToF64(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      IntVector v = IntVector.fromMemorySegment(I32_HALF, ALL, x + i * 4, ORDER);
      v.convertShape(VectorOperators.I2D, F64, 0)
          .reinterpretAsDoubles()
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void i32ToI64(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      IntVector v = IntVector.fromMemorySegment(I32_HALF, ALL, x + i * 4, ORDER);
      v.convertShape(VectorOperators.I2L, I64, 0)
          .reinterpretAsLongs()
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void i64ToI32(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      LongVector v = LongVector.fromMemorySegment(I64, ALL, x + i * 8, ORDER);
      v.convertShape(VectorOperators.L2I, I32_HALF, 0)
          .reinterpretAsInts()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void f32ToI64(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      FloatVector v = FloatVector.fromMemorySegment(F32_HALF, ALL, x + i * 4, ORDER);
      v.convertShape(VectorOperators.F2L, I64, 0)
          .reinterpretAsLongs()
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void i64ToF32(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      LongVector v = LongVector.fromMemorySegment(I64, ALL, x + i * 8, ORDER);
      v.convertShape(VectorOperators.L2F, F32_HALF, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void f64ToI64(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(F64, ALL, x + i * 8, ORDER);
      v.convertShape(VectorOperators.D2L, I64, 0)
          .reinterpretAsLongs()
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void i64ToF64(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE_LANES) {
      LongVector v = LongVector.fromMemorySegment(I64, ALL, x + i * 8, ORDER);
      v.convertShape(VectorOperators.L2D, F64, 0)
          .reinterpretAsDoubles()
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
