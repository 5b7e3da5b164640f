package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// Adds rows of contiguous elements up side by side, in double.
@FunctionalInterface
interface ColumnSums {
  /// Sums `rows` rows into `into[at .. at + columns - 1]`.
  void sum(MemorySegment x, long xo, long rowStride, long rows, int columns, double[] into, int at);
}
