package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Powers of F64 in vectors, within 1 ulp of the true value over the whole range: `a^b` is `exp(b
/// log(a))`, with the logarithm and the product as sums of two numbers.
final class VectorF64Power {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);
  private static final DoubleVector ZERO = DoubleVector.zero(SPECIES);

  // ln(2): products of the first part with exponents are exact.
  private static final DoubleVector LN2_HIGH = VectorF64Math.LN2_HIGH;
  private static final DoubleVector LN2_LOW = VectorF64Math.LN2_LOW;

  // 2 artanh(s) = 2s + s z (2/3 + z R(z)) with z = s^2.
  private static final DoubleVector TWO_THIRDS = DoubleVector.broadcast(SPECIES, 2.0 / 3);
  private static final double TWO_THIRDS_LOW = 3.700743415417188e-17;
  private static final DoubleVector R0 = DoubleVector.broadcast(SPECIES, 0.4000000000000003);
  private static final DoubleVector R1 = DoubleVector.broadcast(SPECIES, 0.2857142857133513);
  private static final DoubleVector R2 = DoubleVector.broadcast(SPECIES, 0.22222222272166528);
  private static final DoubleVector R3 = DoubleVector.broadcast(SPECIES, 0.18181808108048092);
  private static final DoubleVector R4 = DoubleVector.broadcast(SPECIES, 0.1538558351609641);
  private static final DoubleVector R5 = DoubleVector.broadcast(SPECIES, 0.13285699302555037);
  private static final DoubleVector R6 = DoubleVector.broadcast(SPECIES, 0.12916527814286374);

  // From here on exp(x) is infinite, or 0, whatever rounding took from x.
  private static final double FAR = 800;

  static final BinaryRow POW = PaddedRows.ofF64(VectorF64Power::pow);

  private VectorF64Power() {}

  /// The power of every number, by C's rules: 1 to any power and any number to the power 0 are 1.
  static DoubleVector pow(DoubleVector a, DoubleVector b) {
    return signed(positive(a.abs(), b), a, b);
  }

  /// `y = |a|^b` as the power of `a`, which for a negative number is its negative where `b` is odd
  /// and NaN where `b` is no integer.
  static DoubleVector signed(DoubleVector y, DoubleVector a, DoubleVector b) {
    DoubleVector half = b.mul(0.5);
    VectorMask<Double> whole = VectorF64Rounding.round(b).compare(VectorOperators.EQ, b);
    VectorMask<Double> even = VectorF64Rounding.round(half).compare(VectorOperators.EQ, half);
    LongVector sign = a.reinterpretAsLongs().and(Long.MIN_VALUE);
    DoubleVector odd =
        y.reinterpretAsLongs().lanewise(VectorOperators.XOR, sign).reinterpretAsDoubles();
    DoubleVector real = y.blend(odd, whole.andNot(even));
    VectorMask<Double> negative =
        a.compare(VectorOperators.LT, 0)
            .and(a.compare(VectorOperators.GT, Double.NEGATIVE_INFINITY));
    DoubleVector any = real.blend(Double.NaN, negative.andNot(whole));
    VectorMask<Double> endless = b.abs().compare(VectorOperators.EQ, Double.POSITIVE_INFINITY);
    VectorMask<Double> unit = a.abs().compare(VectorOperators.EQ, 1).and(endless);
    VectorMask<Double> one =
        a.compare(VectorOperators.EQ, 1).or(b.compare(VectorOperators.EQ, 0)).or(unit);
    return any.blend(1, one);
  }

  /// `a^b` of `a` from 0 on.
  private static DoubleVector positive(DoubleVector a, DoubleVector b) {
    VectorMask<Double> tiny = a.compare(VectorOperators.LT, Double.MIN_NORMAL);
    DoubleVector v = a.blend(a.mul(0x1p52), tiny);
    LongVector bits = v.reinterpretAsLongs().sub(0x3fe6a09e667f3bcdL);
    Vector<Double> e = bits.lanewise(VectorOperators.ASHR, 52).convert(VectorOperators.L2D, 0);
    DoubleVector k = e.reinterpretAsDoubles().sub(52, tiny);
    DoubleVector m = bits.and(0xfffffffffffffL).add(0x3fe6a09e667f3bcdL).reinterpretAsDoubles();
    // s + sl = (m - 1) / (m + 1)
    DoubleVector f = m.sub(1);
    DoubleVector g = m.add(1);
    DoubleVector gl = m.sub(g.sub(1));
    DoubleVector inverse = ONE.div(g);
    DoubleVector s = f.mul(inverse);
    DoubleVector sl = s.neg().fma(g, f).sub(s.mul(gl)).mul(inverse);
    // z + zl = (s + sl)^2
    DoubleVector z = s.mul(s);
    DoubleVector zl = s.fma(s, z.neg()).add(s.mul(sl).mul(2));
    DoubleVector r = R6.fma(z, R5).fma(z, R4).fma(z, R3).fma(z, R2).fma(z, R1).fma(z, R0);
    // t + tl = 2/3 + z R(z), w + wl = z (t + tl), u + ul = s w
    DoubleVector zr = z.mul(r);
    DoubleVector t = TWO_THIRDS.add(zr);
    DoubleVector tl = TWO_THIRDS.sub(t).add(zr).add(TWO_THIRDS_LOW);
    DoubleVector w = z.mul(t);
    DoubleVector wl = z.fma(t, w.neg()).add(z.mul(tl)).add(zl.mul(t));
    DoubleVector u = s.mul(w);
    DoubleVector ul = s.fma(w, u.neg()).add(s.mul(wl)).add(sl.mul(w));
    // The sum of k ln(2), 2s and u, largest first.
    DoubleVector first = k.mul(LN2_HIGH);
    DoubleVector twice = s.add(s);
    DoubleVector sum = first.add(twice);
    DoubleVector log = sum.add(u);
    DoubleVector rest = first.sub(sum).add(twice).add(sum.sub(log).add(u));
    DoubleVector low = k.fma(LN2_LOW, sl.add(sl).add(ul)).add(rest);
    // The logarithm of 0, of infinity and of NaN.
    VectorMask<Double> ordinary =
        a.compare(VectorOperators.GT, 0)
            .and(a.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
    DoubleVector limit =
        a.blend(Double.NEGATIVE_INFINITY, a.compare(VectorOperators.EQ, 0)).blend(log, ordinary);
    return expOfProduct(b, limit, ZERO.blend(low, ordinary));
  }

  /// `exp(b (log + low))`.
  private static DoubleVector expOfProduct(DoubleVector b, DoubleVector log, DoubleVector low) {
    DoubleVector x = b.mul(log);
    DoubleVector near = b.fma(log, x.neg()).add(b.mul(low));
    DoubleVector xl = ZERO.blend(near, x.abs().compare(VectorOperators.LT, FAR));
    DoubleVector over = x.blend(FAR, x.compare(VectorOperators.GT, FAR));
    DoubleVector v = over.blend(-FAR, over.compare(VectorOperators.LT, -FAR));
    DoubleVector sum = v.fma(VectorF64Exp.LOG2_E, VectorF64Exp.TWO_BIASES);
    DoubleVector k = sum.sub(VectorF64Exp.TWO_BIASES);
    DoubleVector high = k.fma(VectorF64Exp.LN2_HIGH, v);
    DoubleVector rest = k.fma(VectorF64Exp.LN2_LOW, xl);
    DoubleVector r = high.add(rest);
    DoubleVector rl = high.sub(r).add(rest);
    DoubleVector q =
        VectorF64Exp.E11
            .fma(r, VectorF64Exp.E10)
            .fma(r, VectorF64Exp.E9)
            .fma(r, VectorF64Exp.E8)
            .fma(r, VectorF64Exp.E7)
            .fma(r, VectorF64Exp.E6)
            .fma(r, VectorF64Exp.E5)
            .fma(r, VectorF64Exp.E4)
            .fma(r, VectorF64Exp.E3)
            .fma(r, VectorF64Exp.E2);
    DoubleVector p = q.fma(r.mul(r), rl).add(r).add(1);
    LongVector power = sum.reinterpretAsLongs();
    LongVector half = power.lanewise(VectorOperators.LSHR, 1);
    LongVector first = half.lanewise(VectorOperators.LSHL, 52);
    LongVector second = power.sub(half).lanewise(VectorOperators.LSHL, 52);
    return p.mul(first.reinterpretAsDoubles()).mul(second.reinterpretAsDoubles());
  }

  private static void pow(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      pow(v, w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  /// `y = x` to one power.
  static UnaryRow of(double exponent) {
    if (exponent == 3) {
      return PaddedRows.ofF64(VectorF64Power::cube);
    }
    if (exponent == 4) {
      return PaddedRows.ofF64(VectorF64Power::fourth);
    }
    return PaddedRows.ofF64((x, y, n) -> pow(x, y, n, exponent));
  }

  private static void pow(long x, long y, long n, double exponent) {
    DoubleVector w = DoubleVector.broadcast(SPECIES, exponent);
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      pow(v, w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void cube(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.mul(v).mul(v).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void fourth(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector z = v.mul(v);
      z.mul(z).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
