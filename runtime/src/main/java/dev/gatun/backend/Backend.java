package dev.gatun.backend;

/// What computes matrix products, from the most to the least preferred.
public enum Backend {
  /// The native library OpenBLAS; everything else by the Vector API where it is there.
  OPENBLAS,
  /// Java code on the Vector API, module `jdk.incubator.vector`.
  VECTOR,
  /// Plain Java loops.
  SCALAR
}
