package dev.gatun.nn;

import dev.gatun.tensor.PadMode;

/// The elements behind the edges in the opposite order, the edges not repeated, around the last two
/// dimensions of samples with channels, a batch of them or one.
public final class ReflectionPad2d extends PadLayer {
  /// Makes the layer; it has no parameters.
  ///
  /// @param padding how much on all sides, or on each: left, right, top and bottom
  public ReflectionPad2d(long... padding) {
    super(2, PadMode.REFLECT, 0, padding);
  }
}
