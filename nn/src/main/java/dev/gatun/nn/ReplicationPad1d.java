package dev.gatun.nn;

import dev.gatun.tensor.PadMode;

/// The elements at the edges, again and again, around the last dimension of samples with channels,
/// a batch of them or one.
public final class ReplicationPad1d extends PadLayer {
  /// Makes the layer; it has no parameters.
  ///
  /// @param padding how much on all sides, or on each: left and right
  public ReplicationPad1d(long... padding) {
    super(1, PadMode.REPLICATE, 0, padding);
  }
}
