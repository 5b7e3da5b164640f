package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// Powers of F32 in vectors, within 1 ulp of the true value over the whole range: computed in F64
/// as `exp(b log(a))` and rounded to F32.
final class VectorF32Power {
  private static final int LANES = SPECIES.length();
  private static final int WIDE = VectorF64Exp.SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow POW = PaddedRows.ofF32(VectorF32Power::pow);

  private VectorF32Power() {}

  private static DoubleVector pow(DoubleVector a, DoubleVector b) {
    DoubleVector y = VectorF64Exp.exp(b.mul(VectorF64Math.log(a.abs())));
    return VectorF64Power.signed(y, a, b);
  }

  private static void pow(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += WIDE) {
      DoubleVector v = VectorF32Wide.load(a + i * 4);
      VectorF32Wide.store(pow(v, VectorF32Wide.load(b + i * 4)), y + i * 4);
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
    return PaddedRows.ofF32((x, y, n) -> pow(x, y, n, exponent));
  }

  private static void pow(long x, long y, long n, double exponent) {
    DoubleVector w = DoubleVector.broadcast(VectorF64Exp.SPECIES, exponent);
    for (long i = 0; i < n; i += WIDE) {
      VectorF32Wide.store(pow(VectorF32Wide.load(x + i * 4), w), y + i * 4);
    }
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
