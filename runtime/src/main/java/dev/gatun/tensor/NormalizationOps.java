package dev.gatun.tensor;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// Operations that give the elements of a group a mean and a variance. Results belong to the
/// current scope.
public sealed interface NormalizationOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// `(x - mean) / √(variance + eps) weight + bias`, over the last dimensions, as one operation.
  ///
  /// | operand  | shape                  |
  /// |----------|------------------------|
  /// | this     | `[*, normalizedShape]` |
  /// | `weight` | `normalizedShape`      |
  /// | `bias`   | `normalizedShape`      |
  /// | result   | that of this           |
  ///
  /// Dtypes: F32 or F64, equal; BF16 and F16 are computed in F32. The variance is the biased one.
  ///
  /// @param normalizedShape the last dimensions of this, at least one
  /// @param weight null for 1
  /// @param bias null for 0
  /// @param eps added to the variance
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor layerNorm(
      long[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Tensor x = self();
    if (x.dtype == DType.BF16 || x.dtype == DType.F16) {
      Tensor w = weight == null ? null : weight.to(DType.F32);
      Tensor b = bias == null ? null : bias.to(DType.F32);
      return x.to(DType.F32).layerNorm(normalizedShape, w, b, eps).to(x.dtype);
    }
    long n = Normalization.check("layerNorm", x, normalizedShape, weight, bias, eps);
    var op = new Normalization.LayerNorm(n, eps, weight != null, true);
    return op.apply(
        x.contiguous(),
        weight == null ? null : weight.contiguous(),
        bias == null ? null : bias.contiguous());
  }

  /// `x / √(mean(x²) + eps) weight`, over the last dimensions, as one operation (Zhang and
  /// Sennrich, arXiv:1910.07467).
  ///
  /// | operand  | shape                  |
  /// |----------|------------------------|
  /// | this     | `[*, normalizedShape]` |
  /// | `weight` | `normalizedShape`      |
  /// | result   | that of this           |
  ///
  /// Dtypes: F32 or F64, equal; BF16 and F16 are computed in F32.
  ///
  /// @param normalizedShape the last dimensions of this, at least one
  /// @param weight null for 1
  /// @param eps added to the mean of the squares
  /// @return a new tensor
  /// @throws ShapeException if the shapes do not fit
  /// @throws DTypeException if the dtypes differ or have no fractions
  default Tensor rmsNorm(long[] normalizedShape, @Nullable Tensor weight, double eps) {
    Tensor x = self();
    if (x.dtype == DType.BF16 || x.dtype == DType.F16) {
      Tensor w = weight == null ? null : weight.to(DType.F32);
      return x.to(DType.F32).rmsNorm(normalizedShape, w, eps).to(x.dtype);
    }
    long n = Normalization.check("rmsNorm", x, normalizedShape, weight, null, eps);
    var op = new Normalization.LayerNorm(n, eps, weight != null, false);
    return op.apply(x.contiguous(), weight == null ? null : weight.contiguous(), null);
  }
}
