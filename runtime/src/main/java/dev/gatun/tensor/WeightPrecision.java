package dev.gatun.tensor;

import dev.gatun.kernel.ReducedWeights;
import org.jspecify.annotations.Nullable;

/// How a [Program] stores the weights of linear layers. Rows, sums, biases and results stay F32, so
/// that only the rounding of the weights is lost; what few rows cost is mostly the reading of
/// weights, which becomes as much shorter as they do.
public enum WeightPrecision {
  /// As they are.
  STORED(null),

  /// 16 bits: F32 without the lower half, rounded to nearest; 8 significant bits.
  BF16(ReducedWeights.Format.BF16),

  /// 8 bits: multiples, from -127 to 127, of one F32 scale for each output channel, which is the
  /// largest weight of that channel by 127. The weights must be finite.
  INT8(ReducedWeights.Format.INT8);

  final ReducedWeights.@Nullable Format format;

  WeightPrecision(ReducedWeights.@Nullable Format format) {
    this.format = format;
  }
}
