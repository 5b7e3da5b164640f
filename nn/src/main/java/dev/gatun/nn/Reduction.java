package dev.gatun.nn;

/// What a loss does with its values.
public enum Reduction {
  /// Returns all of them.
  NONE,
  /// Averages them, weighted where the loss has weights.
  MEAN,
  /// Adds them up.
  SUM,
  /// Adds them up and divides by the size of the batch, the first dimension: for [KLDivLoss] only.
  BATCHMEAN
}
