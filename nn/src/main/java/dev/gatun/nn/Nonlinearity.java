package dev.gatun.nn;

/// The function behind a layer, which decides the gain of its initialization.
public enum Nonlinearity {
  /// None; gain 1.
  LINEAR,
  /// Gain 1.
  SIGMOID,
  /// Gain 5/3.
  TANH,
  /// Gain √2.
  RELU,
  /// Gain √(2 / (1 + slope²)), slope 0.01 by default.
  LEAKY_RELU,
  /// Gain 3/4.
  SELU
}
