package dev.gatun.nn.optim;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.List;

/// An optimizer that changes each parameter by its gradient and what it remembers of that parameter
/// alone: the base of one's own.
///
/// @param <O> its options, a record
public abstract class GradientOptimizer<O extends OptimizerOptions> extends Optimizer {
  private final Class<O> type;

  /// Checks the parameters.
  ///
  /// @param type of the options
  /// @param defaults the options of groups that have none of their own
  /// @param groups at least one; their parameters are leaves, each once
  protected GradientOptimizer(Class<O> type, O defaults, List<ParameterGroup> groups) {
    super(defaults, groups);
    this.type = type;
  }

  @Override
  public final void step() {
    try (var _ = NoGrad.open()) {
      for (ParameterGroup group : groups()) {
        O options = type.cast(group.options());
        for (Tensor parameter : group.parameters()) {
          Tensor gradient = parameter.grad();
          if (gradient != null) {
            step(options, parameter, gradient);
          }
        }
      }
    }
  }

  private void step(O options, Tensor parameter, Tensor gradient) {
    ParameterState state = state(parameter);
    state.steps(state.steps() + 1);
    if (makesNothing()) {
      update(options, parameter, gradient, state);
    } else {
      try (var _ = Scope.open("optimizer step")) {
        update(options, parameter, gradient, state);
      }
    }
  }

  /// Whether [#update] makes no tensor beside the state, so that it needs no scope.
  boolean makesNothing() {
    return false;
  }

  /// Changes one parameter in place. Nothing is recorded, and what is allocated ends with the call.
  ///
  /// @param options of its group
  /// @param parameter to be changed
  /// @param gradient must not be changed
  /// @param state of this parameter
  protected abstract void update(
      O options, Tensor parameter, Tensor gradient, ParameterState state);
}
