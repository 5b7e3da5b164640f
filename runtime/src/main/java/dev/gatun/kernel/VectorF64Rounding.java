package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/// Rounding of F64 in vectors, exact.
///
/// Adding a number whose last bit is worth 1 rounds to an integer, to even where two are as near;
/// larger ones are integers already.
final class VectorF64Rounding {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);
  private static final LongVector SIGN =
      ONE.neg().reinterpretAsLongs().lanewise(VectorOperators.XOR, ONE.reinterpretAsLongs());
  private static final double INTEGERS = 0x1p52;

  static final UnaryRow FLOOR = PaddedRows.ofF64(VectorF64Rounding::floor);
  static final UnaryRow CEIL = PaddedRows.ofF64(VectorF64Rounding::ceil);
  static final UnaryRow ROUND = PaddedRows.ofF64(VectorF64Rounding::round);
  static final UnaryRow TRUNC = PaddedRows.ofF64(VectorF64Rounding::trunc);
  static final UnaryRow FRAC = PaddedRows.ofF64(VectorF64Rounding::frac);

  private VectorF64Rounding() {}

  static DoubleVector round(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector r = a.add(INTEGERS).sub(INTEGERS);
    return signed(a.blend(r, a.compare(VectorOperators.LT, INTEGERS)), x);
  }

  /// `y`, which is not of the other sign, with the sign of `x`.
  private static DoubleVector signed(DoubleVector y, DoubleVector x) {
    return y.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles();
  }

  static DoubleVector floor(DoubleVector x) {
    DoubleVector r = round(x);
    return r.sub(1, r.compare(VectorOperators.GT, x));
  }

  static DoubleVector ceil(DoubleVector x) {
    DoubleVector r = round(x);
    DoubleVector y = r.add(1, r.compare(VectorOperators.LT, x));
    // From -1 to 0 the result is minus zero.
    return signed(y, x);
  }

  static DoubleVector trunc(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector r = round(a);
    return signed(r.sub(1, r.compare(VectorOperators.GT, a)), x);
  }

  static DoubleVector frac(DoubleVector x) {
    return x.sub(trunc(x));
  }

  static void floor(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      floor(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void ceil(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ceil(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void round(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      round(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void trunc(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      trunc(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void frac(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      frac(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
