package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.doubledMinusOne;
import static dev.gatun.kernel.VectorF32Exp.first;
import static dev.gatun.kernel.VectorF32Exp.small;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Transcendental F32 functions in vectors: exp and log within 1 ulp of the true value, sigmoid and
/// tanh within 3, over the whole range.
///
/// Every lane is computed alike, those of the last elements of a row too: an element's value does
/// not depend on its position.
final class VectorF32Math {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);
  static final FloatVector LN2_HIGH = FloatVector.broadcast(SPECIES, 0x1.63p-1f);
  static final FloatVector LN2_LOW = FloatVector.broadcast(SPECIES, -0.00021219444f);
  private static final IntVector SIGN =
      ONE.neg().reinterpretAsInts().lanewise(VectorOperators.XOR, ONE.reinterpretAsInts());

  // 2 artanh(s) = 2s + s z R(z) with z = s^2: for the logarithm of numbers from the root of 1/2 to
  // the root of 2, and for that of numbers from 1 to 2.
  static final FloatVector R1 = FloatVector.broadcast(SPECIES, 0.66666776f);
  static final FloatVector R2 = FloatVector.broadcast(SPECIES, 0.39977607f);
  static final FloatVector R3 = FloatVector.broadcast(SPECIES, 0.29870567f);

  private static final FloatVector S1 = FloatVector.broadcast(SPECIES, 0.66666675f);
  private static final FloatVector S2 = FloatVector.broadcast(SPECIES, 0.3999893f);
  private static final FloatVector S3 = FloatVector.broadcast(SPECIES, 0.2861561f);
  private static final FloatVector S4 = FloatVector.broadcast(SPECIES, 0.21440223f);
  private static final FloatVector S5 = FloatVector.broadcast(SPECIES, 0.24257363f);

  static final UnaryRow EXP = VectorRows.ofF32(VectorF32Math::exp, VectorF32Math::expRest);
  static final UnaryRow LOG = VectorRows.ofF32(VectorF32Math::log, VectorF32Math::logRest);
  static final UnaryRow SIGMOID =
      VectorRows.ofF32(VectorF32Math::sigmoid, VectorF32Math::sigmoidRest);
  static final UnaryRow TANH = VectorRows.ofF32(VectorF32Math::tanh, VectorF32Math::tanhRest);

  private VectorF32Math() {}

  /// `x = 2^k m` with `m` between the roots of 1/2 and 2; `log(x) = k ln(2) + log(m)`.
  static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    FloatVector v = x.blend(x.mul(0x1p23f), tiny);
    IntVector bits = v.reinterpretAsInts().sub(0x3f3504f3);
    Vector<Float> k1 = bits.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
    FloatVector k0 = k1.reinterpretAsFloats();
    FloatVector k = k0.blend(k0.add(-23), tiny);
    FloatVector m = bits.and(0x7fffff).add(0x3f3504f3).reinterpretAsFloats();
    FloatVector f = m.sub(1);
    FloatVector s = f.div(f.add(2));
    FloatVector z = s.mul(s);
    FloatVector r = R3.fma(z, R2).fma(z, R1);
    FloatVector half = f.mul(0.5f).mul(f);
    FloatVector t = r.fma(z, half).mul(s);
    FloatVector log = k.fma(LN2_HIGH, k.fma(LN2_LOW, t).sub(half).add(f));
    // log of infinity, or NaN; of zero; of less.
    FloatVector a = log.blend(x, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY).not());
    FloatVector b = a.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
    return b.blend(Float.NaN, x.compare(VectorOperators.LT, 0));
  }

  /// The smaller of `exp(x)` and `exp(-x)` keeps the quotient away from infinity over infinity.
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = small(x.abs().neg());
    return ONE.blend(e, x.compare(VectorOperators.LT, 0)).div(e.add(1));
  }

  /// `(e - 1) / (e + 1)` with `e = exp(2|x|)`, and the sign of `x`.
  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector v = a.blend(10, a.compare(VectorOperators.GT, 10));
    FloatVector e = doubledMinusOne(v);
    IntVector t = e.div(e.add(2)).reinterpretAsInts();
    return t.or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
  }

  /// `log(1 + e)` with `e = exp(-|x|)`, which is `2 artanh(e / (2 + e))`.
  static FloatVector tail(FloatVector x) {
    FloatVector e = small(x.abs().neg());
    FloatVector s = e.div(e.add(2));
    FloatVector z = s.mul(s);
    FloatVector r = S5.fma(z, S4).fma(z, S3).fma(z, S2).fma(z, S1);
    return r.fma(z.mul(s), s.add(s));
  }

  static void exp(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      VectorF32Exp.exp(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void expRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    VectorF32Exp.exp(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }

  static void log(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      log(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void logRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    log(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void sigmoid(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      sigmoid(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void sigmoidRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    sigmoid(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void tanh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      tanh(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void tanhRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    tanh(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }
}
