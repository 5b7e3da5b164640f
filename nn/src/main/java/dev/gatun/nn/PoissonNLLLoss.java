package dev.gatun.nn;

import dev.gatun.tensor.Tensor;

/// Negative log-likelihood of counts `t` of a Poisson distribution with the logarithm `x` of its
/// rate: `exp(x) - t x`; or with the rate itself: `x - t log(x + eps)`. Input and target have the
/// same shape.
///
/// @param logInput whether the input is the logarithm of the rate
/// @param full whether Stirling's approximation `t log t - t + log(2πt) / 2` of `log(t!)` is added
///   where t is above 1
/// @param eps added to the rate where its logarithm is taken
/// @param reduction what to do with the values
public record PoissonNLLLoss(boolean logInput, boolean full, double eps, Reduction reduction)
    implements Loss {
  /// With PyTorch's defaults.
  public PoissonNLLLoss() {
    this(true, false, 1e-8, Reduction.MEAN);
  }

  /// A copy with another logInput.
  ///
  /// @param logInput whether the input is the logarithm of the rate
  /// @return a new loss
  public PoissonNLLLoss withLogInput(boolean logInput) {
    return new PoissonNLLLoss(logInput, full, eps, reduction);
  }

  /// A copy with another full.
  ///
  /// @param full whether Stirling's approximation `t log t - t + log(2πt) / 2` of `log(t!)` is
  ///   added where t is above 1
  /// @return a new loss
  public PoissonNLLLoss withFull(boolean full) {
    return new PoissonNLLLoss(logInput, full, eps, reduction);
  }

  /// A copy with another eps.
  ///
  /// @param eps added to the rate where its logarithm is taken
  /// @return a new loss
  public PoissonNLLLoss withEps(double eps) {
    return new PoissonNLLLoss(logInput, full, eps, reduction);
  }

  /// A copy with another reduction.
  ///
  /// @param reduction what to do with the values
  /// @return a new loss
  public PoissonNLLLoss withReduction(Reduction reduction) {
    return new PoissonNLLLoss(logInput, full, eps, reduction);
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    LossChecks.requireSameShape("poissonNllLoss", input, target);
    Tensor loss =
        logInput ? input.exp().sub(target.mul(input)) : input.sub(target.mul(input.add(eps).log()));
    Tensor all = full ? loss.add(stirling(target)) : loss;
    return LossChecks.reduce("poissonNllLoss", all, reduction);
  }

  private static Tensor stirling(Tensor target) {
    Tensor few = target.le(1);
    // Small counts are replaced before the logarithm, whose slope would make NaN of the mask's 0.
    Tensor t = target.maskedFill(few, 1);
    Tensor log = t.log();
    Tensor term = t.mul(log).sub(t).add(log.add(Math.log(2 * Math.PI)).mul(0.5));
    return term.maskedFill(few, 0);
  }

  @Override
  public String toString() {
    return "PoissonNLLLoss()";
  }
}
