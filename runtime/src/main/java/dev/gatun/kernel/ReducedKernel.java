package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// Loops over one panel of [ReducedWeights], `w` from byte `wo` on.
interface ReducedKernel {
  /// One row: `t[j]` = sum over p of `a[ao + p] * w[p][j]`, where `groups` ints hold a column.
  void one(int groups, float[] a, int ao, MemorySegment w, long wo, float[] t);

  /// Four rows, one [ReducedWeights#WIDTH] apart in `t`.
  void four(
      int groups, float[] a, int a0, int a1, int a2, int a3, MemorySegment w, long wo, float[] t);

  /// Writes `width` of the sums, times their scales at `scale` if they have any, to `c`.
  void put(float[] t, int from, int width, MemorySegment w, long scale, MemorySegment c, long to);

  /// `k` elements of each column as F32, with their scales: `b[bo + p * WIDTH + j]`.
  void widen(int k, MemorySegment w, long wo, long scale, float[] b, int bo);

  /// The loops of this process.
  static ReducedKernel of(ReducedWeights.Format format) {
    if (!Dispatch.vector()) {
      return new ScalarReduced(format);
    }
    return switch (format) {
      case BF16 -> new VectorBf16Panels();
      case INT8 -> new VectorInt8Panels();
    };
  }
}
