package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.gatun.memory.DType;

/// Elements where a mask is true. Operands are contiguous; a byte of a mask is true unless it is 0.
public final class MaskKernels {
  private MaskKernels() {}

  /// How many are true.
  ///
  /// @param mask BOOL
  /// @param n elements
  /// @return the number
  public static long count(ElementRun mask, long n) {
    try (PlainRun m = PlainRun.of(mask, n, 1)) {
      long at = m.address();
      long sum = 0;
      for (long i = 0; i < n; i++) {
        sum += isTrue(at + i);
      }
      return sum;
    }
  }

  /// Writes the places that are true, ascending.
  ///
  /// @param mask BOOL
  /// @param n elements of the mask
  /// @param y I64
  /// @param count how many are true
  public static void places(ElementRun mask, long n, ElementRun y, long count) {
    try (PlainRun m = PlainRun.of(mask, n, 1);
        PlainRun to = PlainRun.of(y, count, Long.BYTES)) {
      long at = m.address();
      long end = to.address() + count * Long.BYTES;
      // Written everywhere and kept where true: a branch that cannot be foreseen costs more.
      long next = to.address();
      for (long i = 0; next < end; i++) {
        ALL.set(JAVA_LONG_UNALIGNED, next, i);
        next += isTrue(at + i) * Long.BYTES;
      }
      to.store();
    }
  }

  /// Writes flat places as rows of indices.
  ///
  /// @param places I64, row-major positions in `shape`
  /// @param n how many
  /// @param shape sizes
  /// @param y I64 `[n, rank]`
  public static void unravel(ElementRun places, long n, long[] shape, ElementRun y) {
    int rank = shape.length;
    try (PlainRun from = PlainRun.of(places, n, Long.BYTES);
        PlainRun to = PlainRun.of(y, n * rank, Long.BYTES)) {
      for (long i = 0; i < n; i++) {
        long place = ALL.get(JAVA_LONG_UNALIGNED, from.address() + i * Long.BYTES);
        for (int d = rank - 1; d >= 0; d--) {
          long above = place / shape[d];
          long at = to.address() + (i * rank + d) * Long.BYTES;
          ALL.set(JAVA_LONG_UNALIGNED, at, place - above * shape[d]);
          place = above;
        }
      }
      to.store();
    }
  }

  /// Packs the elements of `x` where the mask is true.
  ///
  /// @param dtype dtype of `x` and `y`
  /// @param mask BOOL
  /// @param x operand, as long as the mask
  /// @param n elements of the mask
  /// @param y result
  /// @param count how many are true
  public static void select(
      DType dtype, ElementRun mask, ElementRun x, long n, ElementRun y, long count) {
    int bytes = dtype.byteSize();
    try (PlainRun m = PlainRun.of(mask, n, 1);
        PlainRun from = PlainRun.of(x, n, bytes);
        PlainRun to = PlainRun.of(y, count, bytes)) {
      long end = to.address() + count * bytes;
      switch (bytes) {
        case 1 -> select1(m.address(), from.address(), to.address(), end);
        case 2 -> select2(m.address(), from.address(), to.address(), end);
        case 4 -> select4(m.address(), from.address(), to.address(), end);
        default -> select8(m.address(), from.address(), to.address(), end);
      }
      to.store();
    }
  }

  /// Spreads the elements of `x`, in order, over the places of `y` where the mask is true.
  ///
  /// @param dtype dtype of `x` and `y`
  /// @param mask BOOL
  /// @param x operand with at least as many elements as are true
  /// @param n elements of the mask and of `y`
  /// @param y result, unchanged where the mask is false
  /// @param count how many are true
  public static void spread(
      DType dtype, ElementRun mask, ElementRun x, long n, ElementRun y, long count) {
    int bytes = dtype.byteSize();
    try (PlainRun m = PlainRun.of(mask, n, 1);
        PlainRun from = PlainRun.of(x, count, bytes);
        PlainRun to = PlainRun.of(y, n, bytes)) {
      long end = from.address() + count * bytes;
      switch (bytes) {
        case 1 -> spread1(m.address(), from.address(), end, to.address());
        case 2 -> spread2(m.address(), from.address(), end, to.address());
        case 4 -> spread4(m.address(), from.address(), end, to.address());
        default -> spread8(m.address(), from.address(), end, to.address());
      }
      to.store();
    }
  }

  private static void select1(long mask, long x, long y, long end) {
    long next = y;
    for (long i = 0; next < end; i++) {
      ALL.set(JAVA_BYTE, next, ALL.get(JAVA_BYTE, x + i));
      next += isTrue(mask + i);
    }
  }

  private static void select2(long mask, long x, long y, long end) {
    long next = y;
    for (long i = 0; next < end; i++) {
      ALL.set(JAVA_SHORT_UNALIGNED, next, ALL.get(JAVA_SHORT_UNALIGNED, x + i * 2));
      next += isTrue(mask + i) * 2;
    }
  }

  private static void select4(long mask, long x, long y, long end) {
    long next = y;
    for (long i = 0; next < end; i++) {
      ALL.set(JAVA_INT_UNALIGNED, next, ALL.get(JAVA_INT_UNALIGNED, x + i * 4));
      next += isTrue(mask + i) * 4;
    }
  }

  private static void select8(long mask, long x, long y, long end) {
    long next = y;
    for (long i = 0; next < end; i++) {
      ALL.set(JAVA_LONG_UNALIGNED, next, ALL.get(JAVA_LONG_UNALIGNED, x + i * 8));
      next += isTrue(mask + i) * 8;
    }
  }

  private static void spread1(long mask, long x, long end, long y) {
    long next = x;
    for (long i = 0; next < end; i++) {
      if (ALL.get(JAVA_BYTE, mask + i) != 0) {
        ALL.set(JAVA_BYTE, y + i, ALL.get(JAVA_BYTE, next));
        next += 1;
      }
    }
  }

  private static void spread2(long mask, long x, long end, long y) {
    long next = x;
    for (long i = 0; next < end; i++) {
      if (ALL.get(JAVA_BYTE, mask + i) != 0) {
        ALL.set(JAVA_SHORT_UNALIGNED, y + i * 2, ALL.get(JAVA_SHORT_UNALIGNED, next));
        next += 2;
      }
    }
  }

  private static void spread4(long mask, long x, long end, long y) {
    long next = x;
    for (long i = 0; next < end; i++) {
      if (ALL.get(JAVA_BYTE, mask + i) != 0) {
        ALL.set(JAVA_INT_UNALIGNED, y + i * 4, ALL.get(JAVA_INT_UNALIGNED, next));
        next += 4;
      }
    }
  }

  private static void spread8(long mask, long x, long end, long y) {
    long next = x;
    for (long i = 0; next < end; i++) {
      if (ALL.get(JAVA_BYTE, mask + i) != 0) {
        ALL.set(JAVA_LONG_UNALIGNED, y + i * 8, ALL.get(JAVA_LONG_UNALIGNED, next));
        next += 8;
      }
    }
  }

  /// 1 for true.
  private static long isTrue(long at) {
    long value = ALL.get(JAVA_BYTE, at);
    return (value | -value) >>> 63;
  }
}
