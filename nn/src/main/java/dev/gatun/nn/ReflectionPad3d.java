package dev.gatun.nn;

import dev.gatun.tensor.PadMode;

/// The elements behind the edges in the opposite order, the edges not repeated, around the last
/// three dimensions of samples with channels, a batch of them or one.
public final class ReflectionPad3d extends PadLayer {
  /// Makes the layer; it has no parameters.
  ///
  /// @param padding how much on all sides, or on each: left, right, top, bottom, front and back
  public ReflectionPad3d(long... padding) {
    super(3, PadMode.REFLECT, 0, padding);
  }
}
