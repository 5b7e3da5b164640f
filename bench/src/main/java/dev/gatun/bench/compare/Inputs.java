package dev.gatun.bench.compare;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Random numbers, the same in every process, and the comparison of results.
public final class Inputs {
  private Inputs() {}

  /// From `-bound` to `bound`.
  static float[] uniform(long seed, int count, double bound) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  /// Widens.
  ///
  /// @param values any
  /// @return as many
  public static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  static void requireLength(String what, double[] got, int want) {
    if (got.length != want) {
      throw new IllegalStateException(
          "%s: wrong number of results: %d (want %d)".formatted(what, got.length, want));
    }
  }

  /// Every error is at most the tolerance times the largest value.
  static void requireClose(String what, double[] got, double[] want, double tolerance) {
    requireLength(what, got, want.length);
    double limit = tolerance * Arrays.stream(want).map(Math::abs).max().orElse(0);
    for (int i = 0; i < want.length; i++) {
      // not `>`: that lets NaN pass
      if (!(Math.abs(got[i] - want[i]) <= limit)) {
        throw new IllegalStateException(
            "%s: wrong result at %d: %s (want %s within %s)"
                .formatted(what, i, got[i], want[i], limit));
      }
    }
  }
}
