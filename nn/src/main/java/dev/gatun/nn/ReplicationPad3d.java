package dev.gatun.nn;

import dev.gatun.tensor.PadMode;

/// The elements at the edges, again and again, around the last three dimensions of samples with
/// channels, a batch of them or one.
public final class ReplicationPad3d extends PadLayer {
  /// Makes the layer; it has no parameters.
  ///
  /// @param padding how much on all sides, or on each: left, right, top, bottom, front and back
  public ReplicationPad3d(long... padding) {
    super(3, PadMode.REPLICATE, 0, padding);
  }
}
