package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.first;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 arithmetic; they compute the bits of the reference loops.
final class VectorF64Arithmetic {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ZERO = DoubleVector.zero(SPECIES);

  static final BinaryRow ADD =
      VectorRows.ofF64(VectorF64Arithmetic::add, VectorF64Arithmetic::addRest);
  static final BinaryRow SUB =
      VectorRows.ofF64(VectorF64Arithmetic::sub, VectorF64Arithmetic::subRest);
  static final BinaryRow MUL =
      VectorRows.ofF64(VectorF64Arithmetic::mul, VectorF64Arithmetic::mulRest);
  static final BinaryRow DIV =
      VectorRows.ofF64(VectorF64Arithmetic::div, VectorF64Arithmetic::divRest);
  static final BinaryRow MAXIMUM =
      VectorRows.ofF64(VectorF64Arithmetic::maximum, VectorF64Arithmetic::maximumRest);
  static final BinaryRow MINIMUM =
      VectorRows.ofF64(VectorF64Arithmetic::minimum, VectorF64Arithmetic::minimumRest);
  static final BinaryRow WHERE_POSITIVE =
      VectorRows.ofF64(VectorF64Arithmetic::wherePositive, VectorF64Arithmetic::wherePositiveRest);

  private VectorF64Arithmetic() {}

  private static void add(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.add(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void addRest(long a, long b, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.add(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void sub(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.sub(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void subRest(long a, long b, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.sub(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void mul(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.mul(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void mulRest(long a, long b, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.mul(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void div(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.div(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void divRest(long a, long b, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.div(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void maximum(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.max(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void maximumRest(long a, long b, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.max(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void minimum(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.min(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void minimumRest(long a, long b, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.min(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void wherePositive(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      ZERO.blend(v, w.compare(VectorOperators.GT, 0)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void wherePositiveRest(long a, long b, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    ZERO.blend(v, w.compare(VectorOperators.GT, 0)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  static BinaryRow addScaled(double s) {
    return VectorRows.ofF64(
        (a, b, y, n) -> addScaled(a, b, y, n, s), (a, b, y, n) -> addScaledRest(a, b, y, n, s));
  }

  static TernaryRow addcmul(double s) {
    return VectorRows.ofF64(
        (a, b, c, y, n) -> addcmul(a, b, c, y, n, s),
        (a, b, c, y, n) -> addcmulRest(a, b, c, y, n, s));
  }

  static TernaryRow addcdiv(double s) {
    return VectorRows.ofF64(
        (a, b, c, y, n) -> addcdiv(a, b, c, y, n, s),
        (a, b, c, y, n) -> addcdivRest(a, b, c, y, n, s));
  }

  private static void addScaled(long a, long b, long y, long n, double s) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.add(w.mul(s)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void addScaledRest(long a, long b, long y, long n, double s) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.add(w.mul(s)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void addcmul(long a, long b, long c, long y, long n, double s) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, c + i * 8, ORDER);
      u.add(v.mul(s).mul(w)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void addcmulRest(long a, long b, long c, long y, long n, double s) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, c, ORDER, mask);
    u.add(v.mul(s).mul(w)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void addcdiv(long a, long b, long c, long y, long n, double s) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, c + i * 8, ORDER);
      u.add(v.mul(s).div(w)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void addcdivRest(long a, long b, long c, long y, long n, double s) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector u = DoubleVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, c, ORDER, mask);
    u.add(v.mul(s).div(w)).intoMemorySegment(ALL, y, ORDER, mask);
  }
}
