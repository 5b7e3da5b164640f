package dev.gatun.nn;

/// The poolings of [F].
abstract sealed class PoolingFunctions extends ConvolutionFunctions permits NormalizationFunctions {
  PoolingFunctions() {}
}
