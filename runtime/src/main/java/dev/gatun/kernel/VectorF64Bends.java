package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/// Vector loops of the F64 activations that are made of straight or rational pieces; see [Curves].
final class VectorF64Bends {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorF64Bends() {}

  static BinaryRow slopes(Slopes s) {
    double low = s.lowest();
    double high = s.highest();
    double below = s.below();
    double between = s.between();
    double above = s.above();
    return PaddedRows.ofF64((a, b, y, n) -> slopes(a, b, y, n, low, high, below, between, above));
  }

  private static void slopes(
      long a,
      long b,
      long y,
      long n,
      double low,
      double high,
      double below,
      double between,
      double above) {
    DoubleVector middle = DoubleVector.broadcast(SPECIES, between);
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector slope = middle.blend(below, v.compare(VectorOperators.LT, low));
      DoubleVector s = slope.blend(above, v.compare(VectorOperators.GT, high));
      // A slope of 0 makes 0 of an infinite gradient too.
      g.mul(s).blend(0, s.compare(VectorOperators.EQ, 0)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void leakyRelu(long x, long y, long n, double slope) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.mul(slope)
          .blend(v, v.compare(VectorOperators.GT, 0))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void threshold(long x, long y, long n, double threshold, double value) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.blend(value, v.compare(VectorOperators.LE, threshold))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void hardtanh(long x, long y, long n, double low, double high) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.max(low).min(high).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void hardsigmoid(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.add(3).max(0).min(6).div(6).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void hardshrink(long x, long y, long n, double lambda) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.blend(0, v.abs().compare(VectorOperators.LE, lambda))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void softshrink(long x, long y, long n, double lambda) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector above = v.mul(0).blend(v.sub(lambda), v.compare(VectorOperators.GT, lambda));
      above
          .blend(v.add(lambda), v.compare(VectorOperators.LT, -lambda))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void hardswish(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.mul(v.add(3).max(0).min(6).div(6)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void hardswishGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector inner = g.mul(v.div(3).add(0.5)).blend(0, v.compare(VectorOperators.LT, -3));
      inner.blend(g, v.compare(VectorOperators.GT, 3)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void softsign(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.div(v.abs().add(1)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void softsignGradient(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector d = v.abs().add(1);
      g.div(d.mul(d)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void prelu(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.mul(w).blend(v, v.compare(VectorOperators.GT, 0)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void preluGradient(long a, long b, long c, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector g = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, c + i * 8, ORDER);
      g.mul(w).blend(g, v.compare(VectorOperators.GT, 0)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
