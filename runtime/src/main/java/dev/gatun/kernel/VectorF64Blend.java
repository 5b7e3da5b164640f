package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of F64 choices and blends; they compute the bits of the reference loops.
final class VectorF64Blend {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);

  static final BinaryRow FMAX = BlockRows.of(8, 8, LANES, VectorF64Blend::fmax, F64Blend.FMAX);

  static final BinaryRow FMIN = BlockRows.of(8, 8, LANES, VectorF64Blend::fmin, F64Blend.FMIN);

  static final BinaryRow COPY_SIGN =
      BlockRows.of(8, 8, LANES, VectorF64Blend::copySign, F64Blend.COPY_SIGN);

  static final TernaryRow LERP = BlockRows.of(8, 8, LANES, VectorF64Blend::lerp, F64Blend.LERP);

  private VectorF64Blend() {}

  static UnaryRow clamp(double min, double max) {
    VectorRows.Loop whole = (x, y, n) -> clamp(x, y, n, min, max);
    return BlockRows.of(8, 8, LANES, whole, F64Blend.clamp(min, max));
  }

  static BinaryRow lerp(double w) {
    VectorRows.Loop2 whole =
        Math.abs(w) < 0.5
            ? (a, b, y, n) -> lerpFromFirst(a, b, y, n, w)
            : (a, b, y, n) -> lerpFromSecond(a, b, y, n, 1 - w);
    return BlockRows.of(8, 8, LANES, whole, F64Blend.lerp(w));
  }

  private static void fmax(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector m = v.max(w).blend(w, v.test(VectorOperators.IS_NAN));
      m.blend(v, w.test(VectorOperators.IS_NAN)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void fmin(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector m = v.min(w).blend(w, v.test(VectorOperators.IS_NAN));
      m.blend(v, w.test(VectorOperators.IS_NAN)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void copySign(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      LongVector sign = w.reinterpretAsLongs().and(Long.MIN_VALUE);
      v.abs()
          .reinterpretAsLongs()
          .or(sign)
          .reinterpretAsDoubles()
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void clamp(long x, long y, long n, double min, double max) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.max(min).min(max).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void lerpFromFirst(long a, long b, long y, long n, double w) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.add(u.sub(v).mul(w)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void lerpFromSecond(long a, long b, long y, long n, double rest) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      u.sub(u.sub(v).mul(rest)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void lerp(long a, long b, long c, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, c + i * 8, ORDER);
      DoubleVector d = u.sub(v);
      DoubleVector near = v.add(d.mul(w));
      DoubleVector far = u.sub(d.mul(ONE.sub(w)));
      far.blend(near, w.abs().compare(VectorOperators.LT, 0.5))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
