package dev.gatun.tensor;

/// What [EmbeddingOps#embeddingBag] makes of the rows of a bag.
public enum BagMode {
  /// Their sum, each by its weight where there are weights.
  SUM,
  /// Their mean.
  MEAN,
  /// The largest element of each column.
  MAX
}
