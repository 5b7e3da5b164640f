package dev.gatun.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Constants of the F32 exponential in vectors, within 1 ulp of the true value over all of its
/// range.
///
/// With `k` the nearest integer to `x / ln(2)` and `r = x - k ln(2)`, `exp(x)` is `2^k exp(r)`; the
/// second factor is a polynomial. Each loop spells the steps out: a method between them would hand
/// a vector over as an object wherever the compiler does not inline it.
final class VectorF32Exp {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /// Below this the result is zero.
  static final float LOWEST = -104;

  /// Above this the result is infinity.
  static final float HIGHEST = 89;

  static final FloatVector LOG2_E = FloatVector.broadcast(SPECIES, 1.442695f);

  /// Adding this rounds to an integer, which is then in the low bits of the sum.
  static final FloatVector ROUND = FloatVector.broadcast(SPECIES, 0x1.8p23f);

  static final int ROUND_BITS = Float.floatToRawIntBits(0x1.8p23f);

  /// Minus `ln(2)` in two parts; the first is so short that its product with any `k` is exact.
  static final FloatVector LN2_HIGH = FloatVector.broadcast(SPECIES, -0x1.63p-1f);

  static final FloatVector LN2_LOW = FloatVector.broadcast(SPECIES, 0.00021219444f);

  static final FloatVector C2 = FloatVector.broadcast(SPECIES, 0.5f);
  static final FloatVector C3 = FloatVector.broadcast(SPECIES, 0.16666666f);
  static final FloatVector C4 = FloatVector.broadcast(SPECIES, 0.041665796f);
  static final FloatVector C5 = FloatVector.broadcast(SPECIES, 0.008333452f);
  static final FloatVector C6 = FloatVector.broadcast(SPECIES, 0.0013981999f);
  static final FloatVector C7 = FloatVector.broadcast(SPECIES, 0.00019875691f);

  static final int BIAS = 127;
  static final int MANTISSA_BITS = 23;

  private VectorF32Exp() {}
}
