package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;

import java.nio.ByteOrder;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Trigonometric functions of F32 and their inverses, in vectors: within 2 ulp of the true value
/// over the whole range, asin and acos within 3, tan within 4.
///
/// An angle is a multiple of pi/2 and a rest from -pi/4 to pi/4. Beyond [#LIMIT] the rest would not
/// be exact: such angles, which are rare, are computed one by one.
final class VectorF32Trigonometry {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /// Up to here the multiple of pi/2 is taken off in three parts.
  private static final float LIMIT = 1e5f;

  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);
  private static final FloatVector ROUND = FloatVector.broadcast(SPECIES, 0x1.8p23f);
  private static final FloatVector TWO_OVER_PI = FloatVector.broadcast(SPECIES, 0.63661975f);
  private static final IntVector SIGN =
      ONE.neg().reinterpretAsInts().lanewise(VectorOperators.XOR, ONE.reinterpretAsInts());

  // Minus pi/2.
  private static final FloatVector PI_2_A = FloatVector.broadcast(SPECIES, -1.5707964f);
  private static final FloatVector PI_2_B = FloatVector.broadcast(SPECIES, 4.371139e-08f);
  private static final FloatVector PI_2_C = FloatVector.broadcast(SPECIES, 0x1.ee59dap-50f);

  // sin(r) = r + r z S(z) and cos(r) = 1 - z/2 + z^2 C(z) with z = r^2.
  private static final FloatVector S1 = FloatVector.broadcast(SPECIES, -0.16666664f);
  private static final FloatVector S2 = FloatVector.broadcast(SPECIES, 0.008332702f);
  private static final FloatVector S3 = FloatVector.broadcast(SPECIES, -0.00019580025f);

  private static final FloatVector C1 = FloatVector.broadcast(SPECIES, 0.041666664f);
  private static final FloatVector C2 = FloatVector.broadcast(SPECIES, -0.0013888257f);
  private static final FloatVector C3 = FloatVector.broadcast(SPECIES, 2.4540062e-05f);

  // arcsin(x) = x + x z A(z) up to 1/2, arctan(x) = x + x z T(z) up to tan(pi/8).
  private static final FloatVector A1 = FloatVector.broadcast(SPECIES, 0.16666666f);
  private static final FloatVector A2 = FloatVector.broadcast(SPECIES, 0.0750015f);
  private static final FloatVector A3 = FloatVector.broadcast(SPECIES, 0.044586543f);
  private static final FloatVector A4 = FloatVector.broadcast(SPECIES, 0.031221325f);
  private static final FloatVector A5 = FloatVector.broadcast(SPECIES, 0.01665647f);
  private static final FloatVector A6 = FloatVector.broadcast(SPECIES, 0.034419894f);

  private static final FloatVector T1 = FloatVector.broadcast(SPECIES, -0.3333333f);
  private static final FloatVector T2 = FloatVector.broadcast(SPECIES, 0.19999503f);
  private static final FloatVector T3 = FloatVector.broadcast(SPECIES, -0.14263009f);
  private static final FloatVector T4 = FloatVector.broadcast(SPECIES, 0.10735047f);
  private static final FloatVector T5 = FloatVector.broadcast(SPECIES, -0.06425787f);

  private static final FloatVector HALF_PI = FloatVector.broadcast(SPECIES, 1.5707964f);
  private static final FloatVector HALF_PI_LOW = FloatVector.broadcast(SPECIES, -4.371139e-08f);
  private static final FloatVector QUARTER_PI = HALF_PI.mul(0.5f);
  private static final float EIGHTH = 0.41421357f;
  private static final float THREE_EIGHTHS = 2.4142137f;

  static final UnaryRow SIN = PaddedRows.ofF32(VectorF32Trigonometry::sin);
  static final UnaryRow COS = PaddedRows.ofF32(VectorF32Trigonometry::cos);
  static final UnaryRow TAN = PaddedRows.ofF32(VectorF32Trigonometry::tan);
  static final UnaryRow ASIN = PaddedRows.ofF32(VectorF32Trigonometry::asin);
  static final UnaryRow ACOS = PaddedRows.ofF32(VectorF32Trigonometry::acos);
  static final UnaryRow ATAN = PaddedRows.ofF32(VectorF32Trigonometry::atan);

  private VectorF32Trigonometry() {}

  /// An angle as a multiple of pi/2 in the low bits of a sum.
  private static FloatVector quadrants(FloatVector x) {
    return x.fma(TWO_OVER_PI, ROUND);
  }

  private static FloatVector rest(FloatVector x, FloatVector quadrants) {
    FloatVector k = quadrants.sub(ROUND);
    return k.fma(PI_2_C, k.fma(PI_2_B, k.fma(PI_2_A, x)));
  }

  private static FloatVector sine(FloatVector r, FloatVector z) {
    FloatVector s = S3.fma(z, S2).fma(z, S1);
    return s.fma(r.mul(z), r);
  }

  private static FloatVector cosine(FloatVector z) {
    FloatVector c = C3.fma(z, C2).fma(z, C1);
    return c.fma(z.mul(z), ONE.sub(z.mul(0.5f)));
  }

  private static VectorMask<Float> odd(IntVector n) {
    return n.and(1).compare(VectorOperators.NE, 0).cast(SPECIES);
  }

  /// The sine of an angle `n` quarter turns on from the rest `r`.
  private static FloatVector turned(FloatVector r, IntVector n) {
    FloatVector z = r.mul(r);
    FloatVector y = sine(r, z).blend(cosine(z), odd(n));
    IntVector sign = n.and(2).lanewise(VectorOperators.LSHL, 30);
    return y.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
  }

  /// Minus zero is its own sine.
  static FloatVector sin(FloatVector x) {
    FloatVector q = quadrants(x);
    FloatVector y = turned(rest(x, q), q.reinterpretAsInts());
    return y.blend(x, x.compare(VectorOperators.EQ, 0));
  }

  static FloatVector cos(FloatVector x) {
    FloatVector q = quadrants(x);
    return turned(rest(x, q), q.reinterpretAsInts().add(1));
  }

  /// The quotient of sine and cosine, or of minus cosine and sine.
  static FloatVector tan(FloatVector x) {
    FloatVector q = quadrants(x);
    FloatVector r = rest(x, q);
    FloatVector z = r.mul(r);
    FloatVector s = sine(r, z);
    FloatVector c = cosine(z);
    VectorMask<Float> odd = odd(q.reinterpretAsInts());
    FloatVector y = s.blend(c.neg(), odd).div(c.blend(s, odd));
    return y.blend(x, x.compare(VectorOperators.EQ, 0));
  }

  /// `arcsin(s)` of `s` from 0 to 1/2 and its square, with any sign of `s`.
  private static FloatVector arcsine(FloatVector s, FloatVector z) {
    FloatVector p = A6.fma(z, A5).fma(z, A4).fma(z, A3).fma(z, A2).fma(z, A1);
    return p.fma(s.mul(z), s);
  }

  /// Above 1/2 it is `pi/2 - 2 arcsin(sqrt((1 - x) / 2))`.
  static FloatVector asin(FloatVector x) {
    FloatVector a = x.abs();
    VectorMask<Float> large = a.compare(VectorOperators.GT, 0.5f);
    FloatVector half = ONE.sub(a).mul(0.5f);
    FloatVector z = a.mul(a).blend(half, large);
    FloatVector t = arcsine(a.blend(half.sqrt(), large), z);
    FloatVector far = HALF_PI_LOW.sub(t.add(t)).add(HALF_PI);
    return signed(t.blend(far, large), x);
  }

  static FloatVector acos(FloatVector x) {
    FloatVector a = x.abs();
    VectorMask<Float> large = a.compare(VectorOperators.GT, 0.5f);
    VectorMask<Float> negative = x.compare(VectorOperators.LT, 0);
    FloatVector half = ONE.sub(a).mul(0.5f);
    FloatVector z = a.mul(a).blend(half, large);
    FloatVector t = arcsine(a.blend(half.sqrt(), large), z);
    FloatVector twice = t.add(t);
    FloatVector mirrored = HALF_PI_LOW.add(HALF_PI_LOW).sub(twice).add(HALF_PI.add(HALF_PI));
    FloatVector far = twice.blend(mirrored, negative);
    FloatVector near = HALF_PI_LOW.sub(signed(t, x)).add(HALF_PI);
    return near.blend(far, large);
  }

  private static FloatVector signed(FloatVector y, FloatVector x) {
    return y.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
  }

  /// From pi/8 on of `(x - 1) / (x + 1)`, from 3 pi/8 on of `-1 / x`.
  static FloatVector atan(FloatVector x) {
    FloatVector a = x.abs();
    VectorMask<Float> middle = a.compare(VectorOperators.GT, EIGHTH);
    VectorMask<Float> large = a.compare(VectorOperators.GT, THREE_EIGHTHS);
    FloatVector above = a.blend(a.sub(1), middle).blend(-1, large);
    FloatVector below = ONE.blend(a.add(1), middle).blend(a, large);
    FloatVector t = above.div(below);
    FloatVector z = t.mul(t);
    FloatVector p = T5.fma(z, T4).fma(z, T3).fma(z, T2).fma(z, T1);
    FloatVector base = FloatVector.zero(SPECIES).blend(QUARTER_PI, middle).blend(HALF_PI, large);
    FloatVector low =
        FloatVector.zero(SPECIES).blend(HALF_PI_LOW.mul(0.5f), middle).blend(HALF_PI_LOW, large);
    return signed(p.fma(t.mul(z), low).add(t).add(base), x);
  }

  private static boolean isFar(FloatVector x) {
    return x.abs().compare(VectorOperators.GT, LIMIT).anyTrue();
  }

  private static void sin(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      if (isFar(v)) {
        far(x + i * 4, y + i * 4, VectorF32Trigonometry::sinNear, Math::sin);
      } else {
        sin(v).intoMemorySegment(ALL, y + i * 4, ORDER);
      }
    }
  }

  private static void sinNear(long x, long y, long n) {
    sin(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER)).intoMemorySegment(ALL, y, ORDER);
  }

  private static void cos(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      if (isFar(v)) {
        far(x + i * 4, y + i * 4, VectorF32Trigonometry::cosNear, Math::cos);
      } else {
        cos(v).intoMemorySegment(ALL, y + i * 4, ORDER);
      }
    }
  }

  private static void cosNear(long x, long y, long n) {
    cos(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER)).intoMemorySegment(ALL, y, ORDER);
  }

  private static void tan(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      if (isFar(v)) {
        far(x + i * 4, y + i * 4, VectorF32Trigonometry::tanNear, Math::tan);
      } else {
        tan(v).intoMemorySegment(ALL, y + i * 4, ORDER);
      }
    }
  }

  private static void tanNear(long x, long y, long n) {
    tan(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER)).intoMemorySegment(ALL, y, ORDER);
  }

  /// One vector's elements of which some are far from 0; those that are not have the same values as
  /// among others.
  private static void far(long x, long y, VectorRows.Loop near, DoubleUnaryOperator function) {
    float[] values = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      values[i] = Element.f32(ALL, x + i * 4L);
    }
    near.run(x, y, LANES);
    for (int i = 0; i < LANES; i++) {
      if (Math.abs(values[i]) > LIMIT) {
        Element.f32(ALL, y + i * 4L, (float) function.applyAsDouble(values[i]));
      }
    }
  }

  static void asin(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      asin(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void acos(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      acos(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void atan(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      atan(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }
}
