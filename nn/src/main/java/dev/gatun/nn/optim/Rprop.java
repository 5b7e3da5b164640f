package dev.gatun.nn.optim;

import dev.gatun.tensor.RpropStep;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/// Steps whose sizes depend on the signs of gradients alone (Riedmiller and Braun, 1993), as
/// PyTorch's `torch.optim.Rprop`:
///
/// ```
/// f = etaPlus where ±∇ has the sign of the last gradient, etaMinus where it changed, else 1
/// s = min(max(f · s, least), most)                      (lr before the first step)
/// g = ±∇, or 0 where the sign changed
/// p = p - sign(g) · s
/// ```
public final class Rprop extends GradientOptimizer<Rprop.Options> {
  /// With PyTorch's defaults.
  ///
  /// @param parameters leaves, each once
  public Rprop(List<? extends Tensor> parameters) {
    this(parameters, Options.of());
  }

  /// With another learning rate.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public Rprop(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public Rprop(List<? extends Tensor> parameters, Options options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public Rprop(Options options, ParameterGroup... groups) {
    super(Options.class, options, List.of(groups));
  }

  @Override
  protected void update(Options options, Tensor parameter, Tensor gradient, ParameterState state) {
    var step =
        new RpropStep(
            options.etaMinus, options.etaPlus, options.least, options.most, options.maximize);
    Tensor last = state.zerosLike("prev", parameter);
    step.apply(parameter, gradient, last, state.fullLike("step_size", parameter, options.lr));
  }

  @Override
  boolean makesNothing() {
    return true;
  }

  /// How to descend; [#of()] has PyTorch's defaults.
  ///
  /// @param lr the learning rate
  /// @param etaMinus factor of the size of a step after a change of sign, below 1
  /// @param etaPlus factor of the size of a step after none, above 1
  /// @param least the smallest size of a step
  /// @param most the largest size of a step
  /// @param maximize whether to climb instead
  public record Options(
      double lr, double etaMinus, double etaPlus, double least, double most, boolean maximize)
      implements OptimizerOptions {
    /// Checks the numbers.
    public Options {
      requireNonNegative("lr", lr);
      if (!(etaMinus > 0 && etaMinus < 1 && etaPlus > 1)) {
        throw new IllegalArgumentException(
            "optimizer: etas must be between 0 and 1, and above 1: " + etaMinus + ", " + etaPlus);
      }
    }

    /// PyTorch's defaults.
    ///
    /// @return the options
    public static Options of() {
      return new Options(1e-2, 0.5, 1.2, 1e-6, 50, false);
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

    /// Sets `etas`.
    ///
    /// @param etaMinus factor of the size of a step after a change of sign, below 1
    /// @param etaPlus factor of the size of a step after none, above 1
    /// @return changed options
    public Options etas(double etaMinus, double etaPlus) {
      return with(to -> {
        to.etaMinus = etaMinus;
        to.etaPlus = etaPlus;
      });
    }

    /// Sets `stepSizes`.
    ///
    /// @param least the smallest size of a step
    /// @param most the largest size of a step
    /// @return changed options
    public Options stepSizes(double least, double most) {
      return with(to -> {
        to.least = least;
        to.most = most;
      });
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
      return new Options(to.lr, to.etaMinus, to.etaPlus, to.least, to.most, to.maximize);
    }

    /// These while some of them change.
    private final class Draft {
      private double lr = lr();
      private double etaMinus = etaMinus();
      private double etaPlus = etaPlus();
      private double least = least();
      private double most = most();
      private boolean maximize = maximize();
    }
  }
}
