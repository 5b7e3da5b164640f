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

  private static final FloatVector TWO = FloatVector.broadcast(SPECIES, 2);
  private static final FloatVector HALF = FloatVector.broadcast(SPECIES, 0.5f);
  private static final FloatVector QUARTER = FloatVector.broadcast(SPECIES, 0.25f);
  private static final FloatVector MINUS_ONE = FloatVector.broadcast(SPECIES, -1);
  private static final FloatVector TINY_VECTOR = FloatVector.broadcast(SPECIES, TINY);
  private static final FloatVector INFINITE =
      FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
  private static final FloatVector MINUS_INFINITE =
      FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
  private static final FloatVector NAN = FloatVector.broadcast(SPECIES, Float.NaN);
  private static final IntVector ROOT = TWO.reinterpretAsInts().broadcast(0x3f3504f3);
  private static final IntVector MASK = ROOT.broadcast(0x7fffff);

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

  /// What rounding takes from `x + 1` is added to the logarithm of that sum. There are as few steps
  /// as can be: the compiler inlines no more than some forty into one loop.
  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(ONE);
    FloatVector one = u.sub(x);
    FloatVector c = x.sub(u.sub(one)).add(ONE.sub(one));
    FloatVector y = logOfSum(u, c);
    VectorMask<Float> plain = x.abs().compare(VectorOperators.LT, TINY_VECTOR).not();
    VectorMask<Float> finite = x.compare(VectorOperators.LT, INFINITE);
    FloatVector a = x.blend(y, plain.and(finite));
    FloatVector b = a.blend(NAN, x.compare(VectorOperators.LT, MINUS_ONE));
    return b.blend(MINUS_INFINITE, x.compare(VectorOperators.EQ, MINUS_ONE));
  }

  /// `log(u + c)` of positive numbers where `c` is less than half an ulp of `u`.
  private static FloatVector logOfSum(FloatVector u, FloatVector c) {
    IntVector bits = u.reinterpretAsInts().sub(ROOT);
    Vector<Float> e = bits.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
    FloatVector k = e.reinterpretAsFloats();
    FloatVector f = bits.and(MASK).add(ROOT).reinterpretAsFloats().sub(ONE);
    FloatVector s = f.div(f.add(TWO));
    FloatVector z = s.mul(s);
    FloatVector r = R3.fma(z, R2).fma(z, R1);
    FloatVector half = f.mul(HALF).mul(f);
    FloatVector low = k.fma(LN2_LOW, r.fma(z, half).mul(s).sub(half)).add(c.div(u));
    return k.fma(LN2_HIGH, low.add(f));
  }

  static FloatVector rsqrt(FloatVector x) {
    return ONE.div(x.sqrt());
  }

  /// What the logit is the logarithm of. Around 1/2, where it is near 1, less 1.
  private static FloatVector odds(FloatVector x) {
    FloatVector y = ONE.sub(x);
    return x.blend(x.add(x).sub(ONE), middle(x)).div(y);
  }

  private static VectorMask<Float> middle(FloatVector x) {
    return x.sub(HALF).abs().compare(VectorOperators.LT, QUARTER);
  }

  private static void logit(long x, long y, long n) {
    RowBuffer buffer = RowBuffer.take();
    try {
      for (long i = 0; i < n; i += RowBuffer.BLOCK) {
        long m = Math.min(RowBuffer.BLOCK, n - i);
        long low = buffer.address(0);
        long log = buffer.address(1);
        odds(x + i * 4, low, m);
        VectorF32Math.log(low, log, m);
        log1p(low, low, m);
        choose(x + i * 4, low, log, y + i * 4, m);
      }
    } finally {
      buffer.release();
    }
  }

  private static void odds(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      odds(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  /// Around 1/2 the one, elsewhere the other.
  private static void choose(long x, long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      w.blend(u, middle(v)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void exp2(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      exp2(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void expm1(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      expm1(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void log2(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log2(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void log10(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log10(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void log1p(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log1p(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void rsqrt(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      rsqrt(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }
}
