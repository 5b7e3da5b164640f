package dev.gatun.kernel;

/// A function applied to every element of a product, as the last thing.
public enum Activation {
  /// The element as it is.
  NONE,

  /// `max(x, 0)`; NaN stays NaN.
  RELU,

  /// `1 / (1 + e⁻ˣ)`
  SIGMOID,

  /// `tanh x`
  TANH,

  /// `x Φ(x)`, with the exact distribution function of the normal distribution.
  GELU
}
