package dev.gatun.tensor;

/// How [ScatterOps#scatterReduce] combines the elements that go to one place.
public enum ScatterReduction {
  /// Their sum.
  SUM,
  /// Their product.
  PROD,
  /// Their sum, over how many there are.
  MEAN,
  /// The largest one.
  AMAX,
  /// The smallest one.
  AMIN
}
