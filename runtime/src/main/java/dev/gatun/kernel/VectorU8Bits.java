package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the U8 operations on bits and of the logic of BOOL.
final class VectorU8Bits {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final ByteVector ZERO = ByteVector.zero(SPECIES);
  private static final ByteVector ONE = ByteVector.broadcast(SPECIES, 1);

  static final BinaryRow AND = BlockRows.of(1, 1, LANES, VectorU8Bits::and, U8Bits.AND);

  static final BinaryRow OR = BlockRows.of(1, 1, LANES, VectorU8Bits::or, U8Bits.OR);

  static final BinaryRow XOR = BlockRows.of(1, 1, LANES, VectorU8Bits::xor, U8Bits.XOR);

  static final BinaryRow LOGICAL_AND =
      BlockRows.of(1, 1, LANES, VectorU8Bits::logicalAnd, ComparisonKernels.AND);

  static final BinaryRow LOGICAL_OR =
      BlockRows.of(1, 1, LANES, VectorU8Bits::logicalOr, ComparisonKernels.OR);

  static final BinaryRow LOGICAL_XOR =
      BlockRows.of(1, 1, LANES, VectorU8Bits::logicalXor, ComparisonKernels.XOR);

  static final UnaryRow LOGICAL_NOT =
      BlockRows.of(1, 1, LANES, VectorU8Bits::logicalNot, ComparisonKernels.NOT);

  private VectorU8Bits() {}

  private static void and(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      v.and(w).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void or(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      v.or(w).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void xor(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      v.lanewise(VectorOperators.XOR, w).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void logicalAnd(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      VectorMask<Byte> p = v.compare(VectorOperators.NE, ZERO);
      VectorMask<Byte> q = w.compare(VectorOperators.NE, ZERO);
      ZERO.blend(ONE, p.and(q)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void logicalOr(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      VectorMask<Byte> p = v.compare(VectorOperators.NE, ZERO);
      VectorMask<Byte> q = w.compare(VectorOperators.NE, ZERO);
      ZERO.blend(ONE, p.or(q)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void logicalXor(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      VectorMask<Byte> p = v.compare(VectorOperators.NE, ZERO);
      VectorMask<Byte> q = w.compare(VectorOperators.NE, ZERO);
      ZERO.blend(ONE, p.xor(q)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void logicalNot(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, x + i, ORDER);
      ZERO.blend(ONE, v.compare(VectorOperators.EQ, ZERO)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }
}
