package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// F32 functions that are computed in vectors of F64, half as many elements at once, and rounded to
/// F32: within 1 ulp of the true value over the whole range.
final class VectorF32Wide {
  private static final VectorSpecies<Double> WIDE = VectorF64Exp.SPECIES;
  private static final VectorSpecies<Float> NARROW =
      VectorSpecies.of(float.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
  private static final int LANES = WIDE.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final UnaryRow SINH = PaddedRows.ofF32(VectorF32Wide::sinh);
  static final UnaryRow COSH = PaddedRows.ofF32(VectorF32Wide::cosh);
  static final UnaryRow ASINH = PaddedRows.ofF32(VectorF32Wide::asinh);
  static final UnaryRow ACOSH = PaddedRows.ofF32(VectorF32Wide::acosh);
  static final UnaryRow ATANH = PaddedRows.ofF32(VectorF32Wide::atanh);
  static final UnaryRow ERFC = PaddedRows.ofF32(VectorF32Wide::erfc);

  private VectorF32Wide() {}

  static DoubleVector load(long x) {
    FloatVector v = FloatVector.fromMemorySegment(NARROW, ALL, x, ORDER);
    return (DoubleVector) v.convertShape(VectorOperators.F2D, WIDE, 0);
  }

  static void store(DoubleVector v, long y) {
    FloatVector w = (FloatVector) v.convertShape(VectorOperators.D2F, NARROW, 0);
    w.intoMemorySegment(ALL, y, ORDER);
  }

  private static void sinh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      store(VectorF64Hyperbolic.sinh(load(x + i * 4)), y + i * 4);
    }
  }

  private static void cosh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      store(VectorF64Hyperbolic.cosh(load(x + i * 4)), y + i * 4);
    }
  }

  private static void asinh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      store(VectorF64Hyperbolic.asinh(load(x + i * 4)), y + i * 4);
    }
  }

  private static void acosh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      store(VectorF64Hyperbolic.acosh(load(x + i * 4)), y + i * 4);
    }
  }

  private static void atanh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      store(VectorF64Hyperbolic.atanh(load(x + i * 4)), y + i * 4);
    }
  }

  private static void erfc(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      store(VectorF64Gelu.erfc(load(x + i * 4)), y + i * 4);
    }
  }
}
