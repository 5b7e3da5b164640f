package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Truth values in memory, a vector of bytes at a time, as the bits of a number: what vectors of
/// wider elements make masks of, and make of masks.
final class Truth {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final ByteVector ZERO = ByteVector.zero(SPECIES);
  private static final ByteVector ONE = ByteVector.broadcast(SPECIES, 1);

  /// How many there are in a number.
  static final int BLOCK = SPECIES.length();

  private Truth() {}

  static void store(long bits, long at) {
    ZERO.blend(ONE, VectorMask.fromLong(SPECIES, bits)).intoMemorySegment(ALL, at, ORDER);
  }

  static long load(long at) {
    ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, at, ORDER);
    return v.compare(VectorOperators.NE, (byte) 0).toLong();
  }
}
