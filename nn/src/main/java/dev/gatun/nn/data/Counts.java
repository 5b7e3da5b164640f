package dev.gatun.nn.data;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/// Checks of arguments.
final class Counts {
  private Counts() {}

  @CanIgnoreReturnValue
  static long positive(String who, String what, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException("%s: %s must be positive: %d".formatted(who, what, value));
    }
    return value;
  }
}
