package dev.gatun.kernel;

/// A dim that is indexed, with what surrounds it: a shape seen as `[outer, size, inner]`.
///
/// @param outer product of the sizes before the dim
/// @param size what indices must be below
/// @param inner product of the sizes behind the dim
/// @param k size of the dim in the indices, and in the operand that is not indexed
public record IndexedDim(long outer, long size, long inner, long k) {
  /// Elements of the operand that is indexed.
  long indexed() {
    return outer * size * inner;
  }

  /// Elements of the operand that is not.
  long dense() {
    return outer * k * inner;
  }
}
