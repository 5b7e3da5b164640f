package dev.gatun.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The F64 exponential in vectors, within 1 ulp of the true value over all of its range.
///
/// With `k` the nearest integer to `x / ln(2)` and `r = x - k ln(2)`, `exp(x)` is `2^k exp(r)`; the
/// second factor is a polynomial. The methods are small and called from loops alone, or from other
/// such methods, so that the compiler inlines them and no vector becomes an object.
final class VectorF64Exp {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /// Below this the result is zero.
  static final double LOWEST = -746;

  /// Above this the result is infinity.
  static final double HIGHEST = 710;

  /// Above this the hyperbolic sine is infinite, and a quarter of the exponential is finite still.
  private static final double HIGHEST_QUARTER = 710.6;

  private static final DoubleVector INDEX = DoubleVector.zero(SPECIES).addIndex(1);
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);
  static final DoubleVector LOG2_E = DoubleVector.broadcast(SPECIES, 1.4426950408889634);
  private static final DoubleVector TWO_LOG2_E = LOG2_E.mul(2);

  // Adding one of these rounds to an integer, which is then in the low bits of the sum: with the
  // bias of an exponent on top, or with twice that bias.
  private static final DoubleVector ONE_BIAS = DoubleVector.broadcast(SPECIES, 0x1.8p52 + 1023);
  static final DoubleVector TWO_BIASES = DoubleVector.broadcast(SPECIES, 0x1.8p52 + 2046);

  // With the bias less two, for a quarter of the power.
  private static final DoubleVector QUARTER_BIAS = DoubleVector.broadcast(SPECIES, 0x1.8p52 + 1021);

  // Minus ln(2) in two parts; the product of the first with any k is exact.
  static final DoubleVector LN2_HIGH = DoubleVector.broadcast(SPECIES, -0.6931471803691238);
  static final DoubleVector LN2_LOW = DoubleVector.broadcast(SPECIES, -1.9082149292705877e-10);

  static final DoubleVector E2 = DoubleVector.broadcast(SPECIES, 0.5000000000000004);
  static final DoubleVector E3 = DoubleVector.broadcast(SPECIES, 0.16666666666666685);
  static final DoubleVector E4 = DoubleVector.broadcast(SPECIES, 0.04166666666658179);
  static final DoubleVector E5 = DoubleVector.broadcast(SPECIES, 0.008333333333315601);
  static final DoubleVector E6 = DoubleVector.broadcast(SPECIES, 0.0013888888930272372);
  static final DoubleVector E7 = DoubleVector.broadcast(SPECIES, 0.00019841269901052307);
  static final DoubleVector E8 = DoubleVector.broadcast(SPECIES, 2.4801506559101582e-05);
  static final DoubleVector E9 = DoubleVector.broadcast(SPECIES, 2.7557229560034038e-06);
  static final DoubleVector E10 = DoubleVector.broadcast(SPECIES, 2.7625601336956365e-07);
  static final DoubleVector E11 = DoubleVector.broadcast(SPECIES, 2.511400863336471e-08);

  private VectorF64Exp() {}

  /// The first lanes, as many as there are from 0 to all.
  static VectorMask<Double> first(int lanes) {
    return INDEX.compare(VectorOperators.LT, lanes);
  }

  /// `exp(x)`; NaN passes every step.
  static DoubleVector exp(DoubleVector x) {
    return small(x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST)));
  }

  /// `exp(x)` of numbers not above [#HIGHEST]. The power of two is applied in two halves, so that
  /// it neither overflows nor rounds twice where the result is subnormal.
  static DoubleVector small(DoubleVector x) {
    DoubleVector v = x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
    DoubleVector sum = v.fma(LOG2_E, TWO_BIASES);
    DoubleVector k = sum.sub(TWO_BIASES);
    DoubleVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
    DoubleVector q =
        E11.fma(r, E10)
            .fma(r, E9)
            .fma(r, E8)
            .fma(r, E7)
            .fma(r, E6)
            .fma(r, E5)
            .fma(r, E4)
            .fma(r, E3)
            .fma(r, E2);
    DoubleVector p = q.fma(r, ONE).fma(r, ONE);
    LongVector power = sum.reinterpretAsLongs();
    LongVector half = power.lanewise(VectorOperators.LSHR, 1);
    LongVector low = half.lanewise(VectorOperators.LSHL, 52);
    LongVector high = power.sub(half).lanewise(VectorOperators.LSHL, 52);
    return p.mul(low.reinterpretAsDoubles()).mul(high.reinterpretAsDoubles());
  }

  /// `exp(2x) - 1` of `x` from 0 to 20.
  static DoubleVector doubledMinusOne(DoubleVector x) {
    DoubleVector v = x.add(x);
    DoubleVector sum = x.fma(TWO_LOG2_E, ONE_BIAS);
    DoubleVector k = sum.sub(ONE_BIAS);
    DoubleVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
    DoubleVector q =
        E11.fma(r, E10)
            .fma(r, E9)
            .fma(r, E8)
            .fma(r, E7)
            .fma(r, E6)
            .fma(r, E5)
            .fma(r, E4)
            .fma(r, E3)
            .fma(r, E2);
    DoubleVector p = q.fma(r.mul(r), r);
    DoubleVector power =
        sum.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    return p.fma(power, power.sub(1));
  }

  /// A quarter of `exp(x) - 1`, which is exact where `x` is small, of numbers not below -45.
  static DoubleVector quarter(DoubleVector x) {
    DoubleVector v = x.blend(HIGHEST_QUARTER, x.compare(VectorOperators.GT, HIGHEST_QUARTER));
    DoubleVector sum = v.fma(LOG2_E, QUARTER_BIAS);
    DoubleVector k = sum.sub(QUARTER_BIAS);
    DoubleVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
    DoubleVector q =
        E11.fma(r, E10)
            .fma(r, E9)
            .fma(r, E8)
            .fma(r, E7)
            .fma(r, E6)
            .fma(r, E5)
            .fma(r, E4)
            .fma(r, E3)
            .fma(r, E2);
    DoubleVector p = q.fma(r.mul(r), r);
    DoubleVector power =
        sum.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    return p.fma(power, power.sub(0.25f));
  }
}
