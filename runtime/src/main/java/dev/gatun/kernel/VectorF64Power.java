package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.Steps.slot;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

  /// The power of every number, by C's rules: 1 to any power and any number to the power 0 are 1.
  static final BinaryRow POW =
      PaddedRows.ofF64(
          Steps.of(
              8,
              (a, _, _, t, n) -> quotient(a, slot(t, 0), slot(t, 1), slot(t, 2), n),
              (_, _, _, t, n) -> cubic(slot(t, 0), slot(t, 1), slot(t, 3), slot(t, 4), n),
              (_, _, _, t, n) -> sum(t, slot(t, 5), slot(t, 6), n),
              (_, _, _, t, n) -> scale(slot(t, 2), slot(t, 5), slot(t, 6), n),
              (a, b, _, t, n) -> product(a, b, slot(t, 5), slot(t, 6), n),
              (_, _, _, t, n) -> exp(slot(t, 5), slot(t, 6), slot(t, 0), n),
              (a, b, y, t, n) -> signed(slot(t, 0), a, b, y, n)));

  private VectorF64Power() {}

  /// `|a| = 2^k m` with `m` between the roots of 1/2 and 2, and `s + sl = (m - 1) / (m + 1)`.
  private static void quotient(long a, long s, long sl, long k, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector x = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER).abs();
      VectorMask<Double> tiny = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
      DoubleVector v = x.blend(x.mul(0x1p52), tiny);
      LongVector bits = v.reinterpretAsLongs().sub(0x3fe6a09e667f3bcdL);
      Vector<Double> e = bits.lanewise(VectorOperators.ASHR, 52).convert(VectorOperators.L2D, 0);
      DoubleVector m = bits.and(0xfffffffffffffL).add(0x3fe6a09e667f3bcdL).reinterpretAsDoubles();
      DoubleVector f = m.sub(ONE);
      DoubleVector g = m.add(ONE);
      DoubleVector lost = m.sub(g.sub(ONE));
      DoubleVector inverse = ONE.div(g);
      DoubleVector q = f.mul(inverse);
      DoubleVector rest = q.neg().fma(g, f).sub(q.mul(lost)).mul(inverse);
      q.intoMemorySegment(ALL, s + i * 8, ORDER);
      rest.intoMemorySegment(ALL, sl + i * 8, ORDER);
      e.reinterpretAsDoubles().sub(52, tiny).intoMemorySegment(ALL, k + i * 8, ORDER);
    }
  }

  /// `w + wl = z (2/3 + z R(z))` with `z = (s + sl)^2`.
  private static void cubic(long s, long sl, long w, long wl, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, s + i * 8, ORDER);
      DoubleVector vl = DoubleVector.fromMemorySegment(SPECIES, ALL, sl + i * 8, ORDER);
      DoubleVector z = v.mul(v);
      DoubleVector zl = v.fma(v, z.neg()).add(v.mul(vl.add(vl)));
      DoubleVector r = R6.fma(z, R5).fma(z, R4).fma(z, R3).fma(z, R2).fma(z, R1).fma(z, R0);
      DoubleVector zr = z.mul(r);
      DoubleVector t = TWO_THIRDS.add(zr);
      DoubleVector tl = TWO_THIRDS.sub(t).add(zr).add(TWO_THIRDS_LOW);
      DoubleVector product = z.mul(t);
      DoubleVector rest = z.fma(t, product.neg()).add(z.mul(tl)).add(zl.mul(t));
      product.intoMemorySegment(ALL, w + i * 8, ORDER);
      rest.intoMemorySegment(ALL, wl + i * 8, ORDER);
    }
  }

  /// `log + low = (s + sl) (2 + w + wl)`, the logarithm of `m`.
  private static void sum(long room, long log, long low, long n) {
    long s = slot(room, 0);
    long sl = slot(room, 1);
    long w = slot(room, 3);
    long wl = slot(room, 4);
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, s + i * 8, ORDER);
      DoubleVector vl = DoubleVector.fromMemorySegment(SPECIES, ALL, sl + i * 8, ORDER);
      DoubleVector t = DoubleVector.fromMemorySegment(SPECIES, ALL, w + i * 8, ORDER);
      DoubleVector tl = DoubleVector.fromMemorySegment(SPECIES, ALL, wl + i * 8, ORDER);
      DoubleVector u = v.mul(t);
      DoubleVector ul = v.fma(t, u.neg()).add(v.mul(tl)).add(vl.mul(t));
      DoubleVector twice = v.add(v);
      DoubleVector sum = twice.add(u);
      DoubleVector rest = twice.sub(sum).add(u).add(vl.add(vl)).add(ul);
      sum.intoMemorySegment(ALL, log + i * 8, ORDER);
      rest.intoMemorySegment(ALL, low + i * 8, ORDER);
    }
  }

  /// Adds `k ln(2)`.
  private static void scale(long k, long log, long low, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector e = DoubleVector.fromMemorySegment(SPECIES, ALL, k + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, log + i * 8, ORDER);
      DoubleVector vl = DoubleVector.fromMemorySegment(SPECIES, ALL, low + i * 8, ORDER);
      DoubleVector first = e.mul(LN2_HIGH);
      DoubleVector sum = first.add(v);
      DoubleVector rest = first.sub(sum).add(v).add(e.fma(LN2_LOW, vl));
      sum.intoMemorySegment(ALL, log + i * 8, ORDER);
      rest.intoMemorySegment(ALL, low + i * 8, ORDER);
    }
  }

  /// Whether the power is 1 whatever the logarithm.
  static VectorMask<Double> isOne(DoubleVector a, DoubleVector b) {
    VectorMask<Double> endless = b.abs().compare(VectorOperators.EQ, Double.POSITIVE_INFINITY);
    VectorMask<Double> unit = a.abs().compare(VectorOperators.EQ, ONE).and(endless);
    return a.compare(VectorOperators.EQ, ONE).or(b.compare(VectorOperators.EQ, ZERO)).or(unit);
  }

  /// Multiplies by `b`, with the logarithms of 0, of infinity and of NaN instead of what was found
  /// for them.
  private static void product(long a, long b, long log, long low, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector base = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector x = base.abs();
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, log + i * 8, ORDER);
      DoubleVector vl = DoubleVector.fromMemorySegment(SPECIES, ALL, low + i * 8, ORDER);
      VectorMask<Double> ordinary =
          x.compare(VectorOperators.GT, 0)
              .and(x.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
      DoubleVector limit = x.blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
      DoubleVector l = limit.blend(v, ordinary);
      DoubleVector product = w.mul(l);
      DoubleVector rest = w.fma(l, product.neg()).add(w.mul(vl));
      VectorMask<Double> near = product.abs().compare(VectorOperators.LT, FAR);
      product.blend(0, isOne(base, w)).intoMemorySegment(ALL, log + i * 8, ORDER);
      ZERO.blend(rest, near.and(ordinary)).intoMemorySegment(ALL, low + i * 8, ORDER);
    }
  }

  /// `exp(x + xl)`.
  private static void exp(long x, long xl, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector ul = DoubleVector.fromMemorySegment(SPECIES, ALL, xl + i * 8, ORDER);
      DoubleVector over = u.blend(FAR, u.compare(VectorOperators.GT, FAR));
      DoubleVector v = over.blend(-FAR, over.compare(VectorOperators.LT, -FAR));
      DoubleVector sum = v.fma(VectorF64Exp.LOG2_E, VectorF64Exp.TWO_BIASES);
      DoubleVector k = sum.sub(VectorF64Exp.TWO_BIASES);
      DoubleVector high = k.fma(VectorF64Exp.LN2_HIGH, v);
      DoubleVector rest = k.fma(VectorF64Exp.LN2_LOW, ul);
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
      DoubleVector p = q.fma(r.mul(r), rl).add(r).add(ONE);
      LongVector power = sum.reinterpretAsLongs();
      LongVector half = power.lanewise(VectorOperators.LSHR, 1);
      LongVector first = half.lanewise(VectorOperators.LSHL, 52);
      LongVector second = power.sub(half).lanewise(VectorOperators.LSHL, 52);
      p.mul(first.reinterpretAsDoubles())
          .mul(second.reinterpretAsDoubles())
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  /// `y = |a|^b` as the power of `a`, which for a negative number is its negative where `b` is odd
  /// and NaN where `b` is no integer.
  static void signed(long x, long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector p = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector half = w.mul(0.5);
      VectorMask<Double> whole = VectorF64Rounding.round(w).compare(VectorOperators.EQ, w);
      VectorMask<Double> even = VectorF64Rounding.round(half).compare(VectorOperators.EQ, half);
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      DoubleVector odd =
          p.reinterpretAsLongs().lanewise(VectorOperators.XOR, sign).reinterpretAsDoubles();
      DoubleVector real = p.blend(odd, whole.andNot(even));
      VectorMask<Double> negative =
          v.compare(VectorOperators.LT, 0)
              .and(v.compare(VectorOperators.GT, Double.NEGATIVE_INFINITY));
      real.blend(Double.NaN, negative.andNot(whole)).intoMemorySegment(ALL, y + i * 8, ORDER);
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
    MemorySegment power = Arena.ofAuto().allocate(8, 8);
    Element.f64(power, 0, exponent);
    return (x, xo, xs, y, yo, ys, n) -> POW.apply(x, xo, xs, power, 0, 0, y, yo, ys, n);
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
