package dev.gatun.kernel;

/// Where [F32Gemm] finds panels of a B that was packed before.
@FunctionalInterface
interface F32PackedB {
  /// Panels of `k` rows and of columns, from row `p` and column `j` on.
  ///
  /// @param p a multiple of [F32Gemm#depth]
  /// @param j a multiple of [F32Gemm#NC]
  /// @param scratch where they may be made
  float[] panels(long p, long j, int k, int columns, Scratch scratch);
}
