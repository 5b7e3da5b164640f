package dev.gatun.testing;

/// Compares numbers that were computed in two ways.
public final class Close {
  private Close() {}

  /// Requires `|actual - expected| <= atol + rtol |expected|` everywhere. NaN equals NaN,
  /// infinities equal themselves, and the sign of zero is not looked at.
  ///
  /// @throws AssertionError naming the index where the two differ most
  public static void assertClose(double[] actual, double[] expected, double rtol, double atol) {
    if (actual.length != expected.length) {
      throw new AssertionError(
          "assertClose: %d values, expected %d".formatted(actual.length, expected.length));
    }
    int worst = -1;
    int wrong = 0;
    double most = 0;
    for (int i = 0; i < actual.length; i++) {
      double excess = excess(actual[i], expected[i], rtol, atol);
      wrong += excess > 1 ? 1 : 0;
      if (excess > Math.max(most, 1)) {
        most = excess;
        worst = i;
      }
    }
    if (worst >= 0) {
      throw new AssertionError(
          "assertClose: %d of %d differ, most at index %d: %s, expected %s (%.3g times the tolerance)"
              .formatted(wrong, actual.length, worst, actual[worst], expected[worst], most));
    }
  }

  /// As [#assertClose(double[], double[], double, double)], for F32.
  public static void assertClose(float[] actual, float[] expected, double rtol, double atol) {
    assertClose(widen(actual), widen(expected), rtol, atol);
  }

  /// How many times the tolerance two numbers are apart; above 1 is too far.
  private static double excess(double actual, double expected, double rtol, double atol) {
    if (actual == expected || (Double.isNaN(actual) && Double.isNaN(expected))) {
      return 0;
    }
    double apart = Math.abs(actual - expected) / (atol + rtol * Math.abs(expected));
    return Double.isNaN(apart) || Double.isInfinite(expected) ? Double.POSITIVE_INFINITY : apart;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
