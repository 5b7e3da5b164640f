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
  private static final DoubleVector NOTHING =
      DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);

  private VectorF64Softmax() {}

  static void softmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long from = Memory.address(x, xo, columns * 8);
    long to = Memory.address(y, yo, columns * 8);
    exponentials(from, to, columns, max(from, columns));
    double factor = 1 / VectorF64Folds.total(to, columns);
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
    double log = Math.log(sum(from, columns, max));
    long end = columns & -LANES;
    if (end > 0) {
      subtract(from, to, end, max, log);
    }
    if (end < columns) {
      subtractRest(from + end * 8, to + end * 8, columns - end, max, log);
    }
  }

  /// The sum of `exp(x - max)`; the result may lie where `x` does, so the terms go elsewhere.
  private static double sum(long x, long columns, double max) {
    RowBuffer buffer = RowBuffer.take();
    double sum = 0;
    for (long i = 0; i < columns; i += VectorRows.BLOCK) {
      long n = Math.min(VectorRows.BLOCK, columns - i);
      exponentials(x + i * 8, buffer.address(0), n, max);
      sum += VectorF64Folds.total(buffer.address(0), n);
    }
    buffer.release();
    return sum;
  }

  /// `exp(x - max)`.
  private static void exponentials(long x, long y, long columns, double max) {
    long end = columns & -LANES;
    if (end > 0) {
      exp(x, y, end, max);
    }
    if (end < columns) {
      expRest(x + end * 8, y + end * 8, columns - end, max);
    }
  }

  private static void exp(long x, long y, long n, double max) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      small(v.sub(max)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void expRest(long x, long y, long n, double max) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    small(v.sub(max)).intoMemorySegment(ALL, y, ORDER, mask);
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

  private static double max(long x, long columns) {
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
