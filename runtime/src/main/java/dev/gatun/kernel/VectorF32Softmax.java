package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Softmax of F32 rows with the polynomial exponential; offsets are bytes.
final class VectorF32Softmax {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorF32Softmax() {}

  static void softmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    float max = max(x, xo, columns);
    long end = SPECIES.loopBound(columns);
    DoubleVector sums = DoubleVector.zero(WIDE);
    for (long i = 0; i < end; i += LANES) {
      FloatVector e = VectorF32Math.exp(load(x, xo + i * 4).sub(max));
      e.intoMemorySegment(y, yo + i * 4, ORDER);
      sums = sums.add(pairs(e));
    }
    if (end < columns) {
      VectorMask<Float> mask = SPECIES.indexInRange(end, columns);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + end * 4, ORDER, mask);
      FloatVector e = VectorF32Math.exp(v.sub(max));
      e.intoMemorySegment(y, yo + end * 4, ORDER, mask);
      sums = sums.add(pairs(FloatVector.zero(SPECIES).blend(e, mask)));
    }
    float sum = (float) sums.reduceLanes(VectorOperators.ADD);
    for (long i = 0; i < end; i += LANES) {
      load(y, yo + i * 4).div(sum).intoMemorySegment(y, yo + i * 4, ORDER);
    }
    for (long i = end; i < columns; i++) {
      f32(y, yo + i * 4, f32(y, yo + i * 4) / sum);
    }
  }

  static void logSoftmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    float max = max(x, xo, columns);
    long end = SPECIES.loopBound(columns);
    DoubleVector sums = DoubleVector.zero(WIDE);
    for (long i = 0; i < end; i += LANES) {
      sums = sums.add(pairs(VectorF32Math.exp(load(x, xo + i * 4).sub(max))));
    }
    if (end < columns) {
      VectorMask<Float> mask = SPECIES.indexInRange(end, columns);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + end * 4, ORDER, mask);
      FloatVector e = VectorF32Math.exp(v.sub(max));
      sums = sums.add(pairs(FloatVector.zero(SPECIES).blend(e, mask)));
    }
    float log = (float) Math.log(sums.reduceLanes(VectorOperators.ADD));
    for (long i = 0; i < end; i += LANES) {
      load(x, xo + i * 4).sub(max).sub(log).intoMemorySegment(y, yo + i * 4, ORDER);
    }
    for (long i = end; i < columns; i++) {
      f32(y, yo + i * 4, f32(x, xo + i * 4) - max - log);
    }
  }

  private static float max(MemorySegment x, long xo, long columns) {
    return (float) Double.longBitsToDouble(VectorF32Folds.MAX.row().fold(x, xo, 4, columns));
  }

  /// The vector widened to two of doubles, added up.
  private static DoubleVector pairs(FloatVector e) {
    return ((DoubleVector) e.convertShape(VectorOperators.F2D, WIDE, 0))
        .add(e.convertShape(VectorOperators.F2D, WIDE, 1));
  }

  private static FloatVector load(MemorySegment s, long at) {
    return FloatVector.fromMemorySegment(SPECIES, s, at, ORDER);
  }
}
