package dev.gatun.kernel;

import static dev.gatun.kernel.VectorF32Exp.BIAS;
import static dev.gatun.kernel.VectorF32Exp.C2;
import static dev.gatun.kernel.VectorF32Exp.C3;
import static dev.gatun.kernel.VectorF32Exp.C4;
import static dev.gatun.kernel.VectorF32Exp.C5;
import static dev.gatun.kernel.VectorF32Exp.C6;
import static dev.gatun.kernel.VectorF32Exp.C7;
import static dev.gatun.kernel.VectorF32Exp.HIGHEST;
import static dev.gatun.kernel.VectorF32Exp.LN2_HIGH;
import static dev.gatun.kernel.VectorF32Exp.LN2_LOW;
import static dev.gatun.kernel.VectorF32Exp.LOG2_E;
import static dev.gatun.kernel.VectorF32Exp.LOWEST;
import static dev.gatun.kernel.VectorF32Exp.MANTISSA_BITS;
import static dev.gatun.kernel.VectorF32Exp.ROUND;
import static dev.gatun.kernel.VectorF32Exp.ROUND_BITS;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Exponential functions of contiguous F32 rows, within 2 ulp of the true value; softplus within 3.
/// [VectorF32Exp] explains the steps that they share.
///
/// The last elements of a row go through the same arithmetic as the others, so a value does not
/// depend on its position. Rows with gaps go to the reference loops and may differ in the last bit.
final class VectorF32Math {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);

  private static final float NEAR = 0.625f;
  private static final FloatVector T3 = FloatVector.broadcast(SPECIES, -0.3333328f);
  private static final FloatVector T5 = FloatVector.broadcast(SPECIES, 0.13331442f);
  private static final FloatVector T7 = FloatVector.broadcast(SPECIES, -0.053739715f);
  private static final FloatVector T9 = FloatVector.broadcast(SPECIES, 0.020639088f);
  private static final FloatVector T11 = FloatVector.broadcast(SPECIES, -0.0057049887f);

  private static final FloatVector L3 = FloatVector.broadcast(SPECIES, 1 / 3f);
  private static final FloatVector L5 = FloatVector.broadcast(SPECIES, 1 / 5f);
  private static final FloatVector L7 = FloatVector.broadcast(SPECIES, 1 / 7f);
  private static final FloatVector L9 = FloatVector.broadcast(SPECIES, 1 / 9f);
  private static final FloatVector L11 = FloatVector.broadcast(SPECIES, 1 / 11f);
  private static final FloatVector L13 = FloatVector.broadcast(SPECIES, 1 / 13f);
  private static final FloatVector L15 = FloatVector.broadcast(SPECIES, 1 / 15f);

  /// The power of two is applied in two halves, so that it neither overflows nor rounds twice where
  /// the result is subnormal. A NaN passes every step.
  static final UnaryRow EXP =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs != 4 || ys != 4) {
          F32Unary.EXP.apply(x, xo, xs, y, yo, ys, n);
          return;
        }
        for (long i = 0; i < n; i += LANES) {
          VectorMask<Float> mask = SPECIES.indexInRange(i, n);
          FloatVector a = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER, mask);
          FloatVector d = a.blend(LOWEST, a.compare(VectorOperators.LT, LOWEST));
          FloatVector v = d.blend(HIGHEST, d.compare(VectorOperators.GT, HIGHEST));
          FloatVector sum = v.fma(LOG2_E, ROUND);
          FloatVector k = sum.sub(ROUND);
          FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
          FloatVector p = C7.fma(r, C6).fma(r, C5).fma(r, C4).fma(r, C3).fma(r, C2);
          IntVector power = sum.reinterpretAsInts().sub(ROUND_BITS);
          IntVector half = power.lanewise(VectorOperators.ASHR, 1);
          IntVector low = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
          IntVector high = power.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
          FloatVector e = p.fma(r.mul(r), r).add(1).mul(low.reinterpretAsFloats());
          e = e.mul(high.reinterpretAsFloats());
          e.intoMemorySegment(y, yo + i * 4, ORDER, mask);
        }
      };

  /// The smaller of `exp(x)` and `exp(-x)` keeps the quotient away from infinity over infinity.
  static final UnaryRow SIGMOID =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs != 4 || ys != 4) {
          F32Unary.SIGMOID.apply(x, xo, xs, y, yo, ys, n);
          return;
        }
        for (long i = 0; i < n; i += LANES) {
          VectorMask<Float> mask = SPECIES.indexInRange(i, n);
          FloatVector a = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER, mask);
          FloatVector d = a.abs().neg();
          FloatVector v = d.blend(LOWEST, d.compare(VectorOperators.LT, LOWEST));
          FloatVector sum = v.fma(LOG2_E, ROUND);
          FloatVector k = sum.sub(ROUND);
          FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
          FloatVector p = C7.fma(r, C6).fma(r, C5).fma(r, C4).fma(r, C3).fma(r, C2);
          IntVector power = sum.reinterpretAsInts().sub(ROUND_BITS);
          IntVector half = power.lanewise(VectorOperators.ASHR, 1);
          IntVector low = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
          IntVector high = power.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
          FloatVector e = p.fma(r.mul(r), r).add(1).mul(low.reinterpretAsFloats());
          e = e.mul(high.reinterpretAsFloats());
          FloatVector top = ONE.blend(e, a.compare(VectorOperators.LT, 0));
          top.div(e.add(1)).intoMemorySegment(y, yo + i * 4, ORDER, mask);
        }
      };

  /// `(1 - e) / (1 + e)` with `e = exp(-2|x|)`; near zero, where that cancels, a polynomial.
  static final UnaryRow TANH =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs != 4 || ys != 4) {
          F32Unary.TANH.apply(x, xo, xs, y, yo, ys, n);
          return;
        }
        for (long i = 0; i < n; i += LANES) {
          VectorMask<Float> mask = SPECIES.indexInRange(i, n);
          FloatVector a = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER, mask);
          FloatVector d = a.abs().mul(-2);
          FloatVector v = d.blend(LOWEST, d.compare(VectorOperators.LT, LOWEST));
          FloatVector sum = v.fma(LOG2_E, ROUND);
          FloatVector k = sum.sub(ROUND);
          FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
          FloatVector p = C7.fma(r, C6).fma(r, C5).fma(r, C4).fma(r, C3).fma(r, C2);
          IntVector power = sum.reinterpretAsInts().sub(ROUND_BITS);
          IntVector half = power.lanewise(VectorOperators.ASHR, 1);
          IntVector low = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
          IntVector high = power.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
          FloatVector e = p.fma(r.mul(r), r).add(1).mul(low.reinterpretAsFloats());
          e = e.mul(high.reinterpretAsFloats());
          FloatVector far = ONE.sub(e).div(e.add(1));
          FloatVector z = a.mul(a);
          FloatVector q = T11.fma(z, T9).fma(z, T7).fma(z, T5).fma(z, T3);
          FloatVector near = q.mul(z).fma(a, a);
          FloatVector signed = far.blend(far.neg(), a.compare(VectorOperators.LT, 0));
          FloatVector t = signed.blend(near, a.abs().compare(VectorOperators.LT, NEAR));
          t.intoMemorySegment(y, yo + i * 4, ORDER, mask);
        }
      };

  /// `max(x, 0) + log(1 + e)` with `e = exp(-|x|)`; the logarithm is `2 artanh(e / (2 + e))`, whose
  /// series ends below the last bit after eight terms as its argument is at most 1/3.
  static final UnaryRow SOFTPLUS =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs != 4 || ys != 4) {
          F32Unary.SOFTPLUS.apply(x, xo, xs, y, yo, ys, n);
          return;
        }
        for (long i = 0; i < n; i += LANES) {
          VectorMask<Float> mask = SPECIES.indexInRange(i, n);
          FloatVector a = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER, mask);
          FloatVector d = a.abs().neg();
          FloatVector v = d.blend(LOWEST, d.compare(VectorOperators.LT, LOWEST));
          FloatVector sum = v.fma(LOG2_E, ROUND);
          FloatVector k = sum.sub(ROUND);
          FloatVector r = k.fma(LN2_LOW, k.fma(LN2_HIGH, v));
          FloatVector p = C7.fma(r, C6).fma(r, C5).fma(r, C4).fma(r, C3).fma(r, C2);
          IntVector power = sum.reinterpretAsInts().sub(ROUND_BITS);
          IntVector half = power.lanewise(VectorOperators.ASHR, 1);
          IntVector low = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
          IntVector high = power.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
          FloatVector e = p.fma(r.mul(r), r).add(1).mul(low.reinterpretAsFloats());
          e = e.mul(high.reinterpretAsFloats());
          FloatVector s = e.div(e.add(2));
          FloatVector z = s.mul(s);
          FloatVector q = L15.fma(z, L13).fma(z, L11).fma(z, L9).fma(z, L7).fma(z, L5).fma(z, L3);
          FloatVector twice = s.add(s);
          FloatVector positive = a.blend(0, a.compare(VectorOperators.LT, 0));
          FloatVector t = q.mul(z).fma(twice, twice).add(positive);
          t.intoMemorySegment(y, yo + i * 4, ORDER, mask);
        }
      };

  private VectorF32Math() {}
}
