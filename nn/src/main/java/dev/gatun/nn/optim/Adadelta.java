package dev.gatun.nn.optim;

import dev.gatun.tensor.AdadeltaStep;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/// Steps in the units of the parameters (Zeiler, arXiv:1212.5701), as PyTorch's
/// `torch.optim.Adadelta`:
///
/// ```
/// g = ±∇ + weightDecay · p
/// v = rho · v + (1 - rho) · g²
/// d = √(u + eps) / √(v + eps) · g
/// u = rho · u + (1 - rho) · d²
/// p = p - lr · d
/// ```
public final class Adadelta extends GradientOptimizer<Adadelta.Options> {
  /// With PyTorch's defaults.
  ///
  /// @param parameters leaves, each once
  public Adadelta(List<? extends Tensor> parameters) {
    this(parameters, Options.of());
  }

  /// With another learning rate.
  ///
  /// @param parameters leaves, each once
  /// @param lr the learning rate
  public Adadelta(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /// With options.
  ///
  /// @param parameters leaves, each once
  /// @param options how to descend
  public Adadelta(List<? extends Tensor> parameters, Options options) {
    this(options, ParameterGroup.of(parameters));
  }

  /// For several groups of parameters.
  ///
  /// @param options how to descend where a group says nothing else
  /// @param groups at least one
  public Adadelta(Options options, ParameterGroup... groups) {
    super(Options.class, options, List.of(groups));
  }

  @Override
  protected void update(Options options, Tensor parameter, Tensor gradient, ParameterState state) {
    var step =
        new AdadeltaStep(
            options.lr, options.rho, options.eps, options.weightDecay, options.maximize);
    Tensor square = state.zerosLike("square_avg", parameter);
    step.apply(parameter, gradient, square, state.zerosLike("acc_delta", parameter));
  }

  @Override
  boolean makesNothing() {
    return true;
  }

  /// How to descend; [#of()] has PyTorch's defaults.
  ///
  /// @param lr the learning rate
  /// @param rho decay of both means of squares, 0 to 1
  /// @param eps added below both roots
  /// @param weightDecay factor of the parameter that is added to its gradient
  /// @param maximize whether to climb instead
  public record Options(double lr, double rho, double eps, double weightDecay, boolean maximize)
      implements OptimizerOptions {
    /// Checks the numbers.
    public Options {
      requireNonNegative("lr", lr);
      requireNonNegative("eps", eps);
      requireNonNegative("weight decay", weightDecay);
      if (!(rho >= 0 && rho <= 1)) {
        throw new IllegalArgumentException("optimizer: rho must be 0 to 1: " + rho);
      }
    }

    /// PyTorch's defaults.
    ///
    /// @return the options
    public static Options of() {
      return new Options(1.0, 0.9, 1e-6, 0, false);
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

    /// Sets `rho`.
    ///
    /// @param rho decay of both means of squares, 0 to 1
    /// @return changed options
    public Options rho(double rho) {
      return with(to -> to.rho = rho);
    }

    /// Sets `eps`.
    ///
    /// @param eps added below both roots
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
      return new Options(to.lr, to.rho, to.eps, to.weightDecay, to.maximize);
    }

    /// These while some of them change.
    private final class Draft {
      private double lr = lr();
      private double rho = rho();
      private double eps = eps();
      private double weightDecay = weightDecay();
      private boolean maximize = maximize();
    }
  }
}
