package dev.gatun.kernel;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Exponential functions of contiguous F32 rows by polynomials, within 2 ulp of the true value;
/// softplus within 3.
///
/// The last elements of a row go through the same arithmetic under a mask, so a value does not
/// depend on its position. Rows with gaps go to the reference loops and may differ in the last bit.
final class VectorF32Math {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final float LOG2_E = 1.442695f;
  // ln 2 in two parts; the first has so few bits that its product with any exponent is exact.
  private static final float LN2_HIGH = 0x1.63p-1f;
  private static final float LN2_LOW = -0.00021219444f;
  // Adding this rounds to an integer, which is then in the low bits of the sum.
  private static final float ROUND = 0x1.8p23f;
  private static final int BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  static final UnaryRow EXP =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs != 4 || ys != 4) {
          F32Unary.EXP.apply(x, xo, xs, y, yo, ys, n);
          return;
        }
        long end = SPECIES.loopBound(n);
        for (long i = 0; i < end; i += LANES) {
          FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER);
          exp(v).intoMemorySegment(y, yo + i * 4, ORDER);
        }
        if (end < n) {
          VectorMask<Float> mask = SPECIES.indexInRange(end, n);
          FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + end * 4, ORDER, mask);
          exp(v).intoMemorySegment(y, yo + end * 4, ORDER, mask);
        }
      };

  static final UnaryRow SIGMOID =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs != 4 || ys != 4) {
          F32Unary.SIGMOID.apply(x, xo, xs, y, yo, ys, n);
          return;
        }
        long end = SPECIES.loopBound(n);
        for (long i = 0; i < end; i += LANES) {
          FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER);
          sigmoid(v).intoMemorySegment(y, yo + i * 4, ORDER);
        }
        if (end < n) {
          VectorMask<Float> mask = SPECIES.indexInRange(end, n);
          FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + end * 4, ORDER, mask);
          sigmoid(v).intoMemorySegment(y, yo + end * 4, ORDER, mask);
        }
      };

  static final UnaryRow TANH =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs != 4 || ys != 4) {
          F32Unary.TANH.apply(x, xo, xs, y, yo, ys, n);
          return;
        }
        long end = SPECIES.loopBound(n);
        for (long i = 0; i < end; i += LANES) {
          FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER);
          tanh(v).intoMemorySegment(y, yo + i * 4, ORDER);
        }
        if (end < n) {
          VectorMask<Float> mask = SPECIES.indexInRange(end, n);
          FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + end * 4, ORDER, mask);
          tanh(v).intoMemorySegment(y, yo + end * 4, ORDER, mask);
        }
      };

  static final UnaryRow SOFTPLUS =
      (x, xo, xs, y, yo, ys, n) -> {
        if (xs != 4 || ys != 4) {
          F32Unary.SOFTPLUS.apply(x, xo, xs, y, yo, ys, n);
          return;
        }
        long end = SPECIES.loopBound(n);
        for (long i = 0; i < end; i += LANES) {
          FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + i * 4, ORDER);
          softplus(v).intoMemorySegment(y, yo + i * 4, ORDER);
        }
        if (end < n) {
          VectorMask<Float> mask = SPECIES.indexInRange(end, n);
          FloatVector v = FloatVector.fromMemorySegment(SPECIES, x, xo + end * 4, ORDER, mask);
          softplus(v).intoMemorySegment(y, yo + end * 4, ORDER, mask);
        }
      };

  private VectorF32Math() {}

  /// `2^n * exp(r)` with `|r| <= ln(2) / 2`. The power of two is applied in two halves, so that it
  /// neither overflows nor rounds twice where the result is subnormal.
  static FloatVector exp(FloatVector x) {
    // Beyond these bounds the result is infinity or zero; a NaN passes.
    FloatVector low = x.blend(-104f, x.compare(VectorOperators.LT, -104f));
    FloatVector v = low.blend(89f, low.compare(VectorOperators.GT, 89f));
    FloatVector rounded = v.mul(LOG2_E).add(ROUND);
    FloatVector n = rounded.sub(ROUND);
    FloatVector r = n.lanewise(VectorOperators.FMA, broadcast(-LN2_HIGH), v);
    r = n.lanewise(VectorOperators.FMA, broadcast(-LN2_LOW), r);
    FloatVector p = broadcast(0.00019875691f);
    p = fma(p, r, 0.0013981999f);
    p = fma(p, r, 0.008333452f);
    p = fma(p, r, 0.041665796f);
    p = fma(p, r, 0.16666666f);
    p = fma(p, r, 0.5f);
    p = p.lanewise(VectorOperators.FMA, r.mul(r), r).add(1f);
    IntVector power = rounded.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
    IntVector half = power.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(power.sub(half)));
  }

  /// The smaller of `exp(x)` and `exp(-x)` keeps the quotient away from infinity over infinity.
  private static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    return broadcast(1f).blend(e, x.compare(VectorOperators.LT, 0f)).div(e.add(1f));
  }

  /// `1 - 2 / (exp(2|x|) + 1)` with the sign of `x`; near zero, where that cancels, a polynomial.
  private static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector far = broadcast(1f).sub(broadcast(2f).div(exp(a.add(a)).add(1f)));
    FloatVector z = x.mul(x);
    FloatVector p = broadcast(-0.0057049887f);
    p = fma(p, z, 0.020639088f);
    p = fma(p, z, -0.053739715f);
    p = fma(p, z, 0.13331442f);
    p = fma(p, z, -0.3333328f);
    FloatVector near = p.mul(z).lanewise(VectorOperators.FMA, x, x);
    FloatVector signed = far.blend(far.neg(), x.compare(VectorOperators.LT, 0f));
    return signed.blend(near, a.compare(VectorOperators.LT, 0.625f));
  }

  /// `max(x, 0) + log(1 + e)` with `e = exp(-|x|)`; the logarithm is `2 artanh(e / (2 + e))`, whose
  /// series ends below the last bit after eight terms as its argument is at most 1/3.
  private static FloatVector softplus(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    FloatVector s = e.div(e.add(2f));
    FloatVector z = s.mul(s);
    FloatVector p = broadcast(1 / 15f);
    p = fma(p, z, 1 / 13f);
    p = fma(p, z, 1 / 11f);
    p = fma(p, z, 1 / 9f);
    p = fma(p, z, 1 / 7f);
    p = fma(p, z, 1 / 5f);
    p = fma(p, z, 1 / 3f);
    FloatVector twice = s.add(s);
    FloatVector log = p.mul(z).lanewise(VectorOperators.FMA, twice, twice);
    return x.blend(0f, x.compare(VectorOperators.LT, 0f)).add(log);
  }

  private static FloatVector fma(FloatVector p, FloatVector r, float coefficient) {
    return p.lanewise(VectorOperators.FMA, r, broadcast(coefficient));
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static FloatVector powerOfTwo(IntVector exponent) {
    IntVector bits = exponent.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
    return bits.reinterpretAsFloats();
  }
}
