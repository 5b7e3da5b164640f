package dev.gatun.nn.optim;

import dev.gatun.tensor.AdamStep;
import dev.gatun.tensor.Tensor;

/// The step that Adam and AdamW have in common.
final class Moments {
  private Moments() {}

  static void step(
      AdamOptions options,
      boolean decoupled,
      Tensor parameter,
      Tensor gradient,
      ParameterState state) {
    var step =
        new AdamStep(
            options.lr(),
            options.beta1(),
            options.beta2(),
            options.eps(),
            options.weightDecay(),
            decoupled,
            options.maximize(),
            state.steps());
    Tensor mean = state.zerosLike("exp_avg", parameter);
    Tensor square = state.zerosLike("exp_avg_sq", parameter);
    Tensor largest = options.amsgrad() ? state.zerosLike("max_exp_avg_sq", parameter) : null;
    step.apply(parameter, gradient, mean, square, largest);
  }
}
