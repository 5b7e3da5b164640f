package dev.gatun.nn.optim;

import dev.gatun.tensor.RAdamStep;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/// Adam with a rectified variance (Liu and others, arXiv:1908.03265), as PyTorch's
/// `torch.optim.RAdam`:
///
/// ```
/// g = ∇ + weightDecay · p
/// m = beta1 · m + (1 - beta1) · g,    v = beta2 · v + (1 - beta2) · g²
/// ρ∞ = 2 / (1 - beta2) - 1,    ρ = ρ∞ - 2t · beta2ᵗ / (1 - beta2ᵗ)
/// r = √((ρ - 4) (ρ - 2) ρ∞ / ((ρ∞ - 4) (ρ∞ - 2) ρ))
/// p = p - lr · m / (1 - beta1ᵗ) · (ρ > 5 ? r · √(1 - beta2ᵗ) / (√v + eps) : 1)
/// ```
public final class RAdam extends GradientOptimizer<RAdam.Options> {
  /// With PyTorch's defaults.
  ///
  /// @param parameters leaves, each once
  public RAdam(List<? extends Tensor> parameters) {
    this(parameters, Options.of());
  }

  /// With another learning rate.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public RAdam(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public RAdam(List<? extends Tensor> parameters, Options options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public RAdam(Options options, ParameterGroup... groups) {
    super(Options.class, options, List.of(groups));
  }

  @Override
  protected void update(Options options, Tensor parameter, Tensor gradient, ParameterState state) {
    var step =
        new RAdamStep(
            options.lr,
            options.beta1,
            options.beta2,
            options.eps,
            options.weightDecay,
            state.steps());
    Tensor mean = state.zerosLike("exp_avg", parameter);
    step.apply(parameter, gradient, mean, state.zerosLike("exp_avg_sq", parameter));
  }

  @Override
  boolean makesNothing() {
    return true;
  }

  /// How to descend; [#of()] has PyTorch's defaults.
  ///
  /// @param lr the learning rate
  /// @param beta1 decay of the mean of gradients
  /// @param beta2 decay of the mean of their squares
  /// @param eps added to the denominator
  /// @param weightDecay factor of the parameter that is added to its gradient
  public record Options(double lr, double beta1, double beta2, double eps, double weightDecay)
      implements OptimizerOptions {
    /// Checks the numbers.
    public Options {
      requireNonNegative("lr", lr);
      requireFraction("beta1", beta1);
      requireFraction("beta2", beta2);
      requireNonNegative("eps", eps);
      requireNonNegative("weight decay", weightDecay);
    }

    /// PyTorch's defaults.
    ///
    /// @return the options
    public static Options of() {
      return new Options(1e-3, 0.9, 0.999, 1e-8, 0);
    }

    /// PyTorch's defaults but for the learning rate.
    ///
    /// @param lr the learning rate
    /// @return the options
    public static Options of(double lr) {
      return of().lr(lr);
    }

    /// Sets `lr`.
    ///
    /// @param lr the learning rate
    /// @return changed options
    public Options lr(double lr) {
      return with(to -> to.lr = lr);
    }

    /// Sets `betas`.
    ///
    /// @param beta1 decay of the mean of gradients
    /// @param beta2 decay of the mean of their squares
    /// @return changed options
    public Options betas(double beta1, double beta2) {
      return with(to -> {
        to.beta1 = beta1;
        to.beta2 = beta2;
      });
    }

    /// Sets `eps`.
    ///
    /// @param eps added to the denominator
    /// @return changed options
    public Options eps(double eps) {
      return with(to -> to.eps = eps);
    }

    /// Sets `weightDecay`.
    ///
    /// @param weightDecay factor of the parameter that is added to its gradient
    /// @return changed options
    public Options weightDecay(double weightDecay) {
      return with(to -> to.weightDecay = weightDecay);
    }

    private Options with(Consumer<Draft> change) {
      Draft to = new Draft();
      change.accept(to);
      return new Options(to.lr, to.beta1, to.beta2, to.eps, to.weightDecay);
    }

    /// These while some of them change.
    private final class Draft {
      private double lr = lr();
      private double beta1 = beta1();
      private double beta2 = beta2();
      private double eps = eps();
      private double weightDecay = weightDecay();
    }
  }
}
