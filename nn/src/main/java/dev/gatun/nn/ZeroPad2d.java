package dev.gatun.nn;

import dev.gatun.tensor.PadMode;

/// Zeros around the last two dimensions.
public final class ZeroPad2d extends PadLayer {
  /// Makes the layer; it has no parameters.
  ///
  /// @param padding how much on all sides, or on each: left, right, top and bottom; less than 0
  ///   takes away
  public ZeroPad2d(long... padding) {
    super(2, PadMode.CONSTANT, 0, padding);
  }
}
