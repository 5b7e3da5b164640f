package dev.gatun.nn;

/// What Kaiming's initialization keeps the variance of.
public enum FanMode {
  /// The activations, in the forward pass.
  FAN_IN,
  /// The gradients, in the backward pass.
  FAN_OUT
}
