package dev.gatun.kernel;

import dev.gatun.memory.DType;

/// What attention does to the rows of a block between its products. Operands are addresses in plain
/// [Memory].
interface AttentionRows {
  static AttentionRows of(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? new VectorF32Attention() : new F32Attention();
      case F64 -> Dispatch.vector() ? new VectorF64Attention() : new F64Attention();
      case I32, I64, U8, BOOL, BF16, F16 ->
          throw Element.unsupported("scaledDotProductAttention", dtype);
    };
  }

  /// The largest of the row; NaN where there is one.
  double max(long s, int n);

  /// `s = exp(s - max)`, and the sum of these.
  double exp(long s, int n, double max);

  /// `y = y * factor`
  void scale(long y, int n, double factor);

  /// `y = y + x`
  void add(long y, long x, int n);

  /// `y = y * x`
  void multiply(long y, long x, int n);

  /// `Σ a b`
  double dot(long a, long b, int n);

  /// `s = exp(s - log)`, then `d = s (d - shift)`: the weights and the slope of their scores.
  void slope(long s, long d, int n, double log, double shift);

  /// Writes one value everywhere.
  void fill(long y, int n, double value);

  /// Minus infinity where the mask, of one byte for each element, is 0.
  void hide(long s, long mask, int n);

  /// 0 for the elements to drop, `factor` for the others.
  void keep(long y, int n, Keep keep, long first);
}
