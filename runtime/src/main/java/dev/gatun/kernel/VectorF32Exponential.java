package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Math.LN2_HIGH;
import static dev.gatun.kernel.VectorF32Math.LN2_LOW;
import static dev.gatun.kernel.VectorF32Math.R1;
import static dev.gatun.kernel.VectorF32Math.R2;
import static dev.gatun.kernel.VectorF32Math.R3;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Exponentials and logarithms of F32 in vectors, within 2 ulp of the true value, over the whole
/// range; logit within 3.
final class VectorF32Exponential {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);
  private static final FloatVector TWO_BIASES = FloatVector.broadcast(SPECIES, 0x1.8p23f + 254);

  // Below the first, 2^x is zero, above the second infinite.
  private static final float LOWEST = -151;
  private static final float HIGHEST = 129;

  // Below the first, exp(x) - 1 is -1, above the second infinite; nearer to 0 than the third both
  // it and log(1 + x) are x.
  private static final float LOWEST_M1 = -25;
  private static final float TINY = 0x1p-26f;

  // 2^r = 1 + r Q(r).
  private static final FloatVector Q1 = FloatVector.broadcast(SPECIES, 0.6931472f);
  private static final FloatVector Q2 = FloatVector.broadcast(SPECIES, 0.2402265f);
  private static final FloatVector Q3 = FloatVector.broadcast(SPECIES, 0.055503655f);
  private static final FloatVector Q4 = FloatVector.broadcast(SPECIES, 0.009618082f);
  private static final FloatVector Q5 = FloatVector.broadcast(SPECIES, 0.0013388299f);
  private static final FloatVector Q6 = FloatVector.broadcast(SPECIES, 0.00015454332f);

  private static final FloatVector LOG2_E = FloatVector.broadcast(SPECIES, 1.442695f);
  private static final FloatVector LOG10_E = FloatVector.broadcast(SPECIES, 0.4342945f);
  private static final FloatVector LOG10_2 = FloatVector.broadcast(SPECIES, 0.30103f);
  private static final FloatVector LOG10_2_LOW = FloatVector.broadcast(SPECIES, -1.4320989e-08f);

  static final UnaryRow EXP2 = PaddedRows.ofF32(VectorF32Exponential::exp2);
  static final UnaryRow EXPM1 = PaddedRows.ofF32(VectorF32Exponential::expm1);
  static final UnaryRow LOG2 = PaddedRows.ofF32(VectorF32Exponential::log2);
  static final UnaryRow LOG10 = PaddedRows.ofF32(VectorF32Exponential::log10);
  static final UnaryRow LOG1P = PaddedRows.ofF32(VectorF32Exponential::log1p);
  static final UnaryRow RSQRT = PaddedRows.ofF32(VectorF32Exponential::rsqrt);
  static final UnaryRow LOGIT = PaddedRows.ofF32(VectorF32Exponential::logit);

  private VectorF32Exponential() {}

  static FloatVector exp2(FloatVector x) {
    FloatVector u = x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST));
    FloatVector v = u.blend(LOWEST, u.compare(VectorOperators.LT, LOWEST));
    FloatVector sum = v.add(TWO_BIASES);
    FloatVector r = v.sub(sum.sub(TWO_BIASES));
    FloatVector q = Q6.fma(r, Q5).fma(r, Q4).fma(r, Q3).fma(r, Q2).fma(r, Q1);
    FloatVector p = q.fma(r, ONE);
    IntVector power = sum.reinterpretAsInts();
    IntVector half = power.lanewise(VectorOperators.LSHR, 1);
    IntVector low = half.lanewise(VectorOperators.LSHL, 23);
    IntVector high = power.sub(half).lanewise(VectorOperators.LSHL, 23);
    return p.mul(low.reinterpretAsFloats()).mul(high.reinterpretAsFloats());
  }

  static FloatVector expm1(FloatVector x) {
    FloatVector v = x.blend(LOWEST_M1, x.compare(VectorOperators.LT, LOWEST_M1));
    FloatVector y = VectorF32Exp.quarter(v).mul(4);
    return y.blend(x, x.abs().compare(VectorOperators.LT, TINY));
  }

  /// The exponent of a number between the roots of 1/2 and 2, times a power of two.
  private static FloatVector exponent(FloatVector x) {
    IntVector bits = x.reinterpretAsInts().sub(0x3f3504f3);
    Vector<Float> k = bits.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
    return k.reinterpretAsFloats();
  }

  /// That number, less 1.
  private static FloatVector significand(FloatVector x) {
    IntVector bits = x.reinterpretAsInts().sub(0x3f3504f3);
    return bits.and(0x7fffff).add(0x3f3504f3).reinterpretAsFloats().sub(1);
  }

  /// `log(1 + f) - f`, for numbers between the roots of 1/2 and 2.
  private static FloatVector curve(FloatVector f) {
    FloatVector s = f.div(f.add(2));
    FloatVector z = s.mul(s);
    FloatVector r = R3.fma(z, R2).fma(z, R1);
    FloatVector half = f.mul(0.5f).mul(f);
    return r.fma(z, half).mul(s).sub(half);
  }

  /// The logarithm of infinity, or NaN; of zero; of less.
  private static FloatVector limits(FloatVector log, FloatVector x) {
    FloatVector a = log.blend(x, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY).not());
    FloatVector b = a.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
    return b.blend(Float.NaN, x.compare(VectorOperators.LT, 0));
  }

  static FloatVector log2(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    FloatVector v = x.blend(x.mul(0x1p23f), tiny);
    FloatVector k = exponent(v).sub(23, tiny);
    FloatVector f = significand(v);
    return limits(curve(f).add(f).fma(LOG2_E, k), x);
  }

  static FloatVector log10(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    FloatVector v = x.blend(x.mul(0x1p23f), tiny);
    FloatVector k = exponent(v).sub(23, tiny);
    FloatVector f = significand(v);
    FloatVector log = curve(f).add(f).fma(LOG10_E, k.mul(LOG10_2_LOW));
    return limits(k.fma(LOG10_2, log), x);
  }

  static FloatVector log1p(FloatVector x) {
    FloatVector y = logOfSum(x.add(1), rest(x));
    return y.blend(x, x.abs().compare(VectorOperators.LT, TINY));
  }

  /// What rounding takes from `x + 1`.
  private static FloatVector rest(FloatVector x) {
    FloatVector u = x.add(1);
    FloatVector one = u.sub(x);
    return x.sub(u.sub(one)).add(ONE.sub(one));
  }

  /// `log(u + c)` where `c` is less than half an ulp of `u`.
  private static FloatVector logOfSum(FloatVector u, FloatVector c) {
    VectorMask<Float> tiny = u.compare(VectorOperators.LT, Float.MIN_NORMAL);
    FloatVector v = u.blend(u.mul(0x1p23f), tiny);
    FloatVector k = exponent(v).sub(23, tiny);
    FloatVector f = significand(v);
    FloatVector low = k.fma(LN2_LOW, curve(f)).add(c.div(u));
    return limits(k.fma(LN2_HIGH, low.add(f)), u);
  }

  static FloatVector rsqrt(FloatVector x) {
    return ONE.div(x.sqrt());
  }

  /// Around 1/2, where the logarithm is small, of `1 + (2x - 1) / (1 - x)`.
  static FloatVector logit(FloatVector x) {
    FloatVector y = ONE.sub(x);
    VectorMask<Float> middle = x.sub(0.5f).abs().compare(VectorOperators.LT, 0.25f);
    FloatVector w = x.blend(x.add(x).sub(1), middle).div(y);
    FloatVector u = w.add(1, middle);
    return logOfSum(u, FloatVector.zero(SPECIES).blend(rest(w), middle));
  }

  private static void exp2(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      exp2(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void expm1(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      expm1(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void log2(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log2(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void log10(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log10(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void log1p(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log1p(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void rsqrt(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      rsqrt(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void logit(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      logit(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }
}
