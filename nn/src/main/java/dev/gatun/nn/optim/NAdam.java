package dev.gatun.nn.optim;

import dev.gatun.tensor.NAdamStep;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/// Adam with Nesterov momentum (Dozat, 2016), as PyTorch's `torch.optim.NAdam`:
///
/// ```
/// g = ∇ + weightDecay · p
/// μ = beta1 · (1 - 0.5 · 0.96^(t · momentumDecay)),    μ⁺ the same of t + 1,    Π = Π · μ
/// m = beta1 · m + (1 - beta1) · g,    v = beta2 · v + (1 - beta2) · g²
/// d = √(v / (1 - beta2ᵗ)) + eps
/// p = p - lr · (1 - μ) / (1 - Π) · g / d - lr · μ⁺ / (1 - Π · μ · μ⁺) · m / d
/// ```
///
/// The last line is that of PyTorch 1.13: its `Π · μ · μ⁺` counts `μ` twice. The product is kept in
/// single precision, as there.
public final class NAdam extends GradientOptimizer<NAdam.Options> {
  /// With PyTorch's defaults.
  ///
  /// @param parameters leaves, each once
  public NAdam(List<? extends Tensor> parameters) {
    this(parameters, Options.of());
  }

  /// With another learning rate.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public NAdam(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public NAdam(List<? extends Tensor> parameters, Options options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public NAdam(Options options, ParameterGroup... groups) {
    super(Options.class, options, List.of(groups));
  }

  @Override
  protected void update(Options options, Tensor parameter, Tensor gradient, ParameterState state) {
    double t = state.steps();
    double mu = options.beta1 * (1 - 0.5 * Math.pow(0.96, t * options.momentumDecay));
    double next = options.beta1 * (1 - 0.5 * Math.pow(0.96, (t + 1) * options.momentumDecay));
    // PyTorch keeps the product in single precision, whatever the dtype of the parameter.
    float product = (float) state.number("mu_product", 1) * (float) mu;
    state.put("mu_product", product);
    float productNext = product * (float) mu * (float) next;
    var step =
        new NAdamStep(
            options.lr,
            options.beta1,
            options.beta2,
            options.eps,
            options.weightDecay,
            (1 - mu) / (1 - (double) product),
            next / (1 - (double) productNext),
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
  /// @param momentumDecay how fast the momentum grows
  public record Options(
      double lr, double beta1, double beta2, double eps, double weightDecay, double momentumDecay)
      implements OptimizerOptions {
    /// Checks the numbers.
    public Options {
      requireNonNegative("lr", lr);
      requireFraction("beta1", beta1);
      requireFraction("beta2", beta2);
      requireNonNegative("eps", eps);
      requireNonNegative("weight decay", weightDecay);
      requireNonNegative("momentumDecay", momentumDecay);
    }

    /// PyTorch's defaults.
    ///
    /// @return the options
    public static Options of() {
      return new Options(2e-3, 0.9, 0.999, 1e-8, 0, 4e-3);
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

    /// Sets `momentumDecay`.
    ///
    /// @param momentumDecay how fast the momentum grows
    /// @return changed options
    public Options momentumDecay(double momentumDecay) {
      return with(to -> to.momentumDecay = momentumDecay);
    }

    private Options with(Consumer<Draft> change) {
      Draft to = new Draft();
      change.accept(to);
      return new Options(to.lr, to.beta1, to.beta2, to.eps, to.weightDecay, to.momentumDecay);
    }

    /// These while some of them change.
    private final class Draft {
      private double lr = lr();
      private double beta1 = beta1();
      private double beta2 = beta2();
      private double eps = eps();
      private double weightDecay = weightDecay();
      private double momentumDecay = momentumDecay();
    }
  }
}
