package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the I64 comparisons.
final class VectorI64Comparison {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow EQ =
      BlockRows.of(8, 1, Truth.BLOCK, VectorI64Comparison::eq, I64Comparison.EQ);

  static final BinaryRow NE =
      BlockRows.of(8, 1, Truth.BLOCK, VectorI64Comparison::ne, I64Comparison.NE);

  static final BinaryRow LT =
      BlockRows.of(8, 1, Truth.BLOCK, VectorI64Comparison::lt, I64Comparison.LT);

  static final BinaryRow LE =
      BlockRows.of(8, 1, Truth.BLOCK, VectorI64Comparison::le, I64Comparison.LE);

  private VectorI64Comparison() {}

  private static void eq(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 8, ORDER);
        LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 8, ORDER);
        bits |= v.compare(VectorOperators.EQ, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }

  private static void ne(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 8, ORDER);
        LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 8, ORDER);
        bits |= v.compare(VectorOperators.NE, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }

  private static void lt(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 8, ORDER);
        LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 8, ORDER);
        bits |= v.compare(VectorOperators.LT, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }

  private static void le(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        LongVector v = LongVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 8, ORDER);
        LongVector w = LongVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 8, ORDER);
        bits |= v.compare(VectorOperators.LE, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }
}
