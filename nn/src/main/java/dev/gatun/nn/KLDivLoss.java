package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// The terms `t (log t - x)` of the Kullback-Leibler divergence of the input, log-probabilities,
/// from the target, probabilities. Input and target have the same shape. The divergence itself has
/// the reduction [Reduction#BATCHMEAN].
///
/// @param logTarget whether the target holds logarithms of probabilities
/// @param reduction what to do with the values
public record KLDivLoss(boolean logTarget, Reduction reduction) implements Loss {
  /// With PyTorch's defaults.
  public KLDivLoss() {
    this(false, Reduction.MEAN);
  }

  /// A copy with another logTarget.
  ///
  /// @param logTarget whether the target holds logarithms of probabilities
  /// @return a new loss
  public KLDivLoss withLogTarget(boolean logTarget) {
    return new KLDivLoss(logTarget, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public KLDivLoss withReduction(Reduction reduction) {
    return new KLDivLoss(logTarget, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return F.klDiv(input, target, logTarget, reduction);
  }

  @Override
  public String toString() {
    return "KLDivLoss()";
  }
}
