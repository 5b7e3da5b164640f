package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;
import static dev.gatun.kernel.VectorF32Exp.small;
import static dev.gatun.kernel.VectorF32Math.sigmoid;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The F32 error function and what is made of it, in vectors.
final class VectorF32Gelu {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Beyond this the normal distribution is 0 or 1; the clamp keeps infinity out of products.
  private static final float FAR = 15;
  private static final float ROOT_HALF = (float) Erf.ROOT_HALF;
  private static final float DENSITY = (float) Erf.DENSITY;
  private static final float SLOPE = (float) Erf.SLOPE;
  private static final float CUBIC = (float) Erf.CUBIC;

  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);
  private static final IntVector SIGN =
      ONE.neg().reinterpretAsInts().lanewise(VectorOperators.XOR, ONE.reinterpretAsInts());

  // erf(x) = x + x N(x^2) up to 1; exp(t^2) erfc(t) = C((t - MIDDLE) / (t + MIDDLE)).
  private static final float MIDDLE = 2.5f;
  private static final FloatVector N0 = FloatVector.broadcast(SPECIES, 0.12837917f);
  private static final FloatVector N1 = FloatVector.broadcast(SPECIES, -0.37612626f);
  private static final FloatVector N2 = FloatVector.broadcast(SPECIES, 0.11283583f);
  private static final FloatVector N3 = FloatVector.broadcast(SPECIES, -0.026853723f);
  private static final FloatVector N4 = FloatVector.broadcast(SPECIES, 0.0051881387f);
  private static final FloatVector N5 = FloatVector.broadcast(SPECIES, -0.00080083543f);
  private static final FloatVector N6 = FloatVector.broadcast(SPECIES, 7.847207e-05f);

  private static final FloatVector C0 = FloatVector.broadcast(SPECIES, 0.21080637f);
  private static final FloatVector C1 = FloatVector.broadcast(SPECIES, -0.37173674f);
  private static final FloatVector C2 = FloatVector.broadcast(SPECIES, 0.25171316f);
  private static final FloatVector C3 = FloatVector.broadcast(SPECIES, -0.12503321f);
  private static final FloatVector C4 = FloatVector.broadcast(SPECIES, 0.03992314f);
  private static final FloatVector C5 = FloatVector.broadcast(SPECIES, -0.0039920863f);
  private static final FloatVector C6 = FloatVector.broadcast(SPECIES, -0.002646011f);
  private static final FloatVector C7 = FloatVector.broadcast(SPECIES, 0.0008681431f);
  private static final FloatVector C8 = FloatVector.broadcast(SPECIES, 0.00023647788f);
  private static final FloatVector C9 = FloatVector.broadcast(SPECIES, -0.0001101474f);
  private static final FloatVector C10 = FloatVector.broadcast(SPECIES, -3.7162485e-05f);

  static final UnaryRow ERF = VectorRows.ofF32(VectorF32Gelu::erf, VectorF32Gelu::erfRest);
  static final UnaryRow GELU = VectorRows.ofF32(VectorF32Gelu::gelu, VectorF32Gelu::geluRest);
  static final UnaryRow GELU_TANH =
      VectorRows.ofF32(VectorF32Gelu::geluTanh, VectorF32Gelu::geluTanhRest);
  static final BinaryRow GELU_GRADIENT =
      VectorRows.ofF32(VectorF32Gelu::geluSlope, VectorF32Gelu::geluSlopeRest);
  static final BinaryRow GELU_TANH_GRADIENT =
      VectorRows.ofF32(VectorF32Gelu::geluTanhSlope, VectorF32Gelu::geluTanhSlopeRest);

  private VectorF32Gelu() {}

  /// `1 - exp(-x^2) C` beyond 1; near zero, where that cancels, the polynomial.
  static FloatVector erf(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector t = a.blend(FAR, a.compare(VectorOperators.GT, FAR));
    FloatVector far = scaledComplement(t).mul(small(t.mul(t).neg())).neg().add(1);
    FloatVector z = x.mul(x);
    FloatVector n = N6.fma(z, N5).fma(z, N4).fma(z, N3).fma(z, N2).fma(z, N1).fma(z, N0);
    IntVector signed = far.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN));
    return signed.reinterpretAsFloats().blend(n.fma(x, x), a.compare(VectorOperators.LT, 1));
  }

  /// `exp(t^2) erfc(t)` of `t` from 0 on.
  private static FloatVector scaledComplement(FloatVector t) {
    FloatVector q = t.sub(MIDDLE).div(t.add(MIDDLE));
    return C10.fma(q, C9)
        .fma(q, C8)
        .fma(q, C7)
        .fma(q, C6)
        .fma(q, C5)
        .fma(q, C4)
        .fma(q, C3)
        .fma(q, C2)
        .fma(q, C1)
        .fma(q, C0);
  }

  /// `exp(-t^2 / 2)`, the rounding of the square made good.
  private static FloatVector bell(FloatVector t) {
    FloatVector square = t.mul(t);
    FloatVector lost = t.fma(t, square.neg()).mul(-0.5f);
    FloatVector e = small(square.mul(-0.5f));
    return e.fma(lost, e);
  }

  /// `max(x, 0) - |x| P` with `P` the probability of a normal variable beyond `|x|`: nothing
  /// cancels, also where the result is small.
  static FloatVector gelu(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector t = a.blend(FAR, a.compare(VectorOperators.GT, FAR));
    FloatVector beyond = scaledComplement(t.mul(ROOT_HALF)).mul(0.5f).mul(bell(t));
    FloatVector positive = x.blend(0, x.compare(VectorOperators.LT, 0));
    return t.neg().fma(beyond, positive);
  }

  /// The derivative of [#gelu]: probability plus `x` times density.
  static FloatVector geluSlope(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector t = a.blend(FAR, a.compare(VectorOperators.GT, FAR));
    FloatVector bell = bell(t);
    FloatVector beyond = scaledComplement(t.mul(ROOT_HALF)).mul(0.5f).mul(bell);
    VectorMask<Float> negative = x.compare(VectorOperators.LT, 0);
    FloatVector v = t.blend(t.neg(), negative);
    return v.mul(DENSITY).fma(bell, ONE.sub(beyond).blend(beyond, negative));
  }

  /// `x sigmoid(2u)`, which is `x (1 + tanh(u)) / 2`, with `2u = x (SLOPE + CUBIC x^2)`.
  static FloatVector geluTanh(FloatVector x) {
    FloatVector v = x.blend(-FAR, x.compare(VectorOperators.LT, -FAR));
    return v.mul(sigmoid(v.mul(v.mul(v).mul(CUBIC).add(SLOPE))));
  }

  /// The derivative of [#geluTanh].
  static FloatVector geluTanhSlope(FloatVector x) {
    FloatVector b = x.blend(-FAR, x.compare(VectorOperators.LT, -FAR));
    FloatVector v = b.blend(FAR, b.compare(VectorOperators.GT, FAR));
    FloatVector z = v.mul(v);
    FloatVector s = sigmoid(v.mul(z.mul(CUBIC).add(SLOPE)));
    FloatVector inner = z.mul(3 * CUBIC).add(SLOPE).mul(v);
    return s.mul(ONE.sub(s)).fma(inner, s);
  }

  private static void erf(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      erf(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void erfRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    erf(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void gelu(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      gelu(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void geluRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    gelu(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void geluTanh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      geluTanh(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void geluTanhRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    geluTanh(FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask))
        .intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void geluSlope(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      g.mul(geluSlope(x)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void geluSlopeRest(long a, long b, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    g.mul(geluSlope(x)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void geluTanhSlope(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      g.mul(geluTanhSlope(x)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void geluTanhSlopeRest(long a, long b, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    g.mul(geluTanhSlope(x)).intoMemorySegment(ALL, y, ORDER, mask);
  }
}
