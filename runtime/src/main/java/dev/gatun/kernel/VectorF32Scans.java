package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// One row of a running reduction of F32: `s = s · x`, `y = s`, with `s` in double.
final class VectorF32Scans {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  // As many floats as there are doubles in a vector.
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));
  private static final int LANES = WIDE.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorF32Scans() {}

  static void sum(long x, long s, long y, long n) {
    long end = n & -LANES;
    for (long i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(HALF, ALL, x + i * 4, ORDER);
      DoubleVector wide = v.convertShape(VectorOperators.F2D, WIDE, 0).reinterpretAsDoubles();
      DoubleVector sum = DoubleVector.fromMemorySegment(WIDE, ALL, s + i * 8, ORDER).add(wide);
      sum.intoMemorySegment(ALL, s + i * 8, ORDER);
      sum.convertShape(VectorOperators.D2F, HALF, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
    ScanLoops.sumStep(x + end * 4, s + end * 8, y + end * 4, n - end);
  }

  static void prod(long x, long s, long y, long n) {
    long end = n & -LANES;
    for (long i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(HALF, ALL, x + i * 4, ORDER);
      DoubleVector wide = v.convertShape(VectorOperators.F2D, WIDE, 0).reinterpretAsDoubles();
      DoubleVector sum = DoubleVector.fromMemorySegment(WIDE, ALL, s + i * 8, ORDER).mul(wide);
      sum.intoMemorySegment(ALL, s + i * 8, ORDER);
      sum.convertShape(VectorOperators.D2F, HALF, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
    ScanLoops.prodStep(x + end * 4, s + end * 8, y + end * 4, n - end);
  }
}
