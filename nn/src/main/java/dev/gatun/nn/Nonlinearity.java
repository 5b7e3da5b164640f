package dev.gatun.nn;

/// The function behind a layer, which decides the gain of its initialization.
public enum Nonlinearity {
  /// None; gain 1.
  LINEAR,
  /// None, behind a convolution; gain 1.
  CONV1D,
  /// None, behind a convolution; gain 1.
  CONV2D,
  /// None, behind a convolution; gain 1.
  CONV3D,
  /// None, behind a transposed convolution; gain 1.
  CONV_TRANSPOSE1D,
  /// None, behind a transposed convolution; gain 1.
  CONV_TRANSPOSE2D,
  /// None, behind a transposed convolution; gain 1.
  CONV_TRANSPOSE3D,
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
