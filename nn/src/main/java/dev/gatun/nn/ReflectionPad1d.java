package dev.gatun.nn;

import dev.gatun.tensor.PadMode;

/// The elements behind the edges in the opposite order, the edges not repeated, around the last
/// dimension of samples with channels, a batch of them or one.
public final class ReflectionPad1d extends PadLayer {
  /// Makes the layer; it has no parameters.
  ///
  /// @param padding how much on all sides, or on each: left and right
  public ReflectionPad1d(long... padding) {
    super(1, PadMode.REFLECT, 0, padding);
  }
}
