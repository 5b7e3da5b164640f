package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F32 remainders; they compute the bits of the reference loops.
final class VectorF32Division {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);
  private static final FloatVector LIMIT = FloatVector.broadcast(SPECIES, 0x1p23f);

  static final BinaryRow FMOD =
      BlockRows.of(4, 4, LANES, VectorF32Division::fmod, F32Division.FMOD);

  static final BinaryRow REMAINDER =
      BlockRows.of(4, 4, LANES, VectorF32Division::remainder, F32Division.REMAINDER);

  static final BinaryRow FLOOR =
      BlockRows.of(4, 4, LANES, VectorF32Division::floor, F32Division.FLOOR);

  private VectorF32Division() {}

  private static void fmod(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      if (isExact(v, w)) {
        rest(v, w).intoMemorySegment(ALL, y + i * 4, ORDER);
      } else {
        long at = i * 4;
        F32Division.FMOD.apply(ALL, a + at, 4, ALL, b + at, 4, ALL, y + at, 4, LANES);
      }
    }
  }

  private static void remainder(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      if (isExact(v, w)) {
        FloatVector r = rest(v, w);
        VectorMask<Float> apart =
            r.compare(VectorOperators.LT, 0).xor(w.compare(VectorOperators.LT, 0));
        VectorMask<Float> other = apart.and(r.compare(VectorOperators.NE, 0));
        r.add(w, other).intoMemorySegment(ALL, y + i * 4, ORDER);
      } else {
        long at = i * 4;
        F32Division.REMAINDER.apply(ALL, a + at, 4, ALL, b + at, 4, ALL, y + at, 4, LANES);
      }
    }
  }

  private static void floor(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      if (isExact(v, w)) {
        FloatVector r = rest(v, w);
        VectorMask<Float> apart =
            r.compare(VectorOperators.LT, 0).xor(w.compare(VectorOperators.LT, 0));
        VectorMask<Float> down = apart.and(r.compare(VectorOperators.NE, 0));
        FloatVector q = v.sub(r).div(w);
        whole(q.sub(ONE, down), v.div(w)).intoMemorySegment(ALL, y + i * 4, ORDER);
      } else {
        long at = i * 4;
        F32Division.FLOOR.apply(ALL, a + at, 4, ALL, b + at, 4, ALL, y + at, 4, LANES);
      }
    }
  }

  /// The whole number that `q` is but for roundings, with the sign of `exact` when it is 0.
  private static FloatVector whole(FloatVector q, FloatVector exact) {
    FloatVector size = q.abs().add(LIMIT).sub(LIMIT);
    IntVector sign =
        exact.blend(q, q.compare(VectorOperators.NE, 0)).reinterpretAsInts().and(Integer.MIN_VALUE);
    return size.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /// Whether all quotients are finite and so small that their whole parts are numbers without
  /// fraction, one off at most.
  private static boolean isExact(FloatVector a, FloatVector b) {
    VectorMask<Float> small = a.div(b).abs().compare(VectorOperators.LT, LIMIT);
    return small.and(b.abs().compare(VectorOperators.LT, Float.POSITIVE_INFINITY)).allTrue();
  }

  /// `a - b trunc(a / b)`, where the product and the difference are rounded once and so not at all:
  /// the remainder, or that less `b` where the quotient was rounded up to a whole number, has no
  /// more digits than `a` and `b`.
  private static FloatVector rest(FloatVector a, FloatVector b) {
    FloatVector x = a.abs();
    FloatVector d = b.abs();
    FloatVector q = x.div(d);
    FloatVector rounded = q.add(LIMIT).sub(LIMIT);
    FloatVector whole = rounded.sub(ONE, rounded.compare(VectorOperators.GT, q));
    FloatVector r = whole.neg().fma(d, x);
    FloatVector size = r.add(d, r.compare(VectorOperators.LT, 0)).abs();
    return size.reinterpretAsInts()
        .or(a.reinterpretAsInts().and(Integer.MIN_VALUE))
        .reinterpretAsFloats();
  }
}
