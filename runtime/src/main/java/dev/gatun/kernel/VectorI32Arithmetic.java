package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the I32 arithmetic and operations on bits.
final class VectorI32Arithmetic {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final BinaryRow ADD =
      BlockRows.of(4, 4, LANES, VectorI32Arithmetic::add, I32Arithmetic.ADD);

  static final BinaryRow SUB =
      BlockRows.of(4, 4, LANES, VectorI32Arithmetic::sub, I32Arithmetic.SUB);

  static final BinaryRow MUL =
      BlockRows.of(4, 4, LANES, VectorI32Arithmetic::mul, I32Arithmetic.MUL);

  static final BinaryRow MAXIMUM =
      BlockRows.of(4, 4, LANES, VectorI32Arithmetic::maximum, I32Arithmetic.MAXIMUM);

  static final BinaryRow MINIMUM =
      BlockRows.of(4, 4, LANES, VectorI32Arithmetic::minimum, I32Arithmetic.MINIMUM);

  static final BinaryRow AND = BlockRows.of(4, 4, LANES, VectorI32Arithmetic::and, I32Bits.AND);

  static final BinaryRow OR = BlockRows.of(4, 4, LANES, VectorI32Arithmetic::or, I32Bits.OR);

  static final BinaryRow XOR = BlockRows.of(4, 4, LANES, VectorI32Arithmetic::xor, I32Bits.XOR);

  private VectorI32Arithmetic() {}

  private static void add(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.add(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void sub(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.sub(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void mul(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.mul(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void maximum(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.max(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void minimum(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.min(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void and(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.and(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void or(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.or(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void xor(long a, long b, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, a + i * 4, ORDER);
      IntVector w = IntVector.fromMemorySegment(SPECIES, ALL, b + i * 4, ORDER);
      v.lanewise(VectorOperators.XOR, w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  static UnaryRow addScalar(int s) {
    VectorRows.Loop whole = (x, y, n) -> addNumber(x, y, n, s);
    return BlockRows.of(4, 4, LANES, whole, I32Arithmetic.addScalar(s));
  }

  static UnaryRow mulScalar(int s) {
    VectorRows.Loop whole = (x, y, n) -> mulNumber(x, y, n, s);
    return BlockRows.of(4, 4, LANES, whole, I32Arithmetic.mulScalar(s));
  }

  private static void addNumber(long x, long y, long n, int s) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.add(s).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void mulNumber(long x, long y, long n, int s) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(SPECIES, ALL, x + i * 4, ORDER);
      v.mul(s).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }
}
