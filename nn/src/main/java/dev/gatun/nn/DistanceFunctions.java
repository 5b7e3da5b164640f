package dev.gatun.nn;

/// The distances of [F].
abstract sealed class DistanceFunctions permits EmbeddingFunctions {
  DistanceFunctions() {}
}
