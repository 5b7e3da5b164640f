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

  static final VectorRows.Loop ASINH_LOOP =
      ofLog1p(VectorF64Hyperbolic::asinhArgument, VectorF64Hyperbolic::asinhFinish);
  static final VectorRows.Loop ACOSH_LOOP =
      ofLog1p(VectorF64Hyperbolic::acoshArgument, VectorF64Hyperbolic::acoshFinish);
  static final VectorRows.Loop ATANH_LOOP =
      ofLog1p(VectorF64Hyperbolic::atanhArgument, VectorF64Hyperbolic::atanhFinish);

  static final UnaryRow SINH = PaddedRows.ofF64(VectorF64Hyperbolic::sinh);
  static final UnaryRow COSH = PaddedRows.ofF64(VectorF64Hyperbolic::cosh);
  static final UnaryRow ASINH = PaddedRows.ofF64(ASINH_LOOP);
  static final UnaryRow ACOSH = PaddedRows.ofF64(ACOSH_LOOP);
  static final UnaryRow ATANH = PaddedRows.ofF64(ATANH_LOOP);

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

  /// A function that is found from the logarithm of `1 + t`, where `argument` finds `t` and
  /// `finish` reads `x` once more. All of it in one loop would be too much for the compiler.
  private static VectorRows.Loop ofLog1p(VectorRows.Loop argument, VectorRows.Loop2 finish) {
    return (x, y, n) -> {
      RowBuffer buffer = RowBuffer.take();
      try {
        for (long i = 0; i < n; i += RowBuffer.BLOCK) {
          long m = Math.min(RowBuffer.BLOCK, n - i);
          long t = buffer.address(0);
          argument.run(x + i * 8, t, m);
          VectorF64Exponential.log1p(t, t, m);
          finish.run(x + i * 8, t, y + i * 8, m);
        }
      } finally {
        buffer.release();
      }
    };
  }

  private static void asinhArgument(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER).abs();
      DoubleVector square = a.mul(a);
      DoubleVector near = square.div(square.add(1).sqrt().add(1)).add(a);
      DoubleVector t = near.blend(a, a.compare(VectorOperators.GT, LARGE));
      t.intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void asinhFinish(long x, long t, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector log = DoubleVector.fromMemorySegment(SPECIES, ALL, t + i * 8, ORDER);
      VectorMask<Double> large = v.abs().compare(VectorOperators.GT, LARGE);
      signed(log.add(LN2, large), v).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void acoshArgument(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector t = v.sub(1);
      DoubleVector near = t.mul(t.add(2)).sqrt().add(t);
      near.blend(v, v.compare(VectorOperators.GT, LARGE)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void acoshFinish(long x, long t, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector log = DoubleVector.fromMemorySegment(SPECIES, ALL, t + i * 8, ORDER);
      log.add(LN2, v.compare(VectorOperators.GT, LARGE))
          .blend(Double.NaN, v.compare(VectorOperators.LT, 1))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void atanhArgument(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector a = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER).abs();
      a.add(a).div(ONE.sub(a)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void atanhFinish(long x, long t, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      DoubleVector log = DoubleVector.fromMemorySegment(SPECIES, ALL, t + i * 8, ORDER);
      DoubleVector a = v.abs();
      DoubleVector half = log.mul(0.5).blend(a, a.compare(VectorOperators.LT, TINY));
      signed(half, v).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void sinh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      sinh(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static void cosh(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      cosh(DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER))
          .intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
