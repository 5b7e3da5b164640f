package dev.gatun.tensor;

/// How a quotient is rounded: PyTorch's `rounding_mode` of `div`.
public enum Rounding {
  /// Toward zero, as the division of integers in Java.
  TRUNC,
  /// Down, as Python's `//`.
  FLOOR
}
