package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the F64 reductions, for contiguous rows of plain [Memory].
final class VectorF64Folds {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> FULL = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = WIDE.length();
  private static final int STEP = 4 * LANES;

  // What is added up before it meets the rest, whatever memory it comes from.
  private static final int PIECE = VectorRows.BLOCK;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static final Fold SUM = F64Folds.sum(VectorF64Folds::sum);
  static final Fold MAX = F64Folds.max(VectorF64Folds::max);
  static final Fold MIN = F64Folds.min(VectorF64Folds::min);
  static final ColumnSums COLUMNS = VectorF64Folds::columns;

  private VectorF64Folds() {}

  /// Other rows are copied piece by piece and added up in the same order.
  private static long sum(MemorySegment x, long xo, long xs, long n) {
    boolean plain = xs == 8 && Memory.isPlain(x);
    long end = n & -STEP;
    double total = 0;
    if (end > 0 && plain) {
      total = sum(Memory.address(x, xo, end * 8), end);
    } else if (end > 0) {
      RowBuffer buffer = RowBuffer.take();
      for (long i = 0; i < end; i += PIECE) {
        long m = Math.min(PIECE, end - i);
        total += piece(buffer.load(i, 0, DType.F64, x, xo, xs, m), m);
      }
      buffer.release();
    }
    double rest = Double.longBitsToDouble(F64Folds.sum(x, xo + end * xs, xs, n - end));
    return Double.doubleToRawLongBits(total + rest);
  }

  /// The sum of `n` elements from an address on.
  static double total(long x, long n) {
    long end = n & -STEP;
    return sum(x, end) + Double.longBitsToDouble(F64Folds.sum(ALL, x + end * 8, 8, n - end));
  }

  private static double sum(long x, long n) {
    double total = 0;
    for (long i = 0; i < n; i += PIECE) {
      total += piece(x + i * 8, Math.min(PIECE, n - i));
    }
    return total;
  }

  private static double piece(long x, long n) {
    DoubleVector s0 = DoubleVector.zero(WIDE);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    for (long i = 0; i < n; i += STEP) {
      long at = x + i * 8;
      s0 = s0.add(widen(at));
      s1 = s1.add(widen(at + LANES * 8L));
      s2 = s2.add(widen(at + 2L * LANES * 8));
      s3 = s3.add(widen(at + 3L * LANES * 8));
    }
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
  }

  private static long max(MemorySegment x, long xo, long xs, long n) {
    if (xs != 8 || n < 4L * FULL.length() || !Memory.isPlain(x)) {
      return F64Folds.max(x, xo, xs, n);
    }
    return Double.doubleToRawLongBits(max(Memory.address(x, xo, n * 8), n));
  }

  /// Of at least four vectors of elements.
  static double max(long x, long n) {
    long step = 4L * FULL.length();
    DoubleVector s0 = DoubleVector.fromMemorySegment(FULL, ALL, x, ORDER);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = x + Math.min(i, n - step) * 8;
      s0 = s0.max(DoubleVector.fromMemorySegment(FULL, ALL, at, ORDER));
      s1 = s1.max(DoubleVector.fromMemorySegment(FULL, ALL, at + FULL.length() * 8L, ORDER));
      s2 = s2.max(DoubleVector.fromMemorySegment(FULL, ALL, at + 2L * FULL.length() * 8, ORDER));
      s3 = s3.max(DoubleVector.fromMemorySegment(FULL, ALL, at + 3L * FULL.length() * 8, ORDER));
    }
    return s0.max(s1).max(s2.max(s3)).reduceLanes(VectorOperators.MAX);
  }

  private static long min(MemorySegment x, long xo, long xs, long n) {
    if (xs != 8 || n < 4L * FULL.length() || !Memory.isPlain(x)) {
      return F64Folds.min(x, xo, xs, n);
    }
    return Double.doubleToRawLongBits(min(Memory.address(x, xo, n * 8), n));
  }

  /// Of at least four vectors of elements.
  static double min(long x, long n) {
    long step = 4L * FULL.length();
    DoubleVector s0 = DoubleVector.fromMemorySegment(FULL, ALL, x, ORDER);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    // The last step may overlap the one before it, which no extreme minds.
    for (long i = 0; i < n; i += step) {
      long at = x + Math.min(i, n - step) * 8;
      s0 = s0.min(DoubleVector.fromMemorySegment(FULL, ALL, at, ORDER));
      s1 = s1.min(DoubleVector.fromMemorySegment(FULL, ALL, at + FULL.length() * 8L, ORDER));
      s2 = s2.min(DoubleVector.fromMemorySegment(FULL, ALL, at + 2L * FULL.length() * 8, ORDER));
      s3 = s3.min(DoubleVector.fromMemorySegment(FULL, ALL, at + 3L * FULL.length() * 8, ORDER));
    }
    return s0.min(s1).min(s2.min(s3)).reduceLanes(VectorOperators.MIN);
  }

  private static void columns(
      MemorySegment x, long xo, long rowStride, long rows, int columns, double[] into, int at) {
    long bytes = (rows - 1) * rowStride + columns * 8L;
    if (rows == 0 || !Memory.isPlain(x)) {
      F64Folds.COLUMNS.sum(x, xo, rowStride, rows, columns, into, at);
      return;
    }
    long first = Memory.address(x, xo, bytes);
    int c = 0;
    for (; c + STEP <= columns; c += STEP) {
      tile(first + c * 8L, rowStride, rows, into, at + c);
    }
    for (; c + LANES <= columns; c += LANES) {
      strip(first + c * 8L, rowStride, rows, into, at + c);
    }
    if (c < columns) {
      F64Folds.COLUMNS.sum(x, xo + c * 8L, rowStride, rows, columns - c, into, at + c);
    }
  }

  private static void tile(long x, long rowStride, long rows, double[] into, int at) {
    DoubleVector s0 = DoubleVector.zero(WIDE);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    for (long r = 0; r < rows; r++) {
      long from = x + r * rowStride;
      s0 = s0.add(widen(from));
      s1 = s1.add(widen(from + LANES * 8L));
      s2 = s2.add(widen(from + 2L * LANES * 8));
      s3 = s3.add(widen(from + 3L * LANES * 8));
    }
    s0.intoArray(into, at);
    s1.intoArray(into, at + LANES);
    s2.intoArray(into, at + 2 * LANES);
    s3.intoArray(into, at + 3 * LANES);
  }

  private static void strip(long x, long rowStride, long rows, double[] into, int at) {
    DoubleVector s = DoubleVector.zero(WIDE);
    for (long r = 0; r < rows; r++) {
      s = s.add(widen(x + r * rowStride));
    }
    s.intoArray(into, at);
  }

  private static DoubleVector widen(long at) {
    return DoubleVector.fromMemorySegment(WIDE, ALL, at, ORDER);
  }
}
