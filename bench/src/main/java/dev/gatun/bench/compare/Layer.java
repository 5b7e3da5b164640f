package dev.gatun.bench.compare;

/// A layer of a network by itself, forward or in a step of training by plain gradient descent.
public non-sealed interface Layer extends Workload {
  /// Whether it is a step of training: forward, backward, update, and the loss read. Its result are
  /// the losses before each of the first [Training#CHECKED_STEPS] steps.
  ///
  /// @return false for the output alone, nothing recorded
  boolean training();

  @Override
  default Group group() {
    return Group.NETWORK;
  }
}
