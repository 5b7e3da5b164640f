package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 comparisons.
final class VectorF64Comparison {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow EQ =
      BlockRows.of(8, 1, Truth.BLOCK, VectorF64Comparison::eq, F64Comparison.EQ);

  static final BinaryRow NE =
      BlockRows.of(8, 1, Truth.BLOCK, VectorF64Comparison::ne, F64Comparison.NE);

  static final BinaryRow LT =
      BlockRows.of(8, 1, Truth.BLOCK, VectorF64Comparison::lt, F64Comparison.LT);

  static final BinaryRow LE =
      BlockRows.of(8, 1, Truth.BLOCK, VectorF64Comparison::le, F64Comparison.LE);

  private VectorF64Comparison() {}

  private static void eq(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 8, ORDER);
        DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 8, ORDER);
        bits |= v.compare(VectorOperators.EQ, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }

  private static void ne(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 8, ORDER);
        DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 8, ORDER);
        bits |= v.compare(VectorOperators.NE, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }

  private static void lt(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 8, ORDER);
        DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 8, ORDER);
        bits |= v.compare(VectorOperators.LT, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }

  private static void le(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = 0;
      for (long j = 0; j < Truth.BLOCK; j += LANES) {
        DoubleVector v = DoubleVector.fromMemorySegment(SPECIES, ALL, a + (i + j) * 8, ORDER);
        DoubleVector w = DoubleVector.fromMemorySegment(SPECIES, ALL, b + (i + j) * 8, ORDER);
        bits |= v.compare(VectorOperators.LE, w).toLong() << j;
      }
      Truth.store(bits, y + i);
    }
  }
}
