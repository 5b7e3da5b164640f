package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF64Exp.first;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 functions of one operand; they compute the bits of the reference loops.
final class VectorF64Unary {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, 1);

  static final UnaryRow NEG = VectorRows.ofF64(VectorF64Unary::neg, VectorF64Unary::negRest);
  static final UnaryRow ABS = VectorRows.ofF64(VectorF64Unary::abs, VectorF64Unary::absRest);
  static final UnaryRow SQRT = VectorRows.ofF64(VectorF64Unary::sqrt, VectorF64Unary::sqrtRest);
  static final UnaryRow RECIPROCAL =
      VectorRows.ofF64(VectorF64Unary::reciprocal, VectorF64Unary::reciprocalRest);
  static final UnaryRow RELU = VectorRows.ofF64(VectorF64Unary::relu, VectorF64Unary::reluRest);
  static final UnaryRow SQUARE =
      VectorRows.ofF64(VectorF64Unary::square, VectorF64Unary::squareRest);

  private VectorF64Unary() {}

  private static void neg(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.neg().intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void negRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.neg().intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void abs(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.abs().intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void absRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.abs().intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void sqrt(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.sqrt().intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void sqrtRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.sqrt().intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void reciprocal(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      ONE.div(v).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void reciprocalRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    ONE.div(v).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void relu(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.blend(0, v.compare(VectorOperators.LE, 0)).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void reluRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.blend(0, v.compare(VectorOperators.LE, 0)).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void square(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.mul(v).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void squareRest(long x, long y, long n) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.mul(v).intoMemorySegment(ALL, y, ORDER, mask);
  }

  static UnaryRow addScalar(double s) {
    return VectorRows.ofF64((x, y, n) -> add(x, y, n, s), (x, y, n) -> addRest(x, y, n, s));
  }

  static UnaryRow mulScalar(double s) {
    return VectorRows.ofF64((x, y, n) -> mul(x, y, n, s), (x, y, n) -> mulRest(x, y, n, s));
  }

  private static void add(long x, long y, long n, double s) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.add(s).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void addRest(long x, long y, long n, double s) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.add(s).intoMemorySegment(ALL, y, ORDER, mask);
  }

  private static void mul(long x, long y, long n, double s) {
    for (long i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.mul(s).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void mulRest(long x, long y, long n, double s) {
    VectorMask<Double> mask = first((int) n);
    DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, x, ORDER, mask);
    v.mul(s).intoMemorySegment(ALL, y, ORDER, mask);
  }
}
