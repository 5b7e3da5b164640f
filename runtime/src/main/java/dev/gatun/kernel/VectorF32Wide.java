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

  static final UnaryRow SINH = PaddedRows.ofF32(through(VectorF64Hyperbolic::sinh));
  static final UnaryRow COSH = PaddedRows.ofF32(through(VectorF64Hyperbolic::cosh));
  static final UnaryRow ASINH = PaddedRows.ofF32(through(VectorF64Hyperbolic.ASINH_LOOP));
  static final UnaryRow ACOSH = PaddedRows.ofF32(through(VectorF64Hyperbolic.ACOSH_LOOP));
  static final UnaryRow ATANH = PaddedRows.ofF32(through(VectorF64Hyperbolic.ATANH_LOOP));
  static final UnaryRow ERFC = PaddedRows.ofF32(through(VectorF64Erfc::erfc));

  private VectorF32Wide() {}

  /// A loop over F32 out of one over F64, block by block.
  private static VectorRows.Loop through(VectorRows.Loop loop) {
    return (x, y, n) -> {
      RowBuffer buffer = RowBuffer.take();
      try {
        for (long i = 0; i < n; i += RowBuffer.BLOCK) {
          long m = Math.min(RowBuffer.BLOCK, n - i);
          long t = buffer.address(0);
          widen(x + i * 4, t, m);
          loop.run(t, t, m);
          narrow(t, y + i * 4, m);
        }
      } finally {
        buffer.release();
      }
    };
  }

  static void widen(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(NARROW, ALL, x + i * 4, ORDER);
      v.convertShape(VectorOperators.F2D, WIDE, 0).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void narrow(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(WIDE, ALL, x + i * 8, ORDER);
      v.convertShape(VectorOperators.D2F, NARROW, 0).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }
}
