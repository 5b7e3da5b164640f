package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF32Exp.BIAS;
import static dev.gatun.kernel.VectorF32Exp.C2;
import static dev.gatun.kernel.VectorF32Exp.C3;
import static dev.gatun.kernel.VectorF32Exp.C4;
import static dev.gatun.kernel.VectorF32Exp.C5;
import static dev.gatun.kernel.VectorF32Exp.C6;
import static dev.gatun.kernel.VectorF32Exp.C7;
import static dev.gatun.kernel.VectorF32Exp.LN2_HIGH;
import static dev.gatun.kernel.VectorF32Exp.LN2_LOW;
import static dev.gatun.kernel.VectorF32Exp.LOG2_E;
import static dev.gatun.kernel.VectorF32Exp.LOWEST;
import static dev.gatun.kernel.VectorF32Exp.MANTISSA_BITS;
import static dev.gatun.kernel.VectorF32Exp.ROUND;
import static dev.gatun.kernel.VectorF32Exp.ROUND_BITS;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Softmax of F32 rows; offsets are bytes. [VectorF32Exp] explains the steps of the exponential.
final class VectorF32Softmax {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorF32Softmax() {}

  static void softmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    float sum = (float) exponentials(x, xo, y, yo, columns, max(x, xo, columns));
    for (long i = 0; i < columns; i += LANES) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, columns);
      FloatVector e = FloatVector.fromMemorySegment(SPECIES, y, yo + i * 4, ORDER, mask);
      e.div(sum).intoMemorySegment(y, yo + i * 4, ORDER, mask);
    }
  }

  static void logSoftmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    float max = max(x, xo, columns);
    float log = (float) Math.log(sum(x, xo, columns, max));
    for (long i = 0; i < columns; i += LANES) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, columns);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER, mask);
      v.sub(max).sub(log).intoMemorySegment(y, yo + i * 4, ORDER, mask);
    }
  }

  /// Writes `exp(x - max)` and returns the sum.
  private static double exponentials(
      MemorySegment x, long xo, MemorySegment y, long yo, long columns, float max) {
    DoubleVector total = DoubleVector.zero(WIDE);
    for (long i = 0; i < columns; i += LANES) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, columns);
      FloatVector a = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER, mask);
      FloatVector d = a.sub(max);
      FloatVector v = d.blend(LOWEST, d.compare(VectorOperators.LT, LOWEST));
      FloatVector sum = v.fma(LOG2_E, ROUND);
      FloatVector k = sum.sub(ROUND);
      FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
      FloatVector p = C7.fma(r, C6).fma(r, C5).fma(r, C4).fma(r, C3).fma(r, C2);
      IntVector power = sum.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = power.lanewise(VectorOperators.ASHR, 1);
      IntVector low = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector high = power.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      FloatVector e = p.fma(r.mul(r), r).add(1).mul(low.reinterpretAsFloats());
      e = e.mul(high.reinterpretAsFloats());
      e.intoMemorySegment(y, yo + i * 4, ORDER, mask);
      FloatVector inside = e.blend(0, mask.not());
      total = total.add(inside.convertShape(VectorOperators.F2D, WIDE, 0));
      total = total.add(inside.convertShape(VectorOperators.F2D, WIDE, 1));
    }
    return total.reduceLanes(VectorOperators.ADD);
  }

  /// The sum of `exp(x - max)`.
  private static double sum(MemorySegment x, long xo, long columns, float max) {
    DoubleVector total = DoubleVector.zero(WIDE);
    for (long i = 0; i < columns; i += LANES) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, columns);
      FloatVector a = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER, mask);
      FloatVector d = a.sub(max);
      FloatVector v = d.blend(LOWEST, d.compare(VectorOperators.LT, LOWEST));
      FloatVector sum = v.fma(LOG2_E, ROUND);
      FloatVector k = sum.sub(ROUND);
      FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
      FloatVector p = C7.fma(r, C6).fma(r, C5).fma(r, C4).fma(r, C3).fma(r, C2);
      IntVector power = sum.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = power.lanewise(VectorOperators.ASHR, 1);
      IntVector low = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector high = power.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      FloatVector e = p.fma(r.mul(r), r).add(1).mul(low.reinterpretAsFloats());
      e = e.mul(high.reinterpretAsFloats());
      FloatVector inside = e.blend(0, mask.not());
      total = total.add(inside.convertShape(VectorOperators.F2D, WIDE, 0));
      total = total.add(inside.convertShape(VectorOperators.F2D, WIDE, 1));
    }
    return total.reduceLanes(VectorOperators.ADD);
  }

  private static float max(MemorySegment x, long xo, long columns) {
    return (float) Double.longBitsToDouble(VectorF32Folds.MAX.row().fold(x, xo, 4, columns));
  }
}
