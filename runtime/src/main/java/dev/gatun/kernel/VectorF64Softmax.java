package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Exp.first;
import static dev.gatun.kernel.VectorF64Exp.small;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Softmax of F64 rows, three passes over each; offsets are bytes.
final class VectorF64Softmax {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /// Elements between two additions to the sum of the row.
  private static final long BLOCK = 1024;

  private static final DoubleVector NOTHING =
      DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);

  private VectorF64Softmax() {}

  static void softmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long from = Memory.address(x, xo, columns * 8);
    long to = Memory.address(y, yo, columns * 8);
    double max = max(from, columns);
    double sum = 0;
    for (long i = 0; i < columns; i += BLOCK) {
      sum += exponentials(from + i * 8, to + i * 8, Math.min(BLOCK, columns - i), max);
    }
    double factor = (1 / sum);
    long end = columns & -LANES;
    if (end > 0) {
      scale(to, end, factor);
    }
    if (end < columns) {
      scaleRest(to + end * 8, columns - end, factor);
    }
  }

  static void logSoftmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long from = Memory.address(x, xo, columns * 8);
    long to = Memory.address(y, yo, columns * 8);
    double max = max(from, columns);
    double sum = 0;
    for (long i = 0; i < columns; i += BLOCK) {
      sum += sum(from + i * 8, Math.min(BLOCK, columns - i), max);
    }
    double log = Math.log(sum);
    long end = columns & -LANES;
    if (end > 0) {
      subtract(from, to, end, max, log);
    }
    if (end < columns) {
      subtractRest(from + end * 8, to + end * 8, columns - end, max, log);
    }
  }

  /// `y = exp(x - max)`
  ///
  /// @return the sum of these
  static double exponentials(long x, long y, long columns, double max) {
    long end = columns & -LANES;
    double sum = end > 0 ? exp(x, y, end, max) : 0;
    return end < columns ? sum + expRest(x + end * 8, y + end * 8, columns - end, max) : sum;
  }

  private static double exp(long x, long y, long n, double max) {
    DoubleVector sum = DoubleVector.zero(SPECIES);
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector e = small(v.sub(max));
      e.intoMemorySegment(ALL, y + i * 8, ORDER);
      sum = sum.add(e);
    }
    return Lanes.sum(sum);
  }

  private static double expRest(long x, long y, long n, double max) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    DoubleVector e = small(v.sub(max));
    e.intoMemorySegment(ALL, y, ORDER, mask);
    return Lanes.sum(DoubleVector.zero(SPECIES).blend(e, mask));
  }

  /// The sum of `exp(x - max)`.
  private static double sum(long x, long columns, double max) {
    long end = columns & -LANES;
    double sum = end > 0 ? wholeSum(x, end, max) : 0;
    return end < columns ? sum + sumRest(x + end * 8, columns - end, max) : sum;
  }

  private static double wholeSum(long x, long n, double max) {
    DoubleVector sum = DoubleVector.zero(SPECIES);
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      sum = sum.add(small(v.sub(max)));
    }
    return Lanes.sum(sum);
  }

  private static double sumRest(long x, long n, double max) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector e = small(DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask).sub(max));
    return Lanes.sum(DoubleVector.zero(SPECIES).blend(e, mask));
  }

  private static void scale(long y, long n, double factor) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector e = DoubleVector.fromMemorySegment(SPECIES, ALL, y + i * 8, ORDER);
      e.mul(factor).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void scaleRest(long y, long n, double factor) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector e = DoubleVector.fromMemorySegment(SPECIES, ALL, y, ORDER, mask);
    e.mul(factor).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void subtract(long x, long y, long n, double max, double log) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.sub(max).sub(log).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void subtractRest(long x, long y, long n, double max, double log) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.sub(max).sub(log).intoMemorySegment(ALL, y, ORDER, mask);
  }

  static double max(long x, long columns) {
    if (columns >= 4L * LANES) {
      return VectorF64Folds.max(x, columns);
    }
    long end = columns & -LANES;
    double max = Double.NEGATIVE_INFINITY;
    for (long i = 0; i < end; i += LANES) {
      max = Math.max(max, maxRest(x + i * 8, LANES));
    }
    return end < columns ? Math.max(max, maxRest(x + end * 8, columns - end)) : max;
  }

  private static double maxRest(long x, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    return NOTHING.blend(v, mask).reduceLanes(VectorOperators.MAX);
  }
}
