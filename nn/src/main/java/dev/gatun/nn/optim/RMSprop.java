package dev.gatun.nn.optim;

import dev.gatun.tensor.RMSpropStep;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/// Gradients divided by the root of a running mean of their squares (Tieleman and Hinton, 2012), as
/// PyTorch's `torch.optim.RMSprop`:
///
/// ```
/// g = ±∇ + weightDecay · p
/// v = alpha · v + (1 - alpha) · g²
/// a = alpha · a + (1 - alpha) · g                       (only if centered, else 0)
/// d = g / (√(v - a²) + eps)
/// b = momentum · b + d                                  (b = d without momentum)
/// p = p - lr · b
/// ```
public final class RMSprop extends GradientOptimizer<RMSprop.Options> {
  /// With PyTorch's defaults.
  ///
  /// @param parameters leaves, each once
  public RMSprop(List<? extends Tensor> parameters) {
    this(parameters, Options.of());
  }

  /// With another learning rate.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public RMSprop(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public RMSprop(List<? extends Tensor> parameters, Options options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public RMSprop(Options options, ParameterGroup... groups) {
    super(Options.class, options, List.of(groups));
  }

  @Override
  protected void update(Options options, Tensor parameter, Tensor gradient, ParameterState state) {
    var step =
        new RMSpropStep(
            options.lr,
            options.alpha,
            options.eps,
            options.weightDecay,
            options.momentum,
            options.maximize);
    Tensor square = state.zerosLike("square_avg", parameter);
    Tensor direction = options.momentum > 0 ? state.zerosLike("momentum_buffer", parameter) : null;
    Tensor mean = options.centered ? state.zerosLike("grad_avg", parameter) : null;
    step.apply(parameter, gradient, square, mean, direction);
  }

  @Override
  boolean makesNothing() {
    return true;
  }

  /// How to descend; [#of()] has PyTorch's defaults.
  ///
  /// @param lr the learning rate
  /// @param alpha decay of the means
  /// @param eps added to the denominator
  /// @param weightDecay factor of the parameter that is added to its gradient
  /// @param momentum share of the last direction that is kept
  /// @param centered whether to divide by the deviation from the mean gradient
  /// @param maximize whether to climb instead
  public record Options(
      double lr,
      double alpha,
      double eps,
      double weightDecay,
      double momentum,
      boolean centered,
      boolean maximize)
      implements OptimizerOptions {
    /// Checks the numbers.
    public Options {
      requireNonNegative("lr", lr);
      requireNonNegative("alpha", alpha);
      requireNonNegative("eps", eps);
      requireNonNegative("weight decay", weightDecay);
      requireNonNegative("momentum", momentum);
    }

    /// PyTorch's defaults.
    ///
    /// @return the options
    public static Options of() {
      return new Options(1e-2, 0.99, 1e-8, 0, 0, false, false);
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

    /// Sets `alpha`.
    ///
    /// @param alpha decay of the means
    /// @return changed options
    public Options alpha(double alpha) {
      return with(to -> to.alpha = alpha);
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

    /// Sets `momentum`.
    ///
    /// @param momentum share of the last direction that is kept
    /// @return changed options
    public Options momentum(double momentum) {
      return with(to -> to.momentum = momentum);
    }

    /// Sets `centered`.
    ///
    /// @param centered whether to divide by the deviation from the mean gradient
    /// @return changed options
    public Options centered(boolean centered) {
      return with(to -> to.centered = centered);
    }

    /// Sets `maximize`.
    ///
    /// @param maximize whether to climb instead
    /// @return changed options
    public Options maximize(boolean maximize) {
      return with(to -> to.maximize = maximize);
    }

    private Options with(Consumer<Draft> change) {
      Draft to = new Draft();
      change.accept(to);
      return new Options(
          to.lr, to.alpha, to.eps, to.weightDecay, to.momentum, to.centered, to.maximize);
    }

    /// These while some of them change.
    private final class Draft {
      private double lr = lr();
      private double alpha = alpha();
      private double eps = eps();
      private double weightDecay = weightDecay();
      private double momentum = momentum();
      private boolean centered = centered();
      private boolean maximize = maximize();
    }
  }
}
