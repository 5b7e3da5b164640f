package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;
import static dev.gatun.kernel.VectorF32Exp.small;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Softmax of F32 rows, three passes over each; offsets are bytes.
final class VectorF32Softmax {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector NOTHING =
      FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);

  private VectorF32Softmax() {}

  static void softmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long from = Memory.address(x, xo, columns * 4);
    long to = Memory.address(y, yo, columns * 4);
    exponentials(from, to, columns, max(from, columns));
    float factor = (float) (1 / VectorF32Folds.total(to, columns));
    long end = columns & -LANES;
    if (end > 0) {
      scale(to, end, factor);
    }
    if (end < columns) {
      scaleRest(to + end * 4, columns - end, factor);
    }
  }

  static void logSoftmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long from = Memory.address(x, xo, columns * 4);
    long to = Memory.address(y, yo, columns * 4);
    float max = max(from, columns);
    float log = (float) Math.log(sum(from, columns, max));
    long end = columns & -LANES;
    if (end > 0) {
      subtract(from, to, end, max, log);
    }
    if (end < columns) {
      subtractRest(from + end * 4, to + end * 4, columns - end, max, log);
    }
  }

  /// The sum of `exp(x - max)`; the result may lie where `x` does, so the terms go elsewhere.
  private static double sum(long x, long columns, float max) {
    RowBuffer buffer = RowBuffer.take();
    double sum = 0;
    for (long i = 0; i < columns; i += VectorRows.BLOCK) {
      long n = Math.min(VectorRows.BLOCK, columns - i);
      exponentials(x + i * 4, buffer.address(0), n, max);
      sum += VectorF32Folds.total(buffer.address(0), n);
    }
    buffer.release();
    return sum;
  }

  /// `exp(x - max)`.
  private static void exponentials(long x, long y, long columns, float max) {
    long end = columns & -LANES;
    if (end > 0) {
      exp(x, y, end, max);
    }
    if (end < columns) {
      expRest(x + end * 4, y + end * 4, columns - end, max);
    }
  }

  private static void exp(long x, long y, long n, float max) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      small(v.sub(max)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void expRest(long x, long y, long n, float max) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    small(v.sub(max)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void scale(long y, long n, float factor) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector e = FloatVector.fromMemorySegment(SPECIES, ALL, y + i * 4, ORDER);
      e.mul(factor).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void scaleRest(long y, long n, float factor) {
    VectorMask<Float> mask = first((int) n);
    FloatVector e = FloatVector.fromMemorySegment(SPECIES, ALL, y, ORDER, mask);
    e.mul(factor).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void subtract(long x, long y, long n, float max, float log) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.sub(max).sub(log).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void subtractRest(long x, long y, long n, float max, float log) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.sub(max).sub(log).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static float max(long x, long columns) {
    if (columns >= 4L * LANES) {
      return VectorF32Folds.max(x, columns);
    }
    long end = columns & -LANES;
    float max = Float.NEGATIVE_INFINITY;
    for (long i = 0; i < end; i += LANES) {
      max = Math.max(max, maxRest(x + i * 4, LANES));
    }
    return end < columns ? Math.max(max, maxRest(x + end * 4, columns - end)) : max;
  }

  private static float maxRest(long x, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    return NOTHING.blend(v, mask).reduceLanes(VectorOperators.MAX);
  }
}
