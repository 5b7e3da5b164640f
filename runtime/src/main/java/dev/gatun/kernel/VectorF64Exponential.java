package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Math.LN2_HIGH;
import static dev.gatun.kernel.VectorF64Math.LN2_LOW;
import static dev.gatun.kernel.VectorF64Math.R1;
import static dev.gatun.kernel.VectorF64Math.R2;
import static dev.gatun.kernel.VectorF64Math.R3;
import static dev.gatun.kernel.VectorF64Math.R4;
import static dev.gatun.kernel.VectorF64Math.R5;
import static dev.gatun.kernel.VectorF64Math.R6;
import static dev.gatun.kernel.VectorF64Math.R7;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Exponentials and logarithms of F64 in vectors, within 2 ulp of the true value, over the whole
/// range; logit within 3.
final class VectorF64Exponential {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);
  private static final DoubleVector TWO_BIASES = DoubleVector.broadcast(SPECIES, 0x1.8p52 + 2046);

  // Below the first, 2^x is zero, above the second infinite.
  private static final double LOWEST = -1076;
  private static final double HIGHEST = 1025;

  // Below the first, exp(x) - 1 is -1, above the second infinite; nearer to 0 than the third both
  // it and log(1 + x) are x.
  private static final double LOWEST_M1 = -45;
  private static final double TINY = 0x1p-55;

  // 2^r = 1 + r Q(r).
  private static final DoubleVector Q1 = DoubleVector.broadcast(SPECIES, 0.6931471805599453);
  private static final DoubleVector Q2 = DoubleVector.broadcast(SPECIES, 0.240226506959101);
  private static final DoubleVector Q3 = DoubleVector.broadcast(SPECIES, 0.055504108664823464);
  private static final DoubleVector Q4 = DoubleVector.broadcast(SPECIES, 0.009618129107606092);
  private static final DoubleVector Q5 = DoubleVector.broadcast(SPECIES, 0.0013333558145996486);
  private static final DoubleVector Q6 = DoubleVector.broadcast(SPECIES, 0.00015403530442855532);
  private static final DoubleVector Q7 = DoubleVector.broadcast(SPECIES, 1.5252734215086577e-05);
  private static final DoubleVector Q8 = DoubleVector.broadcast(SPECIES, 1.3215441979884907e-06);
  private static final DoubleVector Q9 = DoubleVector.broadcast(SPECIES, 1.0177908206511937e-07);
  private static final DoubleVector Q10 = DoubleVector.broadcast(SPECIES, 7.072698050557802e-09);
  private static final DoubleVector Q11 = DoubleVector.broadcast(SPECIES, 4.4773958838511414e-10);

  private static final DoubleVector TWO = DoubleVector.broadcast(SPECIES, 2);
  private static final DoubleVector HALF = DoubleVector.broadcast(SPECIES, 0.5f);
  private static final DoubleVector QUARTER = DoubleVector.broadcast(SPECIES, 0.25f);
  private static final DoubleVector MINUS_ONE = DoubleVector.broadcast(SPECIES, -1);
  private static final DoubleVector TINY_VECTOR = DoubleVector.broadcast(SPECIES, TINY);
  private static final DoubleVector INFINITE =
      DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
  private static final DoubleVector MINUS_INFINITE =
      DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
  private static final DoubleVector NAN = DoubleVector.broadcast(SPECIES, Double.NaN);
  private static final LongVector ROOT = TWO.reinterpretAsLongs().broadcast(0x3fe6a09e667f3bcdL);
  private static final LongVector MASK = ROOT.broadcast(0xfffffffffffffL);

  private static final DoubleVector LOG2_E = DoubleVector.broadcast(SPECIES, 1.4426950408889634);
  private static final DoubleVector LOG10_E = DoubleVector.broadcast(SPECIES, 0.4342944819032518);
  private static final DoubleVector LOG10_2 = DoubleVector.broadcast(SPECIES, 0.3010299956639812);
  private static final DoubleVector LOG10_2_LOW =
      DoubleVector.broadcast(SPECIES, -2.8037281277851704e-18);

  static final UnaryRow EXP2 = PaddedRows.ofF64(VectorF64Exponential::exp2);
  static final UnaryRow EXPM1 = PaddedRows.ofF64(VectorF64Exponential::expm1);
  static final UnaryRow LOG2 = PaddedRows.ofF64(VectorF64Exponential::log2);
  static final UnaryRow LOG10 = PaddedRows.ofF64(VectorF64Exponential::log10);
  static final UnaryRow LOG1P = PaddedRows.ofF64(VectorF64Exponential::log1p);
  static final UnaryRow RSQRT = PaddedRows.ofF64(VectorF64Exponential::rsqrt);
  static final UnaryRow LOGIT = PaddedRows.ofF64(VectorF64Exponential::logit);

  private VectorF64Exponential() {}

  static DoubleVector exp2(DoubleVector x) {
    DoubleVector u = x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST));
    DoubleVector v = u.blend(LOWEST, u.compare(VectorOperators.LT, LOWEST));
    DoubleVector sum = v.add(TWO_BIASES);
    DoubleVector r = v.sub(sum.sub(TWO_BIASES));
    DoubleVector q =
        Q11.fma(r, Q10)
            .fma(r, Q9)
            .fma(r, Q8)
            .fma(r, Q7)
            .fma(r, Q6)
            .fma(r, Q5)
            .fma(r, Q4)
            .fma(r, Q3)
            .fma(r, Q2)
            .fma(r, Q1);
    DoubleVector p = q.fma(r, ONE);
    LongVector power = sum.reinterpretAsLongs();
    LongVector half = power.lanewise(VectorOperators.LSHR, 1);
    LongVector low = half.lanewise(VectorOperators.LSHL, 52);
    LongVector high = power.sub(half).lanewise(VectorOperators.LSHL, 52);
    return p.mul(low.reinterpretAsDoubles()).mul(high.reinterpretAsDoubles());
  }

  static DoubleVector expm1(DoubleVector x) {
    DoubleVector v = x.blend(LOWEST_M1, x.compare(VectorOperators.LT, LOWEST_M1));
    DoubleVector y = VectorF64Exp.quarter(v).mul(4);
    return y.blend(x, x.abs().compare(VectorOperators.LT, TINY));
  }

  /// The exponent of a number between the roots of 1/2 and 2, times a power of two.
  private static DoubleVector exponent(DoubleVector x) {
    LongVector bits = x.reinterpretAsLongs().sub(0x3fe6a09e667f3bcdL);
    Vector<Double> k = bits.lanewise(VectorOperators.ASHR, 52).convert(VectorOperators.L2D, 0);
    return k.reinterpretAsDoubles();
  }

  /// That number, less 1.
  private static DoubleVector significand(DoubleVector x) {
    LongVector bits = x.reinterpretAsLongs().sub(0x3fe6a09e667f3bcdL);
    return bits.and(0xfffffffffffffL).add(0x3fe6a09e667f3bcdL).reinterpretAsDoubles().sub(1);
  }

  /// `log(1 + f) - f`, for numbers between the roots of 1/2 and 2.
  private static DoubleVector curve(DoubleVector f) {
    DoubleVector s = f.div(f.add(2));
    DoubleVector z = s.mul(s);
    DoubleVector r = R7.fma(z, R6).fma(z, R5).fma(z, R4).fma(z, R3).fma(z, R2).fma(z, R1);
    DoubleVector half = f.mul(0.5f).mul(f);
    return r.fma(z, half).mul(s).sub(half);
  }

  /// The logarithm of infinity, or NaN; of zero; of less.
  private static DoubleVector limits(DoubleVector log, DoubleVector x) {
    DoubleVector a = log.blend(x, x.compare(VectorOperators.LT, Double.POSITIVE_INFINITY).not());
    DoubleVector b = a.blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
    return b.blend(Double.NaN, x.compare(VectorOperators.LT, 0));
  }

  static DoubleVector log2(DoubleVector x) {
    VectorMask<Double> tiny = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
    DoubleVector v = x.blend(x.mul(0x1p52), tiny);
    DoubleVector k = exponent(v).sub(52, tiny);
    DoubleVector f = significand(v);
    return limits(curve(f).add(f).fma(LOG2_E, k), x);
  }

  static DoubleVector log10(DoubleVector x) {
    VectorMask<Double> tiny = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
    DoubleVector v = x.blend(x.mul(0x1p52), tiny);
    DoubleVector k = exponent(v).sub(52, tiny);
    DoubleVector f = significand(v);
    DoubleVector log = curve(f).add(f).fma(LOG10_E, k.mul(LOG10_2_LOW));
    return limits(k.fma(LOG10_2, log), x);
  }

  /// What rounding takes from `x + 1` is added to the logarithm of that sum. There are as few steps
  /// as can be: the compiler inlines no more than some forty into one loop.
  static DoubleVector log1p(DoubleVector x) {
    DoubleVector u = x.add(ONE);
    DoubleVector one = u.sub(x);
    DoubleVector c = x.sub(u.sub(one)).add(ONE.sub(one));
    DoubleVector y = logOfSum(u, c);
    VectorMask<Double> plain = x.abs().compare(VectorOperators.LT, TINY_VECTOR).not();
    VectorMask<Double> finite = x.compare(VectorOperators.LT, INFINITE);
    DoubleVector a = x.blend(y, plain.and(finite));
    DoubleVector b = a.blend(NAN, x.compare(VectorOperators.LT, MINUS_ONE));
    return b.blend(MINUS_INFINITE, x.compare(VectorOperators.EQ, MINUS_ONE));
  }

  /// `log(u + c)` of positive numbers where `c` is less than half an ulp of `u`.
  private static DoubleVector logOfSum(DoubleVector u, DoubleVector c) {
    LongVector bits = u.reinterpretAsLongs().sub(ROOT);
    Vector<Double> e = bits.lanewise(VectorOperators.ASHR, 52).convert(VectorOperators.L2D, 0);
    DoubleVector k = e.reinterpretAsDoubles();
    DoubleVector f = bits.and(MASK).add(ROOT).reinterpretAsDoubles().sub(ONE);
    DoubleVector s = f.div(f.add(TWO));
    DoubleVector z = s.mul(s);
    DoubleVector r = R7.fma(z, R6).fma(z, R5).fma(z, R4).fma(z, R3).fma(z, R2).fma(z, R1);
    DoubleVector half = f.mul(HALF).mul(f);
    DoubleVector low = k.fma(LN2_LOW, r.fma(z, half).mul(s).sub(half)).add(c.div(u));
    return k.fma(LN2_HIGH, low.add(f));
  }

  static DoubleVector rsqrt(DoubleVector x) {
    return ONE.div(x.sqrt());
  }

  /// What the logit is the logarithm of. Around 1/2, where it is near 1, less 1.
  private static DoubleVector odds(DoubleVector x) {
    DoubleVector y = ONE.sub(x);
    return x.blend(x.add(x).sub(ONE), middle(x)).div(y);
  }

  private static VectorMask<Double> middle(DoubleVector x) {
    return x.sub(HALF).abs().compare(VectorOperators.LT, QUARTER);
  }

  private static void logit(long x, long y, long n) {
    RowBuffer buffer = RowBuffer.take();
    try {
      for (long i = 0; i < n; i += RowBuffer.BLOCK) {
        long m = Math.min(RowBuffer.BLOCK, n - i);
        long low = buffer.address(0);
        long log = buffer.address(1);
        odds(x + i * 8, low, m);
        VectorF64Math.log(low, log, m);
        log1p(low, low, m);
        choose(x + i * 8, low, log, y + i * 8, m);
      }
    } finally {
      buffer.release();
    }
  }

  private static void odds(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      odds(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  /// Around 1/2 the one, elsewhere the other.
  private static void choose(long x, long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      w.blend(u, middle(v)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void exp2(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      exp2(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void expm1(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      expm1(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void log2(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log2(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void log10(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log10(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void log1p(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log1p(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void rsqrt(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      rsqrt(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
