package dev.gatun.nn;

/// The attention of [F].
abstract sealed class AttentionFunctions extends EmbeddingFunctions permits VisionFunctions {
  AttentionFunctions() {}
}
