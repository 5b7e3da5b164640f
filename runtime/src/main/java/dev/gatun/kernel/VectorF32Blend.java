package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of F32 choices and blends; they compute the bits of the reference loops.
final class VectorF32Blend {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);

  static final BinaryRow FMAX = BlockRows.of(4, 4, LANES, VectorF32Blend::fmax, F32Blend.FMAX);

  static final BinaryRow FMIN = BlockRows.of(4, 4, LANES, VectorF32Blend::fmin, F32Blend.FMIN);

  static final BinaryRow COPY_SIGN =
      BlockRows.of(4, 4, LANES, VectorF32Blend::copySign, F32Blend.COPY_SIGN);

  static final TernaryRow LERP = BlockRows.of(4, 4, LANES, VectorF32Blend::lerp, F32Blend.LERP);

  private VectorF32Blend() {}

  static UnaryRow clamp(float min, float max) {
    VectorRows.Loop whole = (x, y, n) -> clamp(x, y, n, min, max);
    return BlockRows.of(4, 4, LANES, whole, F32Blend.clamp(min, max));
  }

  static BinaryRow lerp(float w) {
    VectorRows.Loop2 whole =
        Math.abs(w) < 0.5
            ? (a, b, y, n) -> lerpFromFirst(a, b, y, n, w)
            : (a, b, y, n) -> lerpFromSecond(a, b, y, n, 1 - w);
    return BlockRows.of(4, 4, LANES, whole, F32Blend.lerp(w));
  }

  private static void fmax(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      FloatVector m = v.max(w).blend(w, v.test(VectorOperators.IS_NAN));
      m.blend(v, w.test(VectorOperators.IS_NAN)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void fmin(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      FloatVector m = v.min(w).blend(w, v.test(VectorOperators.IS_NAN));
      m.blend(v, w.test(VectorOperators.IS_NAN)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void copySign(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      IntVector sign = w.reinterpretAsInts().and(Integer.MIN_VALUE);
      v.abs()
          .reinterpretAsInts()
          .or(sign)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void clamp(long x, long y, long n, float min, float max) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.max(min).min(max).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void lerpFromFirst(long a, long b, long y, long n, float w) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.add(u.sub(v).mul(w)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void lerpFromSecond(long a, long b, long y, long n, float rest) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      u.sub(u.sub(v).mul(rest)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void lerp(long a, long b, long c, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, c + i * 4, ORDER);
      FloatVector d = u.sub(v);
      FloatVector near = v.add(d.mul(w));
      FloatVector far = u.sub(d.mul(ONE.sub(w)));
      far.blend(near, w.abs().compare(VectorOperators.LT, 0.5f))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }
}
