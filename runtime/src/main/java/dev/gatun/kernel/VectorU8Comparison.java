package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the U8 and BOOL comparisons.
final class VectorU8Comparison {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final ByteVector ZERO = ByteVector.zero(SPECIES);
  private static final ByteVector ONE = ByteVector.broadcast(SPECIES, 1);

  static final BinaryRow EQ =
      BlockRows.of(1, 1, Truth.BLOCK, VectorU8Comparison::eq, U8Comparison.EQ);

  static final BinaryRow NE =
      BlockRows.of(1, 1, Truth.BLOCK, VectorU8Comparison::ne, U8Comparison.NE);

  static final BinaryRow LT =
      BlockRows.of(1, 1, Truth.BLOCK, VectorU8Comparison::lt, U8Comparison.LT);

  static final BinaryRow LE =
      BlockRows.of(1, 1, Truth.BLOCK, VectorU8Comparison::le, U8Comparison.LE);

  private VectorU8Comparison() {}

  private static void eq(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      ZERO.blend(ONE, v.compare(VectorOperators.EQ, w)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void ne(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      ZERO.blend(ONE, v.compare(VectorOperators.NE, w)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void lt(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      ZERO.blend(ONE, v.compare(VectorOperators.ULT, w)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void le(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(SPECIES, ALL, b + i, ORDER);
      ZERO.blend(ONE, v.compare(VectorOperators.ULE, w)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }
}
