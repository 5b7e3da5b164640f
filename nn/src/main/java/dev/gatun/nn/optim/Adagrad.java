package dev.gatun.nn.optim;

import dev.gatun.tensor.AdagradStep;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/// A learning rate for each element by its past gradients (Duchi and others, 2011), as PyTorch's
/// `torch.optim.Adagrad`:
///
/// ```
/// g = ±∇ + weightDecay · p
/// s = s + g²                                  (initialAccumulatorValue before the first step)
/// p = p - lr / (1 + (t - 1) · lrDecay) · g / (√s + eps)
/// ```
public final class Adagrad extends GradientOptimizer<Adagrad.Options> {
  /// With PyTorch's defaults.
  ///
  /// @param parameters leaves, each once
  public Adagrad(List<? extends Tensor> parameters) {
    this(parameters, Options.of());
  }

  /// With another learning rate.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public Adagrad(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public Adagrad(List<? extends Tensor> parameters, Options options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public Adagrad(Options options, ParameterGroup... groups) {
    super(Options.class, options, List.of(groups));
  }

  @Override
  protected void update(Options options, Tensor parameter, Tensor gradient, ParameterState state) {
    var step =
        new AdagradStep(
            options.lr,
            options.lrDecay,
            options.eps,
            options.weightDecay,
            options.maximize,
            state.steps());
    step.apply(
        parameter, gradient, state.fullLike("sum", parameter, options.initialAccumulatorValue));
  }

  @Override
  boolean makesNothing() {
    return true;
  }

  /// How to descend; [#of()] has PyTorch's defaults.
  ///
  /// @param lr the learning rate
  /// @param lrDecay decay of the learning rate from step to step
  /// @param weightDecay factor of the parameter that is added to its gradient
  /// @param initialAccumulatorValue where the sum of squares starts
  /// @param eps added to the denominator
  /// @param maximize whether to climb instead
  public record Options(
      double lr,
      double lrDecay,
      double weightDecay,
      double initialAccumulatorValue,
      double eps,
      boolean maximize)
      implements OptimizerOptions {
    /// Checks the numbers.
    public Options {
      requireNonNegative("lr", lr);
      requireNonNegative("lrDecay", lrDecay);
      requireNonNegative("weight decay", weightDecay);
      requireNonNegative("initialAccumulatorValue", initialAccumulatorValue);
      requireNonNegative("eps", eps);
    }

    /// PyTorch's defaults.
    ///
    /// @return the options
    public static Options of() {
      return new Options(1e-2, 0, 0, 0, 1e-10, false);
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

    /// Sets `lrDecay`.
    ///
    /// @param lrDecay decay of the learning rate from step to step
    /// @return changed options
    public Options lrDecay(double lrDecay) {
      return with(to -> to.lrDecay = lrDecay);
    }

    /// Sets `weightDecay`.
    ///
    /// @param weightDecay factor of the parameter that is added to its gradient
    /// @return changed options
    public Options weightDecay(double weightDecay) {
      return with(to -> to.weightDecay = weightDecay);
    }

    /// Sets `initialAccumulatorValue`.
    ///
    /// @param initialAccumulatorValue where the sum of squares starts
    /// @return changed options
    public Options initialAccumulatorValue(double initialAccumulatorValue) {
      return with(to -> to.initialAccumulatorValue = initialAccumulatorValue);
    }

    /// Sets `eps`.
    ///
    /// @param eps added to the denominator
    /// @return changed options
    public Options eps(double eps) {
      return with(to -> to.eps = eps);
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
          to.lr, to.lrDecay, to.weightDecay, to.initialAccumulatorValue, to.eps, to.maximize);
    }

    /// These while some of them change.
    private final class Draft {
      private double lr = lr();
      private double lrDecay = lrDecay();
      private double weightDecay = weightDecay();
      private double initialAccumulatorValue = initialAccumulatorValue();
      private double eps = eps();
      private boolean maximize = maximize();
    }
  }
}
