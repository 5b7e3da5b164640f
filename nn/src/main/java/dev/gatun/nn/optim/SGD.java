package dev.gatun.nn.optim;

import dev.gatun.tensor.SgdStep;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/// Stochastic gradient descent, as PyTorch's `torch.optim.SGD`:
///
/// ```
/// g = ±∇ + weightDecay · p
/// b = momentum · b + (1 - dampening) · g     (b = g in the first step)
/// g = nesterov ? g + momentum · b : b        (with momentum)
/// p = p - lr · g
/// ```
public final class SGD extends GradientOptimizer<SGD.Options> {
  /// Without momentum.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public SGD(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /// With momentum.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  /// @param momentum share of the last step's direction that is kept
  public SGD(List<? extends Tensor> parameters, double lr, double momentum) {
    this(parameters, Options.of(lr).momentum(momentum));
  }

  /// With options: `new SGD(parameters, SGD.Options.of(0.1).momentum(0.9).nesterov(true))`.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public SGD(List<? extends Tensor> parameters, Options options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public SGD(Options options, ParameterGroup... groups) {
    super(Options.class, options, List.of(groups));
  }

  @Override
  protected void update(Options options, Tensor parameter, Tensor gradient, ParameterState state) {
    Tensor direction = null;
    double dampening = 0;
    if (options.momentum != 0) {
      // The first direction is the whole gradient: nothing is kept of the zeros before it.
      dampening = state.get("momentum_buffer") == null ? 0 : options.dampening;
      direction = state.zerosLike("momentum_buffer", parameter);
    }
    var step =
        new SgdStep(
            options.lr,
            options.momentum,
            dampening,
            options.weightDecay,
            options.nesterov,
            options.maximize);
    step.apply(parameter, gradient, direction);
  }

  @Override
  boolean makesNothing() {
    return true;
  }

  /// How to descend; all but the learning rate are off by default.
  ///
  /// @param lr the learning rate
  /// @param momentum share of the last step's direction that is kept
  /// @param dampening share of the gradient that momentum leaves out
  /// @param weightDecay factor of the parameter that is added to its gradient
  /// @param nesterov whether to look ahead along the momentum
  /// @param maximize whether to climb instead
  public record Options(
      double lr,
      double momentum,
      double dampening,
      double weightDecay,
      boolean nesterov,
      boolean maximize)
      implements OptimizerOptions {
    /// Checks the numbers.
    public Options {
      requireNonNegative("lr", lr);
      requireNonNegative("momentum", momentum);
      requireNonNegative("weight decay", weightDecay);
    }

    /// Plain descent.
    ///
    /// @param lr the learning rate
    /// @return the options
    public static Options of(double lr) {
      return new Options(lr, 0, 0, 0, false, false);
    }

    /// Sets the learning rate.
    ///
    /// @param lr the learning rate
    /// @return changed options
    public Options lr(double lr) {
      return with(to -> to.lr = lr);
    }

    @Override
    public void validate() {
      if (nesterov && (momentum <= 0 || dampening != 0)) {
        throw new IllegalArgumentException(
            "SGD: nesterov needs momentum and no dampening: momentum %s, dampening %s"
                .formatted(momentum, dampening));
      }
    }

    /// Sets the momentum.
    ///
    /// @param momentum share of the last step's direction that is kept
    /// @return changed options
    public Options momentum(double momentum) {
      return with(to -> to.momentum = momentum);
    }

    /// Sets the dampening.
    ///
    /// @param dampening share of the gradient that momentum leaves out
    /// @return changed options
    public Options dampening(double dampening) {
      return with(to -> to.dampening = dampening);
    }

    /// Sets the weight decay.
    ///
    /// @param weightDecay factor of the parameter that is added to its gradient
    /// @return changed options
    public Options weightDecay(double weightDecay) {
      return with(to -> to.weightDecay = weightDecay);
    }

    /// Turns Nesterov's momentum on or off.
    ///
    /// @param nesterov whether to look ahead along the momentum
    /// @return changed options
    public Options nesterov(boolean nesterov) {
      return with(to -> to.nesterov = nesterov);
    }

    /// Turns climbing on or off.
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
          to.lr, to.momentum, to.dampening, to.weightDecay, to.nesterov, to.maximize);
    }

    /// These while some of them change.
    private final class Draft {
      private double lr = lr();
      private double momentum = momentum();
      private double dampening = dampening();
      private double weightDecay = weightDecay();
      private boolean nesterov = nesterov();
      private boolean maximize = maximize();
    }
  }
}
