package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;
import static dev.gatun.kernel.VectorF32Exp.normal;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Softmax of F32 rows, three passes over each; offsets are bytes.
final class VectorF32Softmax {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /// Elements that are summed in F32, with few additions in each lane, before F64 goes on.
  private static final long BLOCK = 1024;

  private static final FloatVector NOTHING =
      FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);

  private VectorF32Softmax() {}

  static void softmax(MemorySegment x, long xo, MemorySegment y, long yo, long columns) {
    long from = Memory.address(x, xo, columns * 4);
    long to = Memory.address(y, yo, columns * 4);
    float max = max(from, columns);
    double sum = 0;
    for (long i = 0; i < columns; i += BLOCK) {
      sum += exponentials(from + i * 4, to + i * 4, Math.min(BLOCK, columns - i), max);
    }
    float factor = (float) (1 / sum);
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
    double sum = 0;
    for (long i = 0; i < columns; i += BLOCK) {
      sum += sum(from + i * 4, Math.min(BLOCK, columns - i), max);
    }
    float log = (float) Math.log(sum);
    long end = columns & -LANES;
    if (end > 0) {
      subtract(from, to, end, max, log);
    }
    if (end < columns) {
      subtractRest(from + end * 4, to + end * 4, columns - end, max, log);
    }
  }

  /// `y = exp(x - max)`
  ///
  /// @return the sum of these
  static float exponentials(long x, long y, long columns, float max) {
    long end = columns & -LANES;
    float sum = end > 0 ? exp(x, y, end, max) : 0;
    return end < columns ? sum + expRest(x + end * 4, y + end * 4, columns - end, max) : sum;
  }

  private static float exp(long x, long y, long n, float max) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      FloatVector e = normal(v.sub(max));
      e.intoMemorySegment(ALL, y + i * 4, ORDER);
      sum = sum.add(e);
    }
    return Lanes.sum(sum);
  }

  private static float expRest(long x, long y, long n, float max) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    FloatVector e = normal(v.sub(max));
    e.intoMemorySegment(ALL, y, ORDER, mask);
    return Lanes.sum(FloatVector.zero(SPECIES).blend(e, mask));
  }

  /// The sum of `exp(x - max)`.
  private static float sum(long x, long columns, float max) {
    long end = columns & -LANES;
    float sum = end > 0 ? wholeSum(x, end, max) : 0;
    return end < columns ? sum + sumRest(x + end * 4, columns - end, max) : sum;
  }

  private static float wholeSum(long x, long n, float max) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      sum = sum.add(normal(v.sub(max)));
    }
    return Lanes.sum(sum);
  }

  private static float sumRest(long x, long n, float max) {
    VectorMask<Float> mask = first((int) n);
    FloatVector e = normal(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask).sub(max));
    return Lanes.sum(FloatVector.zero(SPECIES).blend(e, mask));
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

  static float max(long x, long columns) {
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
