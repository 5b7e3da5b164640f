package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// One side of the diagonal of matrices, row by row.
public final class TriangleKernels {
  private TriangleKernels() {}

  /// `y[b,i,j] = x[b,i,j]` where `j - i` is at most (or, for `upper`, at least) `shift`, else 0.
  /// Every dtype; both are contiguous and may be the same memory.
  ///
  /// @param dtype dtype of both
  /// @param upper which side stays
  /// @param shift the diagonal that stays too
  /// @param rows of one matrix
  /// @param columns of one matrix
  /// @param matrices how many
  /// @param x operand
  /// @param y result
  public static void copy(
      DType dtype,
      boolean upper,
      long shift,
      long rows,
      long columns,
      long matrices,
      ElementRun x,
      ElementRun y) {
    int bytes = dtype.byteSize();
    boolean same = x.memory().address() == y.memory().address() && x.offset() == y.offset();
    for (long r = 0; r < matrices * rows; r++) {
      long edge = Math.clamp(r % rows + shift + (upper ? 0 : 1), 0, columns);
      long first = upper ? edge : 0;
      long last = upper ? columns : edge;
      long row = r * columns;
      if (!same) {
        long n = (last - first) * bytes;
        MemorySegment.copy(
            x.memory(), x.at(row + first, bytes), y.memory(), y.at(row + first, bytes), n);
      }
      zero(y, y.at(row, bytes), first * bytes);
      zero(y, y.at(row + last, bytes), (columns - last) * bytes);
    }
  }

  private static void zero(ElementRun y, long at, long bytes) {
    if (bytes > 0) {
      y.memory().asSlice(at, bytes).fill((byte) 0);
    }
  }
}
