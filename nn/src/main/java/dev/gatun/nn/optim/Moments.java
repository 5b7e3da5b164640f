package dev.gatun.nn.optim;

import dev.gatun.tensor.Tensor;

/// The step that Adam and AdamW have in common.
final class Moments {
  private Moments() {}

  static void update(
      Tensor parameter, Tensor g, Optimizer.State state, AdamOptions options, double lr) {
    Tensor mean = state.zerosLike("exp_avg", parameter);
    Tensor square = state.zerosLike("exp_avg_sq", parameter);
    mean.mul_(options.beta1()).add_(g, 1 - options.beta1());
    square.mul_(options.beta2()).addcmul_(g, g, 1 - options.beta2());
    double steps = (double) state.steps();
    double correction1 = 1 - Math.pow(options.beta1(), steps);
    double correction2 = 1 - Math.pow(options.beta2(), steps);
    Tensor scale = options.amsgrad() ? largest(square, state) : square;
    Tensor denominator = scale.sqrt().div_(Math.sqrt(correction2)).add_(options.eps());
    parameter.addcdiv_(mean, denominator, -lr / correction1);
  }

  private static Tensor largest(Tensor square, Optimizer.State state) {
    Tensor largest = state.zerosLike("max_exp_avg_sq", square);
    return largest.maximum_(square);
  }
}
