package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.small;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Vector loops of the F32 activations that are made of exponentials; see [Curves].
final class VectorF32Swish {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);

  private VectorF32Swish() {}

  /// The slope of silu: `s + x s (1 - s)` with the sigmoid `s`; `1 - s` would cancel.
  private static FloatVector siluSlope(FloatVector x) {
    FloatVector e = small(x.abs().neg());
    FloatVector inverse = ONE.div(e.add(1));
    FloatVector s = inverse.blend(e.mul(inverse), x.compare(VectorOperators.LT, 0));
    return x.mul(e).mul(inverse).fma(inverse, s);
  }

  /// With `e = exp(-|x|)`, `x e / (1 + e)` below 0. The root of `e` is taken, since `e` itself is
  /// subnormal where the product with `x` is not.
  private static FloatVector siluOf(FloatVector x) {
    FloatVector root = small(x.abs().mul(-0.5f));
    FloatVector top = x.blend(x.mul(root).mul(root), x.compare(VectorOperators.LT, 0));
    return top.div(root.fma(root, ONE));
  }

  /// The tanh is a quotient `n / d` that neither overflows nor cancels; for the root see [#siluOf].
  private static FloatVector mishOf(FloatVector x) {
    VectorMask<Float> negative = x.compare(VectorOperators.LT, 0);
    FloatVector root = small(x.abs().mul(-0.5f));
    FloatVector e = root.mul(root);
    FloatVector twice = e.add(e);
    FloatVector n = twice.add(1).blend(e.fma(e, twice), negative);
    FloatVector d = n.add(twice.mul(e).blend(2, negative));
    FloatVector low = x.mul(root).mul(root).mul(e.add(2));
    return x.mul(n).blend(low, negative).div(d);
  }

  private static FloatVector mishSlope(FloatVector x) {
    VectorMask<Float> negative = x.compare(VectorOperators.LT, 0);
    FloatVector e = small(x.abs().neg());
    FloatVector square = e.mul(e);
    FloatVector n = e.add(e).add(ONE.blend(square, negative));
    FloatVector d = n.add(square.add(square).blend(2, negative));
    FloatVector bell = square.blend(e, negative).mul(e.add(1)).mul(4).div(d);
    return bell.fma(x, n).div(d);
  }

  private static FloatVector softplus(FloatVector x) {
    return VectorF32Math.tail(x).add(x.blend(0, x.compare(VectorOperators.LT, 0)));
  }

  static void silu(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      siluOf(v).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void siluGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      g.mul(siluSlope(v)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void mish(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      mishOf(v).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void mishGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      g.mul(mishSlope(v)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void elu(long x, long y, long n, float alpha, float scale, float inner) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      FloatVector curve = VectorF32Exponential.expm1(v.mul(inner)).mul(alpha);
      v.mul(scale)
          .blend(curve, v.compare(VectorOperators.LE, 0))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void eluGradient(long a, long b, long y, long n, float alpha, float scale, float inner) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      FloatVector slope = VectorF32Exp.exp(v.mul(inner)).mul(alpha * inner);
      FloatVector straight = FloatVector.broadcast(SPECIES, scale);
      g.mul(straight.blend(slope, v.compare(VectorOperators.LE, 0)))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void softplus(long x, long y, long n, float beta, float threshold) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      FloatVector u = v.mul(beta);
      softplus(u)
          .div(beta)
          .blend(v, u.compare(VectorOperators.GT, threshold))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void softplusGradient(long a, long b, long y, long n, float beta, float threshold) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      FloatVector u = v.mul(beta);
      g.mul(VectorF32Math.sigmoid(u))
          .blend(g, u.compare(VectorOperators.GT, threshold))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void logSigmoid(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      softplus(v.neg()).neg().intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void logSigmoidGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      g.mul(VectorF32Math.sigmoid(v.neg())).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void tanhshrink(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.sub(VectorF32Math.tanh(v)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void tanhshrinkGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      FloatVector t = VectorF32Math.tanh(v);
      g.mul(t).mul(t).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void sigmoidGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      g.mul(ONE.sub(v)).mul(v).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void tanhGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      g.mul(ONE.sub(v.mul(v))).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void gate(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      u.mul(VectorF32Math.sigmoid(v)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void gateGradient(long a, long b, long c, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, c + i * 4, ORDER);
      FloatVector e = small(v.abs().neg());
      FloatVector inverse = ONE.div(e.add(1));
      g.mul(u).mul(e.mul(inverse).mul(inverse)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }
}
