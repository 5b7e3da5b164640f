package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// The channels of all groups in turns, `[N, C, *]` (Zhang et al., arXiv:1707.01083).
public final class ChannelShuffle extends Module {
  private final long groups;

  /// Makes the layer; it has no parameters.
  ///
  /// @param groups how many groups the channels are cut in
  public ChannelShuffle(long groups) {
    if (groups < 1) {
      throw new IllegalArgumentException(
          "ChannelShuffle: the number of groups must be positive: " + groups);
    }
    this.groups = groups;
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.channelShuffle(x, groups);
  }

  @Override
  protected String extraRepr() {
    return "groups=" + groups;
  }
}
