package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.first;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F32 arithmetic; they compute the bits of the reference loops.
final class VectorF32Arithmetic {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);

  static final BinaryRow ADD =
      VectorRows.ofF32(VectorF32Arithmetic::add, VectorF32Arithmetic::addRest);
  static final BinaryRow SUB =
      VectorRows.ofF32(VectorF32Arithmetic::sub, VectorF32Arithmetic::subRest);
  static final BinaryRow MUL =
      VectorRows.ofF32(VectorF32Arithmetic::mul, VectorF32Arithmetic::mulRest);
  static final BinaryRow DIV =
      VectorRows.ofF32(VectorF32Arithmetic::div, VectorF32Arithmetic::divRest);
  static final BinaryRow MAXIMUM =
      VectorRows.ofF32(VectorF32Arithmetic::maximum, VectorF32Arithmetic::maximumRest);
  static final BinaryRow MINIMUM =
      VectorRows.ofF32(VectorF32Arithmetic::minimum, VectorF32Arithmetic::minimumRest);
  static final BinaryRow WHERE_POSITIVE =
      VectorRows.ofF32(VectorF32Arithmetic::wherePositive, VectorF32Arithmetic::wherePositiveRest);

  private VectorF32Arithmetic() {}

  private static void add(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.add(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void addRest(long a, long b, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.add(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void sub(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.sub(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void subRest(long a, long b, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.sub(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void mul(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.mul(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void mulRest(long a, long b, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.mul(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void div(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.div(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void divRest(long a, long b, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.div(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void maximum(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.max(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void maximumRest(long a, long b, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.max(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void minimum(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.min(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void minimumRest(long a, long b, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.min(w).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void wherePositive(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      ZERO.blend(v, w.compare(VectorOperators.GT, 0)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void wherePositiveRest(long a, long b, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    ZERO.blend(v, w.compare(VectorOperators.GT, 0)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  static BinaryRow addScaled(float s) {
    return VectorRows.ofF32(
        (a, b, y, n) -> addScaled(a, b, y, n, s), (a, b, y, n) -> addScaledRest(a, b, y, n, s));
  }

  static TernaryRow addcmul(float s) {
    return VectorRows.ofF32(
        (a, b, c, y, n) -> addcmul(a, b, c, y, n, s),
        (a, b, c, y, n) -> addcmulRest(a, b, c, y, n, s));
  }

  static TernaryRow addcdiv(float s) {
    return VectorRows.ofF32(
        (a, b, c, y, n) -> addcdiv(a, b, c, y, n, s),
        (a, b, c, y, n) -> addcdivRest(a, b, c, y, n, s));
  }

  private static void addScaled(long a, long b, long y, long n, float s) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.add(w.mul(s)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void addScaledRest(long a, long b, long y, long n, float s) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    v.add(w.mul(s)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void addcmul(long a, long b, long c, long y, long n, float s) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, c + i * 4, ORDER);
      u.add(v.mul(s).mul(w)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void addcmulRest(long a, long b, long c, long y, long n, float s) {
    VectorMask<Float> mask = first((int) n);
    FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, c, ORDER, mask);
    u.add(v.mul(s).mul(w)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void addcdiv(long a, long b, long c, long y, long n, float s) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, c + i * 4, ORDER);
      u.add(v.mul(s).div(w)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void addcdivRest(long a, long b, long c, long y, long n, float s) {
    VectorMask<Float> mask = first((int) n);
    FloatVector u = FloatVector.fromMemorySegment(SPECIES, ALL, a, ORDER, mask);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, b, ORDER, mask);
    FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, c, ORDER, mask);
    u.add(v.mul(s).div(w)).intoMemorySegment(ALL, y, ORDER, mask);
  }
}
