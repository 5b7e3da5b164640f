package dev.gatun.tensor;

/// What [RearrangeOps#pad] puts around a tensor.
public enum PadMode {
  /// One value, 0 unless [RearrangeOps#padWith] says another.
  CONSTANT,
  /// The elements behind the edge in the opposite order, the edge itself not repeated.
  REFLECT,
  /// The edge, again and again.
  REPLICATE,
  /// The elements of the other side, as if the dimension were a circle.
  CIRCULAR
}
