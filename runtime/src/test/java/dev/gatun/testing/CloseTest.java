package dev.gatun.testing;

import static dev.gatun.testing.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class CloseTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void acceptsWhatIsWithinTheTolerance() {
    assertClose(new double[] {1.01, 0.001}, new double[] {1, 0}, 0.02, 0.001);
    assertClose(new double[] {Double.NaN, INF, 0.0}, new double[] {Double.NaN, INF, -0.0}, 0, 0);
    assertClose(new float[] {0.1f}, new float[] {0.1f}, 0, 0);
  }

  @Test
  void namesTheWorstIndex() {
    double[] actual = {1, 2.5, 4};
    assertEquals(
        "assertClose: 2 of 3 differ, most at index 2: 4.0, expected 3.0 (100 times the tolerance)",
        failure(actual, new double[] {1, 2, 3}, 0, 0.01));
  }

  @Test
  void refusesSpecialValuesThatDiffer() {
    failure(new double[] {1}, new double[] {Double.NaN}, 1, 1);
    failure(new double[] {Double.NaN}, new double[] {1}, 1, 1);
    failure(new double[] {1}, new double[] {INF}, 1, 1);
    failure(new double[] {-INF}, new double[] {INF}, 1, 1);
    failure(new double[] {INF}, new double[] {1}, 1, 1);
    failure(new double[] {1}, new double[] {1, 1}, 1, 1);
  }

  private static String failure(double[] actual, double[] expected, double rtol, double atol) {
    return String.valueOf(
        assertThrows(AssertionError.class, () -> assertClose(actual, expected, rtol, atol))
            .getMessage());
  }
}
