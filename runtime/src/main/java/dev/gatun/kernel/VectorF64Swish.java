package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Exp.small;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Vector loops of the F64 activations that are made of exponentials; see [Curves].
final class VectorF64Swish {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);

  private VectorF64Swish() {}

  /// The slope of silu: `s + x s (1 - s)` with the sigmoid `s`; `1 - s` would cancel.
  private static DoubleVector siluSlope(DoubleVector x) {
    DoubleVector e = small(x.abs().neg());
    DoubleVector inverse = ONE.div(e.add(1));
    DoubleVector s = inverse.blend(e.mul(inverse), x.compare(VectorOperators.LT, 0));
    return x.mul(e).mul(inverse).fma(inverse, s);
  }

  /// With `e = exp(-|x|)`, `x e / (1 + e)` below 0. The root of `e` is taken, since `e` itself is
  /// subnormal where the product with `x` is not.
  private static DoubleVector siluOf(DoubleVector x) {
    DoubleVector root = small(x.abs().mul(-0.5));
    DoubleVector top = x.blend(x.mul(root).mul(root), x.compare(VectorOperators.LT, 0));
    return top.div(root.fma(root, ONE));
  }

  /// The tanh is a quotient `n / d` that neither overflows nor cancels; for the root see [#siluOf].
  private static DoubleVector mishOf(DoubleVector x) {
    VectorMask<Double> negative = x.compare(VectorOperators.LT, 0);
    DoubleVector root = small(x.abs().mul(-0.5));
    DoubleVector e = root.mul(root);
    DoubleVector twice = e.add(e);
    DoubleVector n = twice.add(1).blend(e.fma(e, twice), negative);
    DoubleVector d = n.add(twice.mul(e).blend(2, negative));
    DoubleVector low = x.mul(root).mul(root).mul(e.add(2));
    return x.mul(n).blend(low, negative).div(d);
  }

  private static DoubleVector mishSlope(DoubleVector x) {
    VectorMask<Double> negative = x.compare(VectorOperators.LT, 0);
    DoubleVector e = small(x.abs().neg());
    DoubleVector square = e.mul(e);
    DoubleVector n = e.add(e).add(ONE.blend(square, negative));
    DoubleVector d = n.add(square.add(square).blend(2, negative));
    DoubleVector bell = square.blend(e, negative).mul(e.add(1)).mul(4).div(d);
    return bell.fma(x, n).div(d);
  }

  private static DoubleVector softplus(DoubleVector x) {
    return VectorF64Math.tail(x).add(x.blend(0, x.compare(VectorOperators.LT, 0)));
  }

  static void silu(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      siluOf(v).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void siluGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      g.mul(siluSlope(v)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void mish(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      mishOf(v).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void mishGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      g.mul(mishSlope(v)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void elu(long x, long y, long n, double alpha, double scale, double inner) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector curve = VectorF64Exponential.expm1(v.mul(inner)).mul(alpha);
      v.mul(scale)
          .blend(curve, v.compare(VectorOperators.LE, 0))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void eluGradient(
      long a, long b, long y, long n, double alpha, double scale, double inner) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector slope = VectorF64Exp.exp(v.mul(inner)).mul(alpha * inner);
      DoubleVector straight = DoubleVector.broadcast(SPECIES, scale);
      g.mul(straight.blend(slope, v.compare(VectorOperators.LE, 0)))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void softplus(long x, long y, long n, double beta, double threshold) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector u = v.mul(beta);
      softplus(u)
          .div(beta)
          .blend(v, u.compare(VectorOperators.GT, threshold))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void softplusGradient(long a, long b, long y, long n, double beta, double threshold) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector u = v.mul(beta);
      g.mul(VectorF64Math.sigmoid(u))
          .blend(g, u.compare(VectorOperators.GT, threshold))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void logSigmoid(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      softplus(v.neg()).neg().intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void logSigmoidGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      g.mul(VectorF64Math.sigmoid(v.neg())).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void tanhshrink(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.sub(VectorF64Math.tanh(v)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void tanhshrinkGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector t = VectorF64Math.tanh(v);
      g.mul(t).mul(t).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void sigmoidGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      g.mul(ONE.sub(v)).mul(v).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void tanhGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      g.mul(ONE.sub(v.mul(v))).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void gate(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      u.mul(VectorF64Math.sigmoid(v)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void gateGradient(long a, long b, long c, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, c + i * 8, ORDER);
      DoubleVector e = small(v.abs().neg());
      DoubleVector inverse = ONE.div(e.add(1));
      g.mul(u).mul(e.mul(inverse).mul(inverse)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
