package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops that choose between two operands by a third, which is BOOL.
final class VectorWhere {
  private static final VectorSpecies<Byte> S1 = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> S2 = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> S4 = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> S8 = LongVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final TernaryRow WHERE1 =
      BlockRows.of(1, 1, Truth.BLOCK, VectorWhere::where1, Moves.WHERE1);
  static final TernaryRow WHERE2 =
      BlockRows.of(1, 2, Truth.BLOCK, VectorWhere::where2, Moves.WHERE2);
  static final TernaryRow WHERE4 =
      BlockRows.of(1, 4, Truth.BLOCK, VectorWhere::where4, Moves.WHERE4);
  static final TernaryRow WHERE8 =
      BlockRows.of(1, 8, Truth.BLOCK, VectorWhere::where8, Moves.WHERE8);

  private VectorWhere() {}

  private static void where1(long c, long a, long b, long y, long n) {
    for (long i = 0; i < n; i += S1.length()) {
      ByteVector m = ByteVector.fromMemorySegment(S1, ALL, c + i, ORDER);
      ByteVector v = ByteVector.fromMemorySegment(S1, ALL, a + i, ORDER);
      ByteVector w = ByteVector.fromMemorySegment(S1, ALL, b + i, ORDER);
      w.blend(v, m.compare(VectorOperators.NE, (byte) 0)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  private static void where2(long c, long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = Truth.load(c + i);
      for (long j = 0; j < Truth.BLOCK; j += S2.length()) {
        long at = (i + j) * 2;
        ShortVector v = ShortVector.fromMemorySegment(S2, ALL, a + at, ORDER);
        ShortVector w = ShortVector.fromMemorySegment(S2, ALL, b + at, ORDER);
        w.blend(v, VectorMask.fromLong(S2, bits >>> j)).intoMemorySegment(ALL, y + at, ORDER);
      }
    }
  }

  private static void where4(long c, long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = Truth.load(c + i);
      for (long j = 0; j < Truth.BLOCK; j += S4.length()) {
        long at = (i + j) * 4;
        IntVector v = IntVector.fromMemorySegment(S4, ALL, a + at, ORDER);
        IntVector w = IntVector.fromMemorySegment(S4, ALL, b + at, ORDER);
        w.blend(v, VectorMask.fromLong(S4, bits >>> j)).intoMemorySegment(ALL, y + at, ORDER);
      }
    }
  }

  private static void where8(long c, long a, long b, long y, long n) {
    for (long i = 0; i < n; i += Truth.BLOCK) {
      long bits = Truth.load(c + i);
      for (long j = 0; j < Truth.BLOCK; j += S8.length()) {
        long at = (i + j) * 8;
        LongVector v = LongVector.fromMemorySegment(S8, ALL, a + at, ORDER);
        LongVector w = LongVector.fromMemorySegment(S8, ALL, b + at, ORDER);
        w.blend(v, VectorMask.fromLong(S8, bits >>> j)).intoMemorySegment(ALL, y + at, ORDER);
      }
    }
  }
}
