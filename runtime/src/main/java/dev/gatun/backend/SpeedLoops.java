package dev.gatun.backend;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// One sum of products, in vectors and in a plain loop, timed in turns. The compiler keeps the
/// plain loop as it is, because a sum of floats has an order.
final class SpeedLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = 4096;

  private final float[] a = new float[LENGTH];
  private final float[] b = new float[LENGTH];
  private long vector = Long.MAX_VALUE;
  private long plain = Long.MAX_VALUE;

  SpeedLoops() {
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.25f);
  }

  int bits() {
    return SPECIES.vectorBitSize();
  }

  /// Runs both once more and returns how many times as fast vectors were at best.
  double run() {
    long start = System.nanoTime();
    float inVectors = vectorDot(a, b);
    long between = System.nanoTime();
    float inPlain = plainDot(a, b);
    long end = System.nanoTime();
    if (inVectors != inPlain) { // all of it is exact: these are small powers of two
      throw new IllegalStateException(
          "vectors: a sum in vectors is wrong: %s (%s expected)".formatted(inVectors, inPlain));
    }
    vector = Math.min(vector, Math.max(1, between - start));
    plain = Math.min(plain, Math.max(1, end - between));
    return (double) plain / vector;
  }

  private static float vectorDot(float[] a, float[] b) {
    int step = SPECIES.length();
    FloatVector even = FloatVector.zero(SPECIES);
    FloatVector odd = even;
    for (int i = 0; i < LENGTH; i += 2 * step) {
      FloatVector first = FloatVector.fromArray(SPECIES, a, i);
      even = even.add(first.mul(FloatVector.fromArray(SPECIES, b, i)));
      FloatVector second = FloatVector.fromArray(SPECIES, a, i + step);
      odd = odd.add(second.mul(FloatVector.fromArray(SPECIES, b, i + step)));
    }
    float[] lanes = even.add(odd).toArray();
    float sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }

  private static float plainDot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
