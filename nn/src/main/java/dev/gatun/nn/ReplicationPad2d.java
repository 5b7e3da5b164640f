package dev.gatun.nn;

import dev.gatun.tensor.PadMode;

/// The elements at the edges, again and again, around the last two dimensions of samples with
/// channels, a batch of them or one.
public final class ReplicationPad2d extends PadLayer {
  /// Makes the layer; it has no parameters.
  ///
  /// @param padding how much on all sides, or on each: left, right, top and bottom
  public ReplicationPad2d(long... padding) {
    super(2, PadMode.REPLICATE, 0, padding);
  }
}
