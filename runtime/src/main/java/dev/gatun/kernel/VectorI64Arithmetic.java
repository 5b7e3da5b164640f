package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the I64 arithmetic and operations on bits.
final class VectorI64Arithmetic {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow ADD =
      BlockRows.of(8, 8, LANES, VectorI64Arithmetic::add, I64Arithmetic.ADD);

  static final BinaryRow SUB =
      BlockRows.of(8, 8, LANES, VectorI64Arithmetic::sub, I64Arithmetic.SUB);

  static final BinaryRow MUL =
      BlockRows.of(8, 8, LANES, VectorI64Arithmetic::mul, I64Arithmetic.MUL);

  static final BinaryRow MAXIMUM =
      BlockRows.of(8, 8, LANES, VectorI64Arithmetic::maximum, I64Arithmetic.MAXIMUM);

  static final BinaryRow MINIMUM =
      BlockRows.of(8, 8, LANES, VectorI64Arithmetic::minimum, I64Arithmetic.MINIMUM);

  static final BinaryRow AND = BlockRows.of(8, 8, LANES, VectorI64Arithmetic::and, I64Bits.AND);

  static final BinaryRow OR = BlockRows.of(8, 8, LANES, VectorI64Arithmetic::or, I64Bits.OR);

  static final BinaryRow XOR = BlockRows.of(8, 8, LANES, VectorI64Arithmetic::xor, I64Bits.XOR);

  private VectorI64Arithmetic() {}

  private static void add(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.add(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void sub(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.sub(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void mul(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.mul(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void maximum(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.max(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void minimum(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.min(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void and(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.and(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void or(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.or(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void xor(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + i * 8, ORDER);
      LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + i * 8, ORDER);
      v.lanewise(VectorOperators.XOR, w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  static UnaryRow addScalar(long s) {
    VectorRows.Loop whole = (x, y, n) -> addNumber(x, y, n, s);
    return BlockRows.of(8, 8, LANES, whole, I64Arithmetic.addScalar(s));
  }

  static UnaryRow mulScalar(long s) {
    VectorRows.Loop whole = (x, y, n) -> mulNumber(x, y, n, s);
    return BlockRows.of(8, 8, LANES, whole, I64Arithmetic.mulScalar(s));
  }

  private static void addNumber(long x, long y, long n, long s) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.add(s).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }

  private static void mulNumber(long x, long y, long n, long s) {
    for (long i = 0; i < n; i += LANES) {
      LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, x + i * 8, ORDER);
      v.mul(s).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
  }
}
