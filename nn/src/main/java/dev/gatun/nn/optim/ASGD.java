package dev.gatun.nn.optim;

import dev.gatun.tensor.ASGDStep;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/// Averaged stochastic gradient descent (Polyak and Juditsky, 1992), as PyTorch's
/// `torch.optim.ASGD`:
///
/// ```
/// g = ±∇ + weightDecay · p
/// p = p · (1 - lambd · η) - η · g                       (η = lr in the first step)
/// a = a + μ · (p - a)                                   (μ = 1 in the first step)
/// η = lr / (1 + lambd · lr · t)^alpha,    μ = 1 / max(1, t - t0)
/// ```
///
/// The means `a` are `state(p).get("ax")`; PyTorch too leaves it to the caller to use them.
public final class ASGD extends GradientOptimizer<ASGD.Options> {
  /// With PyTorch's defaults.
  ///
  /// @param parameters leaves, each once
  public ASGD(List<? extends Tensor> parameters) {
    this(parameters, Options.of());
  }

  /// With another learning rate.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public ASGD(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public ASGD(List<? extends Tensor> parameters, Options options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public ASGD(Options options, ParameterGroup... groups) {
    super(Options.class, options, List.of(groups));
  }

  @Override
  protected void update(Options options, Tensor parameter, Tensor gradient, ParameterState state) {
    // PyTorch keeps both in single precision, whatever the dtype of the parameter.
    double eta = state.number("eta", (float) options.lr);
    double mu = state.number("mu", 1);
    var step = new ASGDStep(options.lambd, eta, mu, options.weightDecay, options.maximize);
    step.apply(parameter, gradient, state.zerosLike("ax", parameter));
    double t = state.steps();
    state.put(
        "eta", (float) (options.lr / Math.pow(1 + options.lambd * options.lr * t, options.alpha)));
    state.put("mu", (float) (1 / Math.max(1, t - options.t0)));
  }

  @Override
  boolean makesNothing() {
    return true;
  }

  /// How to descend; [#of()] has PyTorch's defaults.
  ///
  /// @param lr the learning rate
  /// @param lambd decay of the parameter
  /// @param alpha power of the decay of the learning rate
  /// @param t0 the step from which on parameters are averaged
  /// @param weightDecay factor of the parameter that is added to its gradient
  /// @param maximize whether to climb instead
  public record Options(
      double lr, double lambd, double alpha, double t0, double weightDecay, boolean maximize)
      implements OptimizerOptions {
    /// Checks the numbers.
    public Options {
      requireNonNegative("lr", lr);
      requireNonNegative("weight decay", weightDecay);
    }

    /// PyTorch's defaults.
    ///
    /// @return the options
    public static Options of() {
      return new Options(1e-2, 1e-4, 0.75, 1e6, 0, false);
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

    /// Sets `lambd`.
    ///
    /// @param lambd decay of the parameter
    /// @return changed options
    public Options lambd(double lambd) {
      return with(to -> to.lambd = lambd);
    }

    /// Sets `alpha`.
    ///
    /// @param alpha power of the decay of the learning rate
    /// @return changed options
    public Options alpha(double alpha) {
      return with(to -> to.alpha = alpha);
    }

    /// Sets `t0`.
    ///
    /// @param t0 the step from which on parameters are averaged
    /// @return changed options
    public Options t0(double t0) {
      return with(to -> to.t0 = t0);
    }

    /// Sets `weightDecay`.
    ///
    /// @param weightDecay factor of the parameter that is added to its gradient
    /// @return changed options
    public Options weightDecay(double weightDecay) {
      return with(to -> to.weightDecay = weightDecay);
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
      return new Options(to.lr, to.lambd, to.alpha, to.t0, to.weightDecay, to.maximize);
    }

    /// These while some of them change.
    private final class Draft {
      private double lr = lr();
      private double lambd = lambd();
      private double alpha = alpha();
      private double t0 = t0();
      private double weightDecay = weightDecay();
      private boolean maximize = maximize();
    }
  }
}
