package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;
import static dev.gatun.kernel.VectorF32Exp.small;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Softmax of F32 rows, three passes over each; offsets are bytes.
final class VectorF32Softmax {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorF32Softmax() {}

  static void softmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long end = columns & -LANES;
    long rest = end * 4;
    float max = max(x, xo, columns);
    double sum = end > 0 ? exponentials(x, xo, y, yo, end, max) : 0;
    if (end < columns) {
      sum += lastExponentials(x, xo + rest, y, yo + rest, columns - end, max);
    }
    float factor = (float) (1 / sum);
    if (end > 0) {
      scale(y, yo, end, factor);
    }
    if (end < columns) {
      lastScale(y, yo + rest, columns - end, factor);
    }
  }

  static void logSoftmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long end = columns & -LANES;
    long rest = end * 4;
    float max = max(x, xo, columns);
    double sum = end > 0 ? sum(x, xo, end, max) : 0;
    if (end < columns) {
      sum += lastSum(x, xo + rest, columns - end, max);
    }
    float log = (float) Math.log(sum);
    if (end > 0) {
      subtract(x, xo, y, yo, end, max, log);
    }
    if (end < columns) {
      lastSubtract(x, xo + rest, y, yo + rest, columns - end, max, log);
    }
  }

  /// Writes `exp(x - max)` and returns the sum.
  private static double exponentials(
      MemorySegment x, long xo, MemorySegment y, long yo, long n, float max) {
    DoubleVector total = DoubleVector.zero(WIDE);
    for (long i = 0; i < n; i += LANES) {
      FloatVector e = small(FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER).sub(max));
      e.intoMemorySegment(y, yo + i * 4, ORDER);
      total = total.add(e.convertShape(VectorOperators.F2D, WIDE, 0));
      total = total.add(e.convertShape(VectorOperators.F2D, WIDE, 1));
    }
    return total.reduceLanes(VectorOperators.ADD);
  }

  private static double lastExponentials(
      MemorySegment x, long xo, MemorySegment y, long yo, long n, float max) {
    VectorMask<Float> mask = first((int) n);
    FloatVector e = small(FloatVector.fromMemorySegment(SPECIES, x, xo, ORDER, mask).sub(max));
    e.intoMemorySegment(y, yo, ORDER, mask);
    FloatVector inside = FloatVector.zero(SPECIES).blend(e, mask);
    Vector<Double> low = inside.convertShape(VectorOperators.F2D, WIDE, 0);
    return low.add(inside.convertShape(VectorOperators.F2D, WIDE, 1))
        .reinterpretAsDoubles()
        .reduceLanes(VectorOperators.ADD);
  }

  /// The sum of `exp(x - max)`.
  private static double sum(MemorySegment x, long xo, long n, float max) {
    DoubleVector total = DoubleVector.zero(WIDE);
    for (long i = 0; i < n; i += LANES) {
      FloatVector e = small(FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER).sub(max));
      total = total.add(e.convertShape(VectorOperators.F2D, WIDE, 0));
      total = total.add(e.convertShape(VectorOperators.F2D, WIDE, 1));
    }
    return total.reduceLanes(VectorOperators.ADD);
  }

  private static double lastSum(MemorySegment x, long xo, long n, float max) {
    VectorMask<Float> mask = first((int) n);
    FloatVector e = small(FloatVector.fromMemorySegment(SPECIES, x, xo, ORDER, mask).sub(max));
    FloatVector inside = FloatVector.zero(SPECIES).blend(e, mask);
    Vector<Double> low = inside.convertShape(VectorOperators.F2D, WIDE, 0);
    return low.add(inside.convertShape(VectorOperators.F2D, WIDE, 1))
        .reinterpretAsDoubles()
        .reduceLanes(VectorOperators.ADD);
  }

  private static void scale(MemorySegment y, long yo, long n, float factor) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector e = FloatVector.fromMemorySegment(SPECIES, y, yo + i * 4, ORDER);
      e.mul(factor).intoMemorySegment(y, yo + i * 4, ORDER);
    }
  }

  private static void lastScale(MemorySegment y, long yo, long n, float factor) {
    VectorMask<Float> mask = first((int) n);
    FloatVector e = FloatVector.fromMemorySegment(SPECIES, y, yo, ORDER, mask);
    e.mul(factor).intoMemorySegment(y, yo, ORDER, mask);
  }

  private static void subtract(
      MemorySegment x, long xo, MemorySegment y, long yo, long n, float max, float log) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER);
      v.sub(max).sub(log).intoMemorySegment(y, yo + i * 4, ORDER);
    }
  }

  private static void lastSubtract(
      MemorySegment x, long xo, MemorySegment y, long yo, long n, float max, float log) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo, ORDER, mask);
    v.sub(max).sub(log).intoMemorySegment(y, yo, ORDER, mask);
  }

  private static float max(MemorySegment x, long xo, long columns) {
    return (float) Double.longBitsToDouble(VectorF32Folds.MAX.row().fold(x, xo, 4, columns));
  }
}
