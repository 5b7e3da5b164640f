package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;

import java.nio.ByteOrder;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Trigonometric functions of F64 and their inverses, in vectors: within 2 ulp of the true value
/// over the whole range, asin and acos within 3, tan within 4.
///
/// An angle is a multiple of pi/2 and a rest from -pi/4 to pi/4. Beyond [#LIMIT] the rest would not
/// be exact: such angles, which are rare, are computed one by one.
final class VectorF64Trigonometry {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /// Up to here the multiple of pi/2 is taken off in three parts.
  private static final double LIMIT = 1e9;

  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);
  private static final DoubleVector ROUND = DoubleVector.broadcast(SPECIES, 0x1.8p52);
  private static final DoubleVector TWO_OVER_PI =
      DoubleVector.broadcast(SPECIES, 0.6366197723675814);
  private static final LongVector SIGN =
      ONE.neg().reinterpretAsLongs().lanewise(VectorOperators.XOR, ONE.reinterpretAsLongs());

  // Minus pi/2.
  private static final DoubleVector PI_2_A = DoubleVector.broadcast(SPECIES, -1.5707963267948966);
  private static final DoubleVector PI_2_B =
      DoubleVector.broadcast(SPECIES, -6.123233995736766e-17);
  private static final DoubleVector PI_2_C =
      DoubleVector.broadcast(SPECIES, 1.4973849048591698e-33);

  // sin(r) = r + r z S(z) and cos(r) = 1 - z/2 + z^2 C(z) with z = r^2.
  private static final DoubleVector S1 = DoubleVector.broadcast(SPECIES, -0.16666666666666666);
  private static final DoubleVector S2 = DoubleVector.broadcast(SPECIES, 0.008333333333331139);
  private static final DoubleVector S3 = DoubleVector.broadcast(SPECIES, -0.00019841269836777864);
  private static final DoubleVector S4 = DoubleVector.broadcast(SPECIES, 2.755731605391486e-06);
  private static final DoubleVector S5 = DoubleVector.broadcast(SPECIES, -2.5051115092691276e-08);
  private static final DoubleVector S6 = DoubleVector.broadcast(SPECIES, 1.591662927471264e-10);

  private static final DoubleVector C1 = DoubleVector.broadcast(SPECIES, 0.041666666666666664);
  private static final DoubleVector C2 = DoubleVector.broadcast(SPECIES, -0.0013888888888886964);
  private static final DoubleVector C3 = DoubleVector.broadcast(SPECIES, 2.4801587298285655e-05);
  private static final DoubleVector C4 = DoubleVector.broadcast(SPECIES, -2.7557317062442627e-07);
  private static final DoubleVector C5 = DoubleVector.broadcast(SPECIES, 2.087610735183519e-09);
  private static final DoubleVector C6 = DoubleVector.broadcast(SPECIES, -1.1380050166053673e-11);

  // arcsin(x) = x + x z A(z) up to 1/2, arctan(x) = x + x z T(z) up to tan(pi/8).
  private static final DoubleVector A1 = DoubleVector.broadcast(SPECIES, 0.16666666666666646);
  private static final DoubleVector A2 = DoubleVector.broadcast(SPECIES, 0.0750000000002243);
  private static final DoubleVector A3 = DoubleVector.broadcast(SPECIES, 0.04464285710091673);
  private static final DoubleVector A4 = DoubleVector.broadcast(SPECIES, 0.030381947520286834);
  private static final DoubleVector A5 = DoubleVector.broadcast(SPECIES, 0.022372042764746438);
  private static final DoubleVector A6 = DoubleVector.broadcast(SPECIES, 0.017355350709308496);
  private static final DoubleVector A7 = DoubleVector.broadcast(SPECIES, 0.01392859470460216);
  private static final DoubleVector A8 = DoubleVector.broadcast(SPECIES, 0.011883431621997093);
  private static final DoubleVector A9 = DoubleVector.broadcast(SPECIES, 0.007764668419462667);
  private static final DoubleVector A10 = DoubleVector.broadcast(SPECIES, 0.01615022266004572);
  private static final DoubleVector A11 = DoubleVector.broadcast(SPECIES, -0.010943358218253187);
  private static final DoubleVector A12 = DoubleVector.broadcast(SPECIES, 0.02831138057902989);

  private static final DoubleVector T1 = DoubleVector.broadcast(SPECIES, -0.3333333333333333);
  private static final DoubleVector T2 = DoubleVector.broadcast(SPECIES, 0.19999999999995885);
  private static final DoubleVector T3 = DoubleVector.broadcast(SPECIES, -0.14285714284685566);
  private static final DoubleVector T4 = DoubleVector.broadcast(SPECIES, 0.11111111014745709);
  private static final DoubleVector T5 = DoubleVector.broadcast(SPECIES, -0.09090904509550965);
  private static final DoubleVector T6 = DoubleVector.broadcast(SPECIES, 0.07692180866560651);
  private static final DoubleVector T7 = DoubleVector.broadcast(SPECIES, -0.06664471369921479);
  private static final DoubleVector T8 = DoubleVector.broadcast(SPECIES, 0.05857752920152906);
  private static final DoubleVector T9 = DoubleVector.broadcast(SPECIES, -0.05083182686529639);
  private static final DoubleVector T10 = DoubleVector.broadcast(SPECIES, 0.03916166646973379);
  private static final DoubleVector T11 = DoubleVector.broadcast(SPECIES, -0.019086680451240942);

  private static final DoubleVector HALF_PI = DoubleVector.broadcast(SPECIES, 1.5707963267948966);
  private static final DoubleVector HALF_PI_LOW =
      DoubleVector.broadcast(SPECIES, 6.123233995736766e-17);
  private static final DoubleVector QUARTER_PI = HALF_PI.mul(0.5f);
  private static final double EIGHTH = 0.41421357f;
  private static final double THREE_EIGHTHS = 2.4142137f;

  static final UnaryRow SIN = PaddedRows.ofF64(VectorF64Trigonometry::sin);
  static final UnaryRow COS = PaddedRows.ofF64(VectorF64Trigonometry::cos);
  static final UnaryRow TAN = PaddedRows.ofF64(VectorF64Trigonometry::tan);
  static final UnaryRow ASIN = PaddedRows.ofF64(VectorF64Trigonometry::asin);
  static final UnaryRow ACOS = PaddedRows.ofF64(VectorF64Trigonometry::acos);
  static final UnaryRow ATAN = PaddedRows.ofF64(VectorF64Trigonometry::atan);

  private VectorF64Trigonometry() {}

  /// An angle as a multiple of pi/2 in the low bits of a sum.
  private static DoubleVector quadrants(DoubleVector x) {
    return x.fma(TWO_OVER_PI, ROUND);
  }

  private static DoubleVector rest(DoubleVector x, DoubleVector quadrants) {
    DoubleVector k = quadrants.sub(ROUND);
    return k.fma(PI_2_C, k.fma(PI_2_B, k.fma(PI_2_A, x)));
  }

  private static DoubleVector sine(DoubleVector r, DoubleVector z) {
    DoubleVector s = S6.fma(z, S5).fma(z, S4).fma(z, S3).fma(z, S2).fma(z, S1);
    return s.fma(r.mul(z), r);
  }

  private static DoubleVector cosine(DoubleVector z) {
    DoubleVector c = C6.fma(z, C5).fma(z, C4).fma(z, C3).fma(z, C2).fma(z, C1);
    return c.fma(z.mul(z), ONE.sub(z.mul(0.5f)));
  }

  private static VectorMask<Double> odd(LongVector n) {
    return n.and(1).compare(VectorOperators.NE, 0).cast(SPECIES);
  }

  /// The sine of an angle `n` quarter turns on from the rest `r`.
  private static DoubleVector turned(DoubleVector r, LongVector n) {
    DoubleVector z = r.mul(r);
    DoubleVector y = sine(r, z).blend(cosine(z), odd(n));
    LongVector sign = n.and(2).lanewise(VectorOperators.LSHL, 62);
    return y.reinterpretAsLongs().lanewise(VectorOperators.XOR, sign).reinterpretAsDoubles();
  }

  /// Minus zero is its own sine.
  static DoubleVector sin(DoubleVector x) {
    DoubleVector q = quadrants(x);
    DoubleVector y = turned(rest(x, q), q.reinterpretAsLongs());
    return y.blend(x, x.compare(VectorOperators.EQ, 0));
  }

  static DoubleVector cos(DoubleVector x) {
    DoubleVector q = quadrants(x);
    return turned(rest(x, q), q.reinterpretAsLongs().add(1));
  }

  /// The quotient of sine and cosine, or of minus cosine and sine.
  static DoubleVector tan(DoubleVector x) {
    DoubleVector q = quadrants(x);
    DoubleVector r = rest(x, q);
    DoubleVector z = r.mul(r);
    DoubleVector s = sine(r, z);
    DoubleVector c = cosine(z);
    VectorMask<Double> odd = odd(q.reinterpretAsLongs());
    DoubleVector y = s.blend(c.neg(), odd).div(c.blend(s, odd));
    return y.blend(x, x.compare(VectorOperators.EQ, 0));
  }

  /// `arcsin(s)` of `s` from 0 to 1/2 and its square, with any sign of `s`.
  private static DoubleVector arcsine(DoubleVector s, DoubleVector z) {
    DoubleVector p =
        A12.fma(z, A11)
            .fma(z, A10)
            .fma(z, A9)
            .fma(z, A8)
            .fma(z, A7)
            .fma(z, A6)
            .fma(z, A5)
            .fma(z, A4)
            .fma(z, A3)
            .fma(z, A2)
            .fma(z, A1);
    return p.fma(s.mul(z), s);
  }

  /// Above 1/2 it is `pi/2 - 2 arcsin(sqrt((1 - x) / 2))`.
  static DoubleVector asin(DoubleVector x) {
    DoubleVector a = x.abs();
    VectorMask<Double> large = a.compare(VectorOperators.GT, 0.5f);
    DoubleVector half = ONE.sub(a).mul(0.5f);
    DoubleVector z = a.mul(a).blend(half, large);
    DoubleVector t = arcsine(a.blend(half.sqrt(), large), z);
    DoubleVector far = HALF_PI_LOW.sub(t.add(t)).add(HALF_PI);
    return signed(t.blend(far, large), x);
  }

  static DoubleVector acos(DoubleVector x) {
    DoubleVector a = x.abs();
    VectorMask<Double> large = a.compare(VectorOperators.GT, 0.5f);
    VectorMask<Double> negative = x.compare(VectorOperators.LT, 0);
    DoubleVector half = ONE.sub(a).mul(0.5f);
    DoubleVector z = a.mul(a).blend(half, large);
    DoubleVector t = arcsine(a.blend(half.sqrt(), large), z);
    DoubleVector twice = t.add(t);
    DoubleVector mirrored = HALF_PI_LOW.add(HALF_PI_LOW).sub(twice).add(HALF_PI.add(HALF_PI));
    DoubleVector far = twice.blend(mirrored, negative);
    DoubleVector near = HALF_PI_LOW.sub(signed(t, x)).add(HALF_PI);
    return near.blend(far, large);
  }

  private static DoubleVector signed(DoubleVector y, DoubleVector x) {
    return y.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles();
  }

  /// From pi/8 on of `(x - 1) / (x + 1)`, from 3 pi/8 on of `-1 / x`.
  static DoubleVector atan(DoubleVector x) {
    DoubleVector a = x.abs();
    VectorMask<Double> middle = a.compare(VectorOperators.GT, EIGHTH);
    VectorMask<Double> large = a.compare(VectorOperators.GT, THREE_EIGHTHS);
    DoubleVector above = a.blend(a.sub(1), middle).blend(-1, large);
    DoubleVector below = ONE.blend(a.add(1), middle).blend(a, large);
    DoubleVector t = above.div(below);
    DoubleVector z = t.mul(t);
    DoubleVector p =
        T11.fma(z, T10)
            .fma(z, T9)
            .fma(z, T8)
            .fma(z, T7)
            .fma(z, T6)
            .fma(z, T5)
            .fma(z, T4)
            .fma(z, T3)
            .fma(z, T2)
            .fma(z, T1);
    DoubleVector base = DoubleVector.zero(SPECIES).blend(QUARTER_PI, middle).blend(HALF_PI, large);
    DoubleVector low =
        DoubleVector.zero(SPECIES).blend(HALF_PI_LOW.mul(0.5f), middle).blend(HALF_PI_LOW, large);
    return signed(p.fma(t.mul(z), low).add(t).add(base), x);
  }

  private static boolean isFar(DoubleVector x) {
    return x.abs().compare(VectorOperators.GT, LIMIT).anyTrue();
  }

  private static void sin(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      if (isFar(v)) {
        far(x + i * 8, y + i * 8, VectorF64Trigonometry::sinNear, Math::sin);
      } else {
        sin(v).intoMemorySegment(ALL, y + i * 8, ORDER);
      }
    }
  }

  private static void sinNear(long x, long y, long n) {
    sin(DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER)).intoMemorySegment(ALL, y, ORDER);
  }

  private static void cos(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      if (isFar(v)) {
        far(x + i * 8, y + i * 8, VectorF64Trigonometry::cosNear, Math::cos);
      } else {
        cos(v).intoMemorySegment(ALL, y + i * 8, ORDER);
      }
    }
  }

  private static void cosNear(long x, long y, long n) {
    cos(DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER)).intoMemorySegment(ALL, y, ORDER);
  }

  private static void tan(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      if (isFar(v)) {
        far(x + i * 8, y + i * 8, VectorF64Trigonometry::tanNear, Math::tan);
      } else {
        tan(v).intoMemorySegment(ALL, y + i * 8, ORDER);
      }
    }
  }

  private static void tanNear(long x, long y, long n) {
    tan(DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER)).intoMemorySegment(ALL, y, ORDER);
  }

  /// One vector's elements of which some are far from 0; those that are not have the same values as
  /// among others.
  private static void far(long x, long y, VectorRows.Loop near, DoubleUnaryOperator function) {
    double[] values = new double[LANES];
    for (int i = 0; i < LANES; i++) {
      values[i] = Element.f64(ALL, x + i * 8L);
    }
    near.run(x, y, LANES);
    for (int i = 0; i < LANES; i++) {
      if (Math.abs(values[i]) > LIMIT) {
        Element.f64(ALL, y + i * 8L, function.applyAsDouble(values[i]));
      }
    }
  }

  static void asin(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      asin(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void acos(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      acos(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void atan(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      atan(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
