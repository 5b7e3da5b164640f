package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 remainders; they compute the bits of the reference loops.
final class VectorF64Division {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);
  private static final DoubleVector LIMIT = DoubleVector.broadcast(SPECIES, 0x1p52);

  static final BinaryRow FMOD =
      BlockRows.of(8, 8, LANES, VectorF64Division::fmod, F64Division.FMOD);

  static final BinaryRow REMAINDER =
      BlockRows.of(8, 8, LANES, VectorF64Division::remainder, F64Division.REMAINDER);

  static final BinaryRow FLOOR =
      BlockRows.of(8, 8, LANES, VectorF64Division::floor, F64Division.FLOOR);

  private VectorF64Division() {}

  private static void fmod(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      if (isExact(v, w)) {
        rest(v, w).intoMemorySegment(ALL, y + i * 8, ORDER);
      } else {
        long at = i * 8;
        F64Division.FMOD.apply(ALL, a + at, 8, ALL, b + at, 8, ALL, y + at, 8, LANES);
      }
    }
  }

  private static void remainder(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      if (isExact(v, w)) {
        DoubleVector r = rest(v, w);
        VectorMask<Double> apart =
            r.compare(VectorOperators.LT, 0).xor(w.compare(VectorOperators.LT, 0));
        VectorMask<Double> other = apart.and(r.compare(VectorOperators.NE, 0));
        r.add(w, other).intoMemorySegment(ALL, y + i * 8, ORDER);
      } else {
        long at = i * 8;
        F64Division.REMAINDER.apply(ALL, a + at, 8, ALL, b + at, 8, ALL, y + at, 8, LANES);
      }
    }
  }

  private static void floor(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      if (isExact(v, w)) {
        DoubleVector r = rest(v, w);
        VectorMask<Double> apart =
            r.compare(VectorOperators.LT, 0).xor(w.compare(VectorOperators.LT, 0));
        VectorMask<Double> down = apart.and(r.compare(VectorOperators.NE, 0));
        DoubleVector q = v.sub(r).div(w);
        whole(q.sub(ONE, down), v.div(w)).intoMemorySegment(ALL, y + i * 8, ORDER);
      } else {
        long at = i * 8;
        F64Division.FLOOR.apply(ALL, a + at, 8, ALL, b + at, 8, ALL, y + at, 8, LANES);
      }
    }
  }

  /// The whole number that `q` is but for roundings, with the sign of `exact` when it is 0.
  private static DoubleVector whole(DoubleVector q, DoubleVector exact) {
    DoubleVector size = q.abs().add(LIMIT).sub(LIMIT);
    LongVector sign =
        exact.blend(q, q.compare(VectorOperators.NE, 0)).reinterpretAsLongs().and(Long.MIN_VALUE);
    return size.reinterpretAsLongs().or(sign).reinterpretAsDoubles();
  }

  /// Whether all quotients are finite and so small that their whole parts are numbers without
  /// fraction, one off at most.
  private static boolean isExact(DoubleVector a, DoubleVector b) {
    VectorMask<Double> small = a.div(b).abs().compare(VectorOperators.LT, LIMIT);
    return small.and(b.abs().compare(VectorOperators.LT, Double.POSITIVE_INFINITY)).allTrue();
  }

  /// `a - b trunc(a / b)`, where the product and the difference are rounded once and so not at all:
  /// the remainder, or that less `b` where the quotient was rounded up to a whole number, has no
  /// more digits than `a` and `b`.
  private static DoubleVector rest(DoubleVector a, DoubleVector b) {
    DoubleVector x = a.abs();
    DoubleVector d = b.abs();
    DoubleVector q = x.div(d);
    DoubleVector rounded = q.add(LIMIT).sub(LIMIT);
    DoubleVector whole = rounded.sub(ONE, rounded.compare(VectorOperators.GT, q));
    DoubleVector r = whole.neg().fma(d, x);
    DoubleVector size = r.add(d, r.compare(VectorOperators.LT, 0)).abs();
    return size.reinterpretAsLongs()
        .or(a.reinterpretAsLongs().and(Long.MIN_VALUE))
        .reinterpretAsDoubles();
  }
}
