package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.Steps.slot;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF64Power.signed;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// Powers of F32 in vectors, within 1 ulp of the true value over the whole range: computed in F64
/// as `exp(b log(a))` and rounded to F32.
final class VectorF32Power {
  private static final int LANES = SPECIES.length();
  private static final int WIDE = VectorF64Exp.SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow POW =
      PaddedRows.ofF32(
          Steps.of(
              4,
              (a, _, _, t, n) -> VectorF32Wide.widen(a, slot(t, 0), n),
              (_, b, _, t, n) -> VectorF32Wide.widen(b, slot(t, 1), n),
              (_, _, _, t, n) -> abs(slot(t, 0), slot(t, 2), n),
              (_, _, _, t, n) -> VectorF64Math.log(slot(t, 2), slot(t, 2), n),
              (_, _, _, t, n) -> product(slot(t, 0), slot(t, 1), slot(t, 2), n),
              (_, _, _, t, n) -> VectorF64Math.exp(slot(t, 2), slot(t, 2), n),
              (_, _, _, t, n) -> signed(slot(t, 2), slot(t, 0), slot(t, 1), slot(t, 2), n),
              (_, _, y, t, n) -> VectorF32Wide.narrow(slot(t, 2), y, n)));

  private VectorF32Power() {}

  private static void abs(long x, long y, long n) {
    for (long i = 0; i < n; i += WIDE) {
      DoubleVector v = DoubleVector.fromMemorySegment(VectorF64Exp.SPECIES, ALL, x + i * 8, ORDER);
      v.abs().intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  /// Multiplies the logarithm of `|a|` by `b`.
  private static void product(long a, long b, long log, long n) {
    for (long i = 0; i < n; i += WIDE) {
      DoubleVector u = DoubleVector.fromMemorySegment(VectorF64Exp.SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(VectorF64Exp.SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector w =
          DoubleVector.fromMemorySegment(VectorF64Exp.SPECIES, ALL, log + i * 8, ORDER);
      w.mul(v).blend(0, VectorF64Power.isOne(u, v)).intoMemorySegment(ALL, log + i * 8, ORDER);
    }
  }

  /// `y = x` to one power.
  static UnaryRow of(double exponent) {
    if (exponent == 3) {
      return PaddedRows.ofF32(VectorF32Power::cube);
    }
    if (exponent == 4) {
      return PaddedRows.ofF32(VectorF32Power::fourth);
    }
    MemorySegment power = Arena.ofAuto().allocate(4, 4);
    Element.f32(power, 0, (float) exponent);
    return (x, xo, xs, y, yo, ys, n) -> POW.apply(x, xo, xs, power, 0, 0, y, yo, ys, n);
  }

  private static void cube(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.mul(v).mul(v).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void fourth(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      FloatVector z = v.mul(v);
      z.mul(z).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }
}
