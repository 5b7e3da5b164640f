package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// One row of an operation with one operand: `y[i] = f(x[i])` for `i` in `0 .. n-1`.
///
/// Offsets and strides are bytes; a stride of 0 repeats the operand's element. The result may be
/// the operand itself (same segment, offset and stride), but must not overlap it otherwise.
@FunctionalInterface
public interface UnaryRow {
  /// Applies the operation to one row.
  ///
  /// @param x operand
  /// @param xo byte offset of its first element
  /// @param xs bytes from one element to the next
  /// @param y result
  /// @param yo byte offset of its first element
  /// @param ys bytes from one element to the next
  /// @param n number of elements
  void apply(MemorySegment x, long xo, long xs, MemorySegment y, long yo, long ys, long n);
}
