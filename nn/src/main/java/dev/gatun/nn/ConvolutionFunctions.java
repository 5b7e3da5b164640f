package dev.gatun.nn;

/// The convolutions of [F].
abstract sealed class ConvolutionFunctions extends VisionFunctions permits PoolingFunctions {
  ConvolutionFunctions() {}
}
