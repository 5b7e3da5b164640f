package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.first;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F32 functions of one operand; they compute the bits of the reference loops.
final class VectorF32Unary {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);

  static final UnaryRow NEG = VectorRows.ofF32(VectorF32Unary::neg, VectorF32Unary::negRest);
  static final UnaryRow ABS = VectorRows.ofF32(VectorF32Unary::abs, VectorF32Unary::absRest);
  static final UnaryRow SQRT = VectorRows.ofF32(VectorF32Unary::sqrt, VectorF32Unary::sqrtRest);
  static final UnaryRow RECIPROCAL =
      VectorRows.ofF32(VectorF32Unary::reciprocal, VectorF32Unary::reciprocalRest);
  static final UnaryRow RELU = VectorRows.ofF32(VectorF32Unary::relu, VectorF32Unary::reluRest);
  static final UnaryRow SQUARE =
      VectorRows.ofF32(VectorF32Unary::square, VectorF32Unary::squareRest);

  private VectorF32Unary() {}

  private static void neg(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.neg().intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void negRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.neg().intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void abs(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.abs().intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void absRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.abs().intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void sqrt(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.sqrt().intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void sqrtRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.sqrt().intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void reciprocal(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      ONE.div(v).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void reciprocalRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    ONE.div(v).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void relu(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.blend(0, v.compare(VectorOperators.LE, 0)).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void reluRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.blend(0, v.compare(VectorOperators.LE, 0)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void square(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.mul(v).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void squareRest(long x, long y, long n) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.mul(v).intoMemorySegment(ALL, y, ORDER, mask);
  }

  static UnaryRow addScalar(float s) {
    return VectorRows.ofF32((x, y, n) -> add(x, y, n, s), (x, y, n) -> addRest(x, y, n, s));
  }

  static UnaryRow mulScalar(float s) {
    return VectorRows.ofF32((x, y, n) -> mul(x, y, n, s), (x, y, n) -> mulRest(x, y, n, s));
  }

  private static void add(long x, long y, long n, float s) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.add(s).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void addRest(long x, long y, long n, float s) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.add(s).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void mul(long x, long y, long n, float s) {
    for (long i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.mul(s).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void mulRest(long x, long y, long n, float s) {
    VectorMask<Float> mask = first((int) n);
    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.mul(s).intoMemorySegment(ALL, y, ORDER, mask);
  }
}
