package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The contiguous [ConvRuns] in vectors. A rest goes by a mask where the hardware has some, else
/// element by element.
final class VectorConvRuns {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = INTS.length();
  private static final int WIDE = DOUBLES.length();

  /// Whether the rest of a run costs one masked access.
  static final boolean MASKS = INTS.vectorBitSize() >= 256;

  private static final IntVector INDEX = IntVector.zero(INTS).addIndex(1);
  private static final IntVector NOTHING = IntVector.zero(INTS);
  private static final FloatVector FLOAT_INDEX = FloatVector.zero(FLOATS).addIndex(1);
  private static final DoubleVector DOUBLE_INDEX = DoubleVector.zero(DOUBLES).addIndex(1);

  private VectorConvRuns() {}

  /// Sets `n` words of 4 bytes to zero.
  static void zero(long y, long n) {
    long end = n & -LANES;
    for (long i = 0; i < end; i += LANES) {
      NOTHING.intoMemorySegment(ALL, y + i * 4, ORDER);
    }
    if (end == n) {
      return;
    }
    if (MASKS) {
      VectorMask<Integer> mask = INDEX.compare(VectorOperators.LT, (int) (n - end));
      NOTHING.intoMemorySegment(ALL, y + end * 4, ORDER, mask);
      return;
    }
    for (long i = end; i < n; i++) {
      ALL.set(JAVA_INT_UNALIGNED, y + i * 4, 0);
    }
  }

  /// Copies `n` words of 4 bytes.
  static void copy(long x, long y, long n) {
    long end = n & -LANES;
    for (long i = 0; i < end; i += LANES) {
      IntVector.fromMemorySegment(INTS, ALL, x + i * 4, ORDER)
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
    if (end == n) {
      return;
    }
    if (MASKS) {
      VectorMask<Integer> mask = INDEX.compare(VectorOperators.LT, (int) (n - end));
      IntVector.fromMemorySegment(INTS, ALL, x + end * 4, ORDER, mask)
          .intoMemorySegment(ALL, y + end * 4, ORDER, mask);
      return;
    }
    for (long i = end; i < n; i++) {
      int v = ALL.get(JAVA_INT_UNALIGNED, x + i * 4);
      ALL.set(JAVA_INT_UNALIGNED, y + i * 4, v);
    }
  }

  /// Lines of `left` zeros, `n` words and zeros up to `width` words, one after the other. The last
  /// vector of each part may reach into the next line, which is written after it, or up to a vector
  /// beyond the end.
  ///
  /// @param step bytes from one line of `x` to the next
  static void lines(long x, long step, long y, int lines, int left, int n, int width) {
    int whole = n & -LANES;
    VectorMask<Integer> rest = INDEX.compare(VectorOperators.LT, n - whole);
    int stored = left + (whole == n ? n : whole + LANES);
    for (int i = 0; i < lines; i++) {
      long from = x + i * step;
      long to = y + (long) i * width * 4;
      for (int j = 0; j < left; j += LANES) {
        NOTHING.intoMemorySegment(ALL, to + j * 4L, ORDER);
      }
      long at = to + left * 4L;
      for (int j = 0; j < whole; j += LANES) {
        IntVector.fromMemorySegment(INTS, ALL, from + j * 4L, ORDER)
            .intoMemorySegment(ALL, at + j * 4L, ORDER);
      }
      if (whole < n) {
        IntVector.fromMemorySegment(INTS, ALL, from + whole * 4L, ORDER, rest)
            .intoMemorySegment(ALL, at + whole * 4L, ORDER);
      }
      for (int j = stored; j < width; j += LANES) {
        NOTHING.intoMemorySegment(ALL, to + j * 4L, ORDER);
      }
    }
  }

  /// `y += x`
  static void addF32(long x, long y, long n) {
    long end = n & -LANES;
    for (long i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, x + i * 4, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(FLOATS, ALL, y + i * 4, ORDER);
      v.add(w).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
    if (end == n) {
      return;
    }
    if (MASKS) {
      VectorMask<Float> mask = FLOAT_INDEX.compare(VectorOperators.LT, (float) (n - end));
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, x + end * 4, ORDER, mask);
      FloatVector w = FloatVector.fromMemorySegment(FLOATS, ALL, y + end * 4, ORDER, mask);
      v.add(w).intoMemorySegment(ALL, y + end * 4, ORDER, mask);
      return;
    }
    for (long i = end; i < n; i++) {
      float v = ALL.get(JAVA_FLOAT_UNALIGNED, x + i * 4);
      float w = ALL.get(JAVA_FLOAT_UNALIGNED, y + i * 4);
      ALL.set(JAVA_FLOAT_UNALIGNED, y + i * 4, v + w);
    }
  }

  /// `y += x`
  static void addF64(long x, long y, long n) {
    long end = n & -WIDE;
    for (long i = 0; i < end; i += WIDE) {
      DoubleVector v = DoubleVector.fromMemorySegment(DOUBLES, ALL, x + i * 8, ORDER);
      DoubleVector w = DoubleVector.fromMemorySegment(DOUBLES, ALL, y + i * 8, ORDER);
      v.add(w).intoMemorySegment(ALL, y + i * 8, ORDER);
    }
    if (end == n) {
      return;
    }
    if (MASKS) {
      VectorMask<Double> mask = DOUBLE_INDEX.compare(VectorOperators.LT, (double) (n - end));
      DoubleVector v = DoubleVector.fromMemorySegment(DOUBLES, ALL, x + end * 8, ORDER, mask);
      DoubleVector w = DoubleVector.fromMemorySegment(DOUBLES, ALL, y + end * 8, ORDER, mask);
      v.add(w).intoMemorySegment(ALL, y + end * 8, ORDER, mask);
      return;
    }
    for (long i = end; i < n; i++) {
      double v = ALL.get(JAVA_DOUBLE_UNALIGNED, x + i * 8);
      double w = ALL.get(JAVA_DOUBLE_UNALIGNED, y + i * 8);
      ALL.set(JAVA_DOUBLE_UNALIGNED, y + i * 8, v + w);
    }
  }
}
