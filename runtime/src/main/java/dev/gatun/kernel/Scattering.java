package dev.gatun.kernel;

/// What becomes of an element that is scattered to, and of the one that arrives there.
public enum Scattering {
  /// The last one that arrives stays.
  SET,
  /// Their sum.
  ADD,
  /// Their product.
  PROD,
  /// The larger one; NaN wins.
  AMAX,
  /// The smaller one; NaN wins.
  AMIN
}
