package dev.gatun.nn;

/// The padding and resampling of images of [F].
abstract sealed class VisionFunctions extends AttentionFunctions permits ConvolutionFunctions {
  VisionFunctions() {}
}
