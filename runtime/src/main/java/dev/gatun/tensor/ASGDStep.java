package dev.gatun.tensor;

import dev.gatun.kernel.StepBlocks;

/// One step of averaged gradient descent on one parameter, in one pass over its memory:
///
/// ```
/// g = ±∇ + weightDecay · p
/// p = p · (1 - lambd · eta) - eta · g
/// a = a + mu · (p - a)
/// ```
///
/// @param lambd decay of the parameter
/// @param eta the learning rate of this step
/// @param mu weight of this step in the mean
/// @param weightDecay factor of the parameter that is added to its gradient
/// @param maximize whether to climb instead
public record ASGDStep(double lambd, double eta, double mu, double weightDecay, boolean maximize) {
  /// Changes `parameter` and `mean`, all of one shape and dtype, in place. Allocates no tensor
  /// where all are contiguous, each in memory of its own.
  ///
  /// @param parameter `p`, F32 or F64
  /// @param gradient `∇`, not changed
  /// @param mean `a`
  /// @throws ShapeException if the shapes differ
  /// @throws DTypeException if the dtypes differ or are not F32 or F64
  /// @throws IllegalStateException if one of them needs a gradient and [NoGrad] is not open
  public void apply(Tensor parameter, Tensor gradient, Tensor mean) {
    FusedStep.run("asgd", this::run, 1, 0b101, parameter, gradient, mean);
  }

  private void run(StepBlocks x) {
    x.descent(3, maximize, weightDecay);
    x.scale(0, 1 - lambd * eta);
    x.add(0, 3, -eta);
    if (mu == 1) {
      x.copy(2, 0);
    } else {
      x.copy(3, 0);
      x.add(3, 2, -1);
      x.add(2, 3, mu);
    }
  }
}
