package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Negative log-likelihood: `-w[t] x[t]` for log-probabilities `x` and the right class `t`.
///
/// | operand | shape                            |
/// |---------|----------------------------------|
/// | input   | `[C]`, `[N, C]` or `[N, C, *]`   |
/// | target  | `[]`, `[N]` or `[N, *]`, I64     |
///
/// @param weight factor of each class, `[C]`; null means 1
/// @param ignoreIndex a target that adds nothing
/// @param reduction what to do with the values; the mean is weighted
public record NLLLoss(@Nullable Tensor weight, long ignoreIndex, Reduction reduction)
    implements Loss {
  /// Unweighted, ignores -100, averages.
  public NLLLoss() {
    this(null, CrossEntropyLoss.IGNORE_INDEX, Reduction.MEAN);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.nllLoss(input, target, weight, ignoreIndex, reduction);
  }

  @Override
  public String toString() {
    return "NLLLoss()";
  }
}
