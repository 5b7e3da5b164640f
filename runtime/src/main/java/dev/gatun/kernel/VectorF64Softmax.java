package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF64Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Exp.first;
import static dev.gatun.kernel.VectorF64Exp.small;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Softmax of F64 rows, three passes over each; offsets are bytes.
final class VectorF64Softmax {
  private static final VectorSpecies<Double> WIDE = SPECIES;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorF64Softmax() {}

  static void softmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long end = columns & -LANES;
    long rest = end * 8;
    double max = max(x, xo, columns);
    double sum = end > 0 ? exponentials(x, xo, y, yo, end, max) : 0;
    if (end < columns) {
      sum += lastExponentials(x, xo + rest, y, yo + rest, columns - end, max);
    }
    double factor = 1 / sum;
    if (end > 0) {
      scale(y, yo, end, factor);
    }
    if (end < columns) {
      lastScale(y, yo + rest, columns - end, factor);
    }
  }

  static void logSoftmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long end = columns & -LANES;
    long rest = end * 8;
    double max = max(x, xo, columns);
    double sum = end > 0 ? sum(x, xo, end, max) : 0;
    if (end < columns) {
      sum += lastSum(x, xo + rest, columns - end, max);
    }
    double log = Math.log(sum);
    if (end > 0) {
      subtract(x, xo, y, yo, end, max, log);
    }
    if (end < columns) {
      lastSubtract(x, xo + rest, y, yo + rest, columns - end, max, log);
    }
  }

  /// Writes `exp(x - max)` and returns the sum.
  private static double exponentials(
      MemorySegment x, long xo, MemorySegment y, long yo, long n, double max) {
    DoubleVector total = DoubleVector.zero(WIDE);
    for (long i = 0; i < n; i += LANES) {
      DoubleVector e =
          small(DoubleVector.fromMemorySegment(SPECIES, x, xo + i * 8, ORDER).sub(max));
      e.intoMemorySegment(y, yo + i * 8, ORDER);
      total = total.add(e);
    }
    return total.reduceLanes(VectorOperators.ADD);
  }

  private static double lastExponentials(
      MemorySegment x, long xo, MemorySegment y, long yo, long n, double max) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector e = small(DoubleVector.fromMemorySegment(SPECIES, x, xo, ORDER, mask).sub(max));
    e.intoMemorySegment(y, yo, ORDER, mask);
    return e.reduceLanes(VectorOperators.ADD, mask);
  }

  /// The sum of `exp(x - max)`.
  private static double sum(MemorySegment x, long xo, long n, double max) {
    DoubleVector total = DoubleVector.zero(WIDE);
    for (long i = 0; i < n; i += LANES) {
      DoubleVector e =
          small(DoubleVector.fromMemorySegment(SPECIES, x, xo + i * 8, ORDER).sub(max));
      total = total.add(e);
    }
    return total.reduceLanes(VectorOperators.ADD);
  }

  private static double lastSum(MemorySegment x, long xo, long n, double max) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector e = small(DoubleVector.fromMemorySegment(SPECIES, x, xo, ORDER, mask).sub(max));
    return e.reduceLanes(VectorOperators.ADD, mask);
  }

  private static void scale(MemorySegment y, long yo, long n, double factor) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector e = DoubleVector.fromMemorySegment(SPECIES, y, yo + i * 8, ORDER);
      e.mul(factor).intoMemorySegment(y, yo + i * 8, ORDER);
    }
  }

  private static void lastScale(MemorySegment y, long yo, long n, double factor) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector e = DoubleVector.fromMemorySegment(SPECIES, y, yo, ORDER, mask);
    e.mul(factor).intoMemorySegment(y, yo, ORDER, mask);
  }

  private static void subtract(
      MemorySegment x, long xo, MemorySegment y, long yo, long n, double max, double log) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, x, xo + i * 8, ORDER);
      v.sub(max).sub(log).intoMemorySegment(y, yo + i * 8, ORDER);
    }
  }

  private static void lastSubtract(
      MemorySegment x, long xo, MemorySegment y, long yo, long n, double max, double log) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, x, xo, ORDER, mask);
    v.sub(max).sub(log).intoMemorySegment(y, yo, ORDER, mask);
  }

  private static double max(MemorySegment x, long xo, long columns) {
    return Double.longBitsToDouble(VectorF64Folds.MAX.row().fold(x, xo, 8, columns));
  }
}
