package dev.gatun.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The F32 exponential in vectors, within 1 ulp of the true value over all of its range.
///
/// With `k` the nearest integer to `x / ln(2)` and `r = x - k ln(2)`, `exp(x)` is `2^k exp(r)`; the
/// second factor is a polynomial. The methods are small and called from loops alone, or from other
/// such methods, so that the compiler inlines them and no vector becomes an object.
final class VectorF32Exp {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /// Below this the result is zero.
  static final float LOWEST = -104;

  /// Above this the result is infinity.
  static final float HIGHEST = 89;

  /// Above this the hyperbolic sine is infinite, and a quarter of the exponential is finite still.
  private static final float HIGHEST_QUARTER = 89.6f;

  private static final FloatVector INDEX = FloatVector.zero(SPECIES).addIndex(1);
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);

  /// Below this the exponential is less than the least normal number.
  private static final FloatVector LEAST_NORMAL = FloatVector.broadcast(SPECIES, -87.33654f);

  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);
  private static final FloatVector LOG2_E = FloatVector.broadcast(SPECIES, 1.442695f);
  private static final FloatVector TWO_LOG2_E = LOG2_E.mul(2);

  // Adding one of these rounds to an integer, which is then in the low bits of the sum: with the
  // bias of an exponent on top, or with twice that bias.
  private static final FloatVector ONE_BIAS = FloatVector.broadcast(SPECIES, 0x1.8p23f + 127);
  private static final FloatVector TWO_BIASES = FloatVector.broadcast(SPECIES, 0x1.8p23f + 254);

  // With the bias less two, for a quarter of the power.
  private static final FloatVector QUARTER_BIAS = FloatVector.broadcast(SPECIES, 0x1.8p23f + 125);

  // Minus ln(2) in two parts; the product of the first with any k is exact.
  private static final FloatVector LN2_HIGH = FloatVector.broadcast(SPECIES, -0x1.63p-1f);
  private static final FloatVector LN2_LOW = FloatVector.broadcast(SPECIES, 0.00021219444f);

  private static final FloatVector E2 = FloatVector.broadcast(SPECIES, 0.5f);
  private static final FloatVector E3 = FloatVector.broadcast(SPECIES, 0.16666545f);
  private static final FloatVector E4 = FloatVector.broadcast(SPECIES, 0.041666288f);
  private static final FloatVector E5 = FloatVector.broadcast(SPECIES, 0.008366373f);
  private static final FloatVector E6 = FloatVector.broadcast(SPECIES, 0.001394606f);

  private VectorF32Exp() {}

  /// The first lanes, as many as there are from 0 to all.
  static VectorMask<Float> first(int lanes) {
    return INDEX.compare(VectorOperators.LT, (float) lanes);
  }

  /// `exp(x)`; NaN passes every step.
  static FloatVector exp(FloatVector x) {
    return small(x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST)));
  }

  /// `exp(x)` of numbers not above [#HIGHEST]. The power of two is applied in two halves, so that
  /// it neither overflows nor rounds twice where the result is subnormal.
  static FloatVector small(FloatVector x) {
    FloatVector v = x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
    FloatVector sum = v.fma(LOG2_E, TWO_BIASES);
    FloatVector k = sum.sub(TWO_BIASES);
    FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
    FloatVector q = E6.fma(r, E5).fma(r, E4).fma(r, E3).fma(r, E2);
    FloatVector p = q.fma(r, ONE).fma(r, ONE);
    IntVector power = sum.reinterpretAsInts();
    IntVector half = power.lanewise(VectorOperators.LSHR, 1);
    IntVector low = half.lanewise(VectorOperators.LSHL, 23);
    IntVector high = power.sub(half).lanewise(VectorOperators.LSHL, 23);
    return p.mul(low.reinterpretAsFloats()).mul(high.reinterpretAsFloats());
  }

  /// `exp(x)` of numbers not above 88, as what is summed to a probability: what would be subnormal
  /// is 0, which saves a quarter of the work.
  static FloatVector normal(FloatVector x) {
    FloatVector sum = x.fma(LOG2_E, ONE_BIAS);
    FloatVector k = sum.sub(ONE_BIAS);
    FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, x));
    FloatVector q = E6.fma(r, E5).fma(r, E4).fma(r, E3).fma(r, E2);
    FloatVector p = q.fma(r, ONE).fma(r, ONE);
    FloatVector power =
        sum.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    return p.mul(power).blend(ZERO, x.compare(VectorOperators.LT, LEAST_NORMAL));
  }

  /// `exp(2x) - 1` of `x` from 0 to 10.
  static FloatVector doubledMinusOne(FloatVector x) {
    FloatVector v = x.add(x);
    FloatVector sum = x.fma(TWO_LOG2_E, ONE_BIAS);
    FloatVector k = sum.sub(ONE_BIAS);
    FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
    FloatVector q = E6.fma(r, E5).fma(r, E4).fma(r, E3).fma(r, E2);
    FloatVector p = q.fma(r.mul(r), r);
    FloatVector power =
        sum.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    return p.fma(power, power.sub(1));
  }

  /// A quarter of `exp(x) - 1`, which is exact where `x` is small, of numbers not below -25.
  static FloatVector quarter(FloatVector x) {
    FloatVector v = x.blend(HIGHEST_QUARTER, x.compare(VectorOperators.GT, HIGHEST_QUARTER));
    FloatVector sum = v.fma(LOG2_E, QUARTER_BIAS);
    FloatVector k = sum.sub(QUARTER_BIAS);
    FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
    FloatVector q = E6.fma(r, E5).fma(r, E4).fma(r, E3).fma(r, E2);
    FloatVector p = q.fma(r.mul(r), r);
    FloatVector power =
        sum.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    return p.fma(power, power.sub(0.25f));
  }
}
