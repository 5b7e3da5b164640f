package dev.gatun.tensor;

/// What becomes of the losses of the rows of a batch.
public enum LossReduction {
  /// They are returned.
  NONE,

  /// Their mean, weighted where the loss has weights.
  MEAN,

  /// Their sum.
  SUM
}
