package dev.gatun.nn;

import java.util.Arrays;

/// Numbers and shapes as PyTorch and our messages print them.
final class Numbers {
  private Numbers() {}

  /// Without a fraction where there is none: PyTorch's defaults are integers.
  static String text(double value) {
    boolean integral = value == Math.rint(value) && Math.abs(value) < 1e15;
    return integral ? Long.toString((long) value) : Double.toString(value);
  }

  static String text(long... shape) {
    return Arrays.toString(shape).replace(" ", "");
  }
}
