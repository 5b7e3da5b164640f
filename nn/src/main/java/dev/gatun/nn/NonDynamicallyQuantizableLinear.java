package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;

/// The last projection of [MultiheadAttention], which PyTorch prints under this name.
final class NonDynamicallyQuantizableLinear extends Linear {
  NonDynamicallyQuantizableLinear(
      long inFeatures, long outFeatures, boolean bias, DType dtype, Generator generator) {
    super(inFeatures, outFeatures, bias, dtype, generator);
  }
}
