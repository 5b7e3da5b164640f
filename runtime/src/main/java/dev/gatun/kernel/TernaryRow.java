package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// One row of an operation with three operands: `y[i] = f(a[i], b[i], c[i])` for `i` in `0 .. n-1`.
///
/// Offsets and strides are bytes; a stride of 0 repeats the operand's element. The result may be an
/// operand itself (same segment, offset and stride), but must not overlap it otherwise.
@FunctionalInterface
public interface TernaryRow {
  /// Applies the operation to one row.
  ///
  /// @param a first operand
  /// @param ao byte offset of its first element
  /// @param as bytes from one element to the next
  /// @param b second operand
  /// @param bo byte offset of its first element
  /// @param bs bytes from one element to the next
  /// @param c third operand
  /// @param co byte offset of its first element
  /// @param cs bytes from one element to the next
  /// @param y result
  /// @param yo byte offset of its first element
  /// @param ys bytes from one element to the next
  /// @param n number of elements
  void apply(
      MemorySegment a,
      long ao,
      long as,
      MemorySegment b,
      long bo,
      long bs,
      MemorySegment c,
      long co,
      long cs,
      MemorySegment y,
      long yo,
      long ys,
      long n);
}
