package dev.gatun.nn.optim;

import java.util.function.Consumer;

/// Options of [Adam] and [AdamW].
///
/// @param lr the learning rate
/// @param beta1 decay of the mean of gradients
/// @param beta2 decay of the mean of their squares
/// @param eps added to the denominator
/// @param weightDecay strength of the decay
/// @param amsgrad whether to divide by the largest mean of squares so far
/// @param maximize whether to climb instead
public record AdamOptions(
    double lr,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    boolean amsgrad,
    boolean maximize)
    implements OptimizerOptions {
  /// Checks the numbers.
  public AdamOptions {
    Optimizer.requireNonNegative("lr", lr);
    Optimizer.requireNonNegative("eps", eps);
    Optimizer.requireNonNegative("weight decay", weightDecay);
    Optimizer.requireFraction("beta1", beta1);
    Optimizer.requireFraction("beta2", beta2);
  }

  /// PyTorch's defaults: betas 0.9 and 0.999, eps 1e-8, no decay.
  ///
  /// @param lr the learning rate
  /// @return the options
  public static AdamOptions of(double lr) {
    return new AdamOptions(lr, 0.9, 0.999, 1e-8, 0, false, false);
  }

  /// Sets the learning rate.
  ///
  /// @param lr the learning rate
  /// @return changed options
  public AdamOptions lr(double lr) {
    return with(to -> to.lr = lr);
  }

  /// Sets both betas.
  ///
  /// @param beta1 decay of the mean of gradients
  /// @param beta2 decay of the mean of their squares
  /// @return changed options
  public AdamOptions betas(double beta1, double beta2) {
    return with(to -> {
      to.beta1 = beta1;
      to.beta2 = beta2;
    });
  }

  /// Sets eps.
  ///
  /// @param eps added to the denominator
  /// @return changed options
  public AdamOptions eps(double eps) {
    return with(to -> to.eps = eps);
  }

  /// Sets the weight decay.
  ///
  /// @param weightDecay strength of the decay
  /// @return changed options
  public AdamOptions weightDecay(double weightDecay) {
    return with(to -> to.weightDecay = weightDecay);
  }

  /// Turns AMSGrad on or off.
  ///
  /// @param amsgrad whether to divide by the largest mean of squares so far
  /// @return changed options
  public AdamOptions amsgrad(boolean amsgrad) {
    return with(to -> to.amsgrad = amsgrad);
  }

  /// Turns climbing on or off.
  ///
  /// @param maximize whether to climb instead
  /// @return changed options
  public AdamOptions maximize(boolean maximize) {
    return with(to -> to.maximize = maximize);
  }

  private AdamOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new AdamOptions(
        to.lr, to.beta1, to.beta2, to.eps, to.weightDecay, to.amsgrad, to.maximize);
  }

  /// These while some of them change.
  private final class Draft {
    private double lr = lr();
    private double beta1 = beta1();
    private double beta2 = beta2();
    private double eps = eps();
    private double weightDecay = weightDecay();
    private boolean amsgrad = amsgrad();
    private boolean maximize = maximize();
  }
}
