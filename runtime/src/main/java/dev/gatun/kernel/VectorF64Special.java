package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import java.util.Locale;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of F64 functions of two operands, out of the mathematical functions that the JDK
/// has for vectors: within 2 ulp of the true value, special cases as in the reference loops.
final class VectorF64Special {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow ATAN2 = row(VectorF64Special::atan2, F64Special.ATAN2);
  static final BinaryRow HYPOT = row(VectorF64Special::hypot, F64Special.HYPOT);
  static final BinaryRow LOG_ADD_EXP = row(VectorF64Special::logAddExp, F64Special.LOG_ADD_EXP);
  static final BinaryRow X_LOG_Y = row(VectorF64Special::xlogy, F64Special.X_LOG_Y);

  private VectorF64Special() {}

  private static BinaryRow row(VectorRows.Loop2 whole, BinaryRow reference) {
    return hasFunctions() ? BlockRows.of(8, 8, LANES, whole, reference) : reference;
  }

  /// Whether the JDK brings the functions along; elsewhere it computes lane by lane, and far slower
  /// than a plain loop.
  private static boolean hasFunctions() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "");
    return (system.contains("linux") || system.contains("windows"))
        && (processor.equals("amd64") || processor.equals("x86_64"));
  }

  private static void atan2(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.lanewise(VectorOperators.ATAN2, w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void hypot(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.lanewise(VectorOperators.HYPOT, w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void logAddExp(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector small = v.sub(w).abs().neg().lanewise(VectorOperators.EXP);
      DoubleVector sum = v.max(w).add(small.lanewise(VectorOperators.LOG1P));
      VectorMask<Double> equal = v.compare(VectorOperators.EQ, w);
      VectorMask<Double> infinite = v.test(VectorOperators.IS_INFINITE);
      sum.blend(v, equal.and(infinite)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void xlogy(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector product = v.mul(w.lanewise(VectorOperators.LOG));
      VectorMask<Double> number = w.compare(VectorOperators.EQ, w);
      VectorMask<Double> zero = v.compare(VectorOperators.EQ, 0).and(number);
      product.blend(0, zero).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
