package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Hyperbolic functions of F64 and their inverses, in vectors: within 4 ulp of the true value over
/// the whole range.
final class VectorF64Hyperbolic {
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);
  private static final LongVector SIGN =
      ONE.neg().reinterpretAsLongs().lanewise(VectorOperators.XOR, ONE.reinterpretAsLongs());

  // Nearer to 0 than the first the results are x; above the second x + 1 is x, and x^2 may not fit.
  private static final double TINY = 0x1p-28;
  private static final double LARGE = 0x1p60;
  private static final double LN2 = 0.6931471805599453;

  static final UnaryRow SINH = PaddedRows.ofF64(VectorF64Hyperbolic::sinh);
  static final UnaryRow COSH = PaddedRows.ofF64(VectorF64Hyperbolic::cosh);
  static final UnaryRow ASINH = PaddedRows.ofF64(VectorF64Hyperbolic::asinh);
  static final UnaryRow ACOSH = PaddedRows.ofF64(VectorF64Hyperbolic::acosh);
  static final UnaryRow ATANH = PaddedRows.ofF64(VectorF64Hyperbolic::atanh);

  private VectorF64Hyperbolic() {}

  private static DoubleVector signed(DoubleVector y, DoubleVector x) {
    return y.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles();
  }

  /// `(e + e / (e + 1)) / 2` with `e = exp(|x|) - 1`; a quarter of that does not overflow.
  static DoubleVector sinh(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector quarter = VectorF64Exp.quarter(a);
    DoubleVector twice = quarter.add(quarter);
    DoubleVector y = quarter.div(twice.add(0.5)).add(twice);
    return signed(y.blend(a, a.compare(VectorOperators.LT, TINY)), x);
  }

  static DoubleVector cosh(DoubleVector x) {
    DoubleVector quarter = VectorF64Exp.quarter(x.abs()).add(0.25);
    return ONE.mul(0.125).div(quarter).add(quarter.add(quarter));
  }

  static DoubleVector asinh(DoubleVector x) {
    DoubleVector a = x.abs();
    VectorMask<Double> large = a.compare(VectorOperators.GT, LARGE);
    DoubleVector square = a.mul(a);
    DoubleVector near = square.div(square.add(1).sqrt().add(1)).add(a);
    DoubleVector y = VectorF64Exponential.log1p(near.blend(a, large));
    return signed(y.add(LN2, large), x);
  }

  static DoubleVector acosh(DoubleVector x) {
    DoubleVector t = x.sub(1);
    VectorMask<Double> large = x.compare(VectorOperators.GT, LARGE);
    DoubleVector near = t.mul(t.add(2)).sqrt().add(t);
    DoubleVector y = VectorF64Exponential.log1p(near.blend(x, large)).add(LN2, large);
    return y.blend(Double.NaN, x.compare(VectorOperators.LT, 1));
  }

  static DoubleVector atanh(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector y = VectorF64Exponential.log1p(a.add(a).div(ONE.sub(a))).mul(0.5);
    return signed(y.blend(a, a.compare(VectorOperators.LT, TINY)), x);
  }

  private static void sinh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      sinh(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void cosh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      cosh(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void asinh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      asinh(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void acosh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      acosh(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void atanh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      atanh(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
