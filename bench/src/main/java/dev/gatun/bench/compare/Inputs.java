package dev.gatun.bench.compare;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;

/// Random numbers, the same in every process, and the comparison of results.
public final class Inputs {
  private Inputs() {}

  static float[] normal(long seed, int count) {
    return fill(count, new Random(seed)::nextGaussian);
  }

  /// From `-bound` to `bound`.
  static float[] uniform(long seed, int count, double bound) {
    Random random = new Random(seed);
    return fill(count, () -> bound * (2 * random.nextDouble() - 1));
  }

  private static float[] fill(int count, DoubleSupplier source) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) source.getAsDouble();
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
