package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Exp.doubledMinusOne;
import static dev.gatun.kernel.VectorF64Exp.first;
import static dev.gatun.kernel.VectorF64Exp.small;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Transcendental F64 functions in vectors: exp and log within 1 ulp of the true value, sigmoid and
/// tanh within 3, over the whole range.
///
/// Every lane is computed alike, those of the last elements of a row too: an element's value does
/// not depend on its position.
final class VectorF64Math {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);
  static final DoubleVector LN2_HIGH = DoubleVector.broadcast(SPECIES, 0.6931471803691238);
  static final DoubleVector LN2_LOW = DoubleVector.broadcast(SPECIES, 1.9082149292705877e-10);
  private static final LongVector SIGN =
      ONE.neg().reinterpretAsLongs().lanewise(VectorOperators.XOR, ONE.reinterpretAsLongs());

  // 2 artanh(s) = 2s + s z R(z) with z = s^2: for the logarithm of numbers from the root of 1/2 to
  // the root of 2, and for that of numbers from 1 to 2.
  static final DoubleVector R1 = DoubleVector.broadcast(SPECIES, 0.6666666666666731);
  static final DoubleVector R2 = DoubleVector.broadcast(SPECIES, 0.39999999999433794);
  static final DoubleVector R3 = DoubleVector.broadcast(SPECIES, 0.2857142873894392);
  static final DoubleVector R4 = DoubleVector.broadcast(SPECIES, 0.22222198869037807);
  static final DoubleVector R5 = DoubleVector.broadcast(SPECIES, 0.1818355120842107);
  static final DoubleVector R6 = DoubleVector.broadcast(SPECIES, 0.15314340072827187);
  static final DoubleVector R7 = DoubleVector.broadcast(SPECIES, 0.1479343505578284);

  private static final DoubleVector S1 = DoubleVector.broadcast(SPECIES, 0.6666666666666667);
  private static final DoubleVector S2 = DoubleVector.broadcast(SPECIES, 0.39999999999995495);
  private static final DoubleVector S3 = DoubleVector.broadcast(SPECIES, 0.2857142857231425);
  private static final DoubleVector S4 = DoubleVector.broadcast(SPECIES, 0.2222222213849561);
  private static final DoubleVector S5 = DoubleVector.broadcast(SPECIES, 0.18181822692190272);
  private static final DoubleVector S6 = DoubleVector.broadcast(SPECIES, 0.1538446453864625);
  private static final DoubleVector S7 = DoubleVector.broadcast(SPECIES, 0.13336604344261407);
  private static final DoubleVector S8 = DoubleVector.broadcast(SPECIES, 0.1171803305395452);
  private static final DoubleVector S9 = DoubleVector.broadcast(SPECIES, 0.10959128342549412);
  private static final DoubleVector S10 = DoubleVector.broadcast(SPECIES, 0.0704348025024009);
  private static final DoubleVector S11 = DoubleVector.broadcast(SPECIES, 0.16389448237528145);

  static final UnaryRow EXP = VectorRows.ofF64(VectorF64Math::exp, VectorF64Math::expRest);
  static final UnaryRow LOG = VectorRows.ofF64(VectorF64Math::log, VectorF64Math::logRest);
  static final UnaryRow SIGMOID =
      VectorRows.ofF64(VectorF64Math::sigmoid, VectorF64Math::sigmoidRest);
  static final UnaryRow TANH = VectorRows.ofF64(VectorF64Math::tanh, VectorF64Math::tanhRest);

  private VectorF64Math() {}

  /// `x = 2^k m` with `m` between the roots of 1/2 and 2; `log(x) = k ln(2) + log(m)`.
  static DoubleVector log(DoubleVector x) {
    VectorMask<Double> tiny = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
    DoubleVector v = x.blend(x.mul(0x1p52), tiny);
    LongVector bits = v.reinterpretAsLongs().sub(0x3fe6a09e667f3bcdL);
    Vector<Double> k1 = bits.lanewise(VectorOperators.ASHR, 52).convert(VectorOperators.L2D, 0);
    DoubleVector k0 = k1.reinterpretAsDoubles();
    DoubleVector k = k0.blend(k0.add(-52), tiny);
    DoubleVector m = bits.and(0xfffffffffffffL).add(0x3fe6a09e667f3bcdL).reinterpretAsDoubles();
    DoubleVector f = m.sub(1);
    DoubleVector s = f.div(f.add(2));
    DoubleVector z = s.mul(s);
    DoubleVector r = R7.fma(z, R6).fma(z, R5).fma(z, R4).fma(z, R3).fma(z, R2).fma(z, R1);
    DoubleVector half = f.mul(0.5).mul(f);
    DoubleVector t = r.fma(z, half).mul(s);
    DoubleVector log = k.fma(LN2_HIGH, k.fma(LN2_LOW, t).sub(half).add(f));
    // log of infinity, or NaN; of zero; of less.
    DoubleVector a = log.blend(x, x.compare(VectorOperators.LT, Double.POSITIVE_INFINITY).not());
    DoubleVector b = a.blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
    return b.blend(Double.NaN, x.compare(VectorOperators.LT, 0));
  }

  /// The smaller of `exp(x)` and `exp(-x)` keeps the quotient away from infinity over infinity.
  static DoubleVector sigmoid(DoubleVector x) {
    DoubleVector e = small(x.abs().neg());
    return ONE.blend(e, x.compare(VectorOperators.LT, 0)).div(e.add(1));
  }

  /// `(e - 1) / (e + 1)` with `e = exp(2|x|)`, and the sign of `x`.
  static DoubleVector tanh(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector v = a.blend(20, a.compare(VectorOperators.GT, 20));
    DoubleVector e = doubledMinusOne(v);
    LongVector t = e.div(e.add(2)).reinterpretAsLongs();
    return t.or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles();
  }

  /// `log(1 + e)` with `e = exp(-|x|)`, which is `2 artanh(e / (2 + e))`.
  static DoubleVector tail(DoubleVector x) {
    DoubleVector e = small(x.abs().neg());
    DoubleVector s = e.div(e.add(2));
    DoubleVector z = s.mul(s);
    DoubleVector r =
        S11.fma(z, S10)
            .fma(z, S9)
            .fma(z, S8)
            .fma(z, S7)
            .fma(z, S6)
            .fma(z, S5)
            .fma(z, S4)
            .fma(z, S3)
            .fma(z, S2)
            .fma(z, S1);
    return r.fma(z.mul(s), s.add(s));
  }

  static void exp(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      VectorF64Exp.exp(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void expRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    VectorF64Exp.exp(DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }

  static void log(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void logRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    log(DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void sigmoid(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      sigmoid(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void sigmoidRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    sigmoid(DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void tanh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      tanh(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void tanhRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    tanh(DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }
}
