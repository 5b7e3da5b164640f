package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Rounding of F32 in vectors, exact.
///
/// Adding a number whose last bit is worth 1 rounds to an integer, to even where two are as near;
/// larger ones are integers already.
final class VectorF32Rounding {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);
  private static final IntVector SIGN =
      ONE.neg().reinterpretAsInts().lanewise(VectorOperators.XOR, ONE.reinterpretAsInts());
  private static final float INTEGERS = 0x1p23f;

  static final UnaryRow FLOOR = PaddedRows.ofF32(VectorF32Rounding::floor);
  static final UnaryRow CEIL = PaddedRows.ofF32(VectorF32Rounding::ceil);
  static final UnaryRow ROUND = PaddedRows.ofF32(VectorF32Rounding::round);
  static final UnaryRow TRUNC = PaddedRows.ofF32(VectorF32Rounding::trunc);
  static final UnaryRow FRAC = PaddedRows.ofF32(VectorF32Rounding::frac);

  private VectorF32Rounding() {}

  static FloatVector round(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector r = a.add(INTEGERS).sub(INTEGERS);
    return signed(a.blend(r, a.compare(VectorOperators.LT, INTEGERS)), x);
  }

  /// `y`, which is not of the other sign, with the sign of `x`.
  private static FloatVector signed(FloatVector y, FloatVector x) {
    return y.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
  }

  static FloatVector floor(FloatVector x) {
    FloatVector r = round(x);
    return r.sub(1, r.compare(VectorOperators.GT, x));
  }

  static FloatVector ceil(FloatVector x) {
    FloatVector r = round(x);
    FloatVector y = r.add(1, r.compare(VectorOperators.LT, x));
    // From -1 to 0 the result is minus zero.
    return signed(y, x);
  }

  static FloatVector trunc(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector r = round(a);
    return signed(r.sub(1, r.compare(VectorOperators.GT, a)), x);
  }

  static FloatVector frac(FloatVector x) {
    return x.sub(trunc(x));
  }

  static void floor(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      floor(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void ceil(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ceil(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void round(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      round(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void trunc(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      trunc(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static void frac(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      frac(FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER))
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }
}
