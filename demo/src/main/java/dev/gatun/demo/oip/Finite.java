package dev.gatun.demo.oip;

/// NaN and infinity are refused: JSON has no words for them, and an answer made of NaN looks like
/// one.
final class Finite {
  private Finite() {}

  static void requireInput(float[] values, int columns) {
    int at = find(values);
    if (at >= 0) {
      throw Refusal.of(
          "input is not finite: %s in row %d, column %d", values[at], at / columns, at % columns);
    }
  }

  static void requireOutput(float[] values, int columns) {
    int at = find(values);
    if (at >= 0) {
      throw Refusal.of(
          "answer is not finite: %s for row %d; its numbers are too large for the model",
          values[at], at / columns);
    }
  }

  private static int find(float[] values) {
    // A sum is not finite where a number is not: one pass without a branch, for what is the rule.
    float sum = 0;
    for (float value : values) {
      sum += value * 0;
    }
    for (int i = 0; sum != 0 && i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
