package dev.gatun.nn;

/// The embeddings of [F].
abstract sealed class EmbeddingFunctions extends DistanceFunctions permits AttentionFunctions {
  EmbeddingFunctions() {}
}
