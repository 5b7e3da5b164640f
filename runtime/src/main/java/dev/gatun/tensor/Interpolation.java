package dev.gatun.tensor;

/// What a quantile is that lies between two neighbors in the sorted order.
public enum Interpolation {
  /// In proportion to how near it is to each.
  LINEAR,
  /// The lower one.
  LOWER,
  /// The higher one.
  HIGHER,
  /// The nearer one; of two that are equally near the one at an even place.
  NEAREST,
  /// Halfway between both.
  MIDPOINT
}
