package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the I32 comparisons.
final class VectorI32Comparison {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow EQ =
      BlockRows.of(4, 1, Truth.BLOCK, VectorI32Comparison::eq, I32Comparison.EQ);

  static final BinaryRow NE =
      BlockRows.of(4, 1, Truth.BLOCK, VectorI32Comparison::ne, I32Comparison.NE);

  static final BinaryRow LT =
      BlockRows.of(4, 1, Truth.BLOCK, VectorI32Comparison::lt, I32Comparison.LT);

  static final BinaryRow LE =
      BlockRows.of(4, 1, Truth.BLOCK, VectorI32Comparison::le, I32Comparison.LE);

  private VectorI32Comparison() {}

  private static void eq(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 4, ORDER);
        IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 4, ORDER);
        bits |= v.compare(VectorOperators.EQ, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }

  private static void ne(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 4, ORDER);
        IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 4, ORDER);
        bits |= v.compare(VectorOperators.NE, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }

  private static void lt(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 4, ORDER);
        IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 4, ORDER);
        bits |= v.compare(VectorOperators.LT, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }

  private static void le(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 4, ORDER);
        IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 4, ORDER);
        bits |= v.compare(VectorOperators.LE, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }
}
