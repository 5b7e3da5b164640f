package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.util.function.LongBinaryOperator;

/// A reduction to one value. Accumulators travel as 64 bits, those of a double for floating dtypes.
///
/// @param identity value of no elements
/// @param row reduces one row
/// @param combine joins the values of two rows
/// @param store writes a result at a byte offset
record Fold(long identity, Row row, LongBinaryOperator combine, Store store) {
  /// Reduces `n` elements, `n` at least 1, `xs` bytes apart.
  @FunctionalInterface
  interface Row {
    long fold(MemorySegment x, long xo, long xs, long n);
  }

  /// Writes an accumulator as an element.
  @FunctionalInterface
  interface Store {
    void store(MemorySegment y, long at, long bits);
  }

  /// Reduces the elements `from .. to-1` behind the result whose first element is at `base`.
  long range(ReducedShape shape, MemorySegment x, long base, long from, long to) {
    long length = shape.rowLength();
    long stride = shape.rowStride();
    long bits = identity;
    for (long i = from; i < to; ) {
      long column = i % length;
      long n = Math.min(length - column, to - i);
      long at = base + shape.row(i / length) + column * stride;
      bits = combine.applyAsLong(bits, row.fold(x, at, stride, n));
      i += n;
    }
    return bits;
  }
}
