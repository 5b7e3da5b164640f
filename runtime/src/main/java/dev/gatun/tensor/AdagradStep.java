package dev.gatun.tensor;

import dev.gatun.kernel.StepBlocks;

/// One step of Adagrad on one parameter, in one pass over its memory:
///
/// ```
/// g = ±∇ + weightDecay · p
/// s = s + g²
/// p = p - lr / (1 + (t - 1) · lrDecay) · g / (√s + eps)
/// ```
///
/// @param lr the learning rate
/// @param lrDecay decay of the learning rate from step to step
/// @param eps added to the denominator
/// @param weightDecay factor of the parameter that is added to its gradient
/// @param maximize whether to climb instead
/// @param t which step this is, counted from 1
public record AdagradStep(
    double lr, double lrDecay, double eps, double weightDecay, boolean maximize, long t) {
  /// Changes `parameter` and `sum`, all of one shape and dtype, in place. Allocates no tensor where
  /// all are contiguous, each in memory of its own.
  ///
  /// @param parameter `p`, F32 or F64
  /// @param gradient `∇`, not changed
  /// @param sum `s`
  /// @throws ShapeException if the shapes differ
  /// @throws DTypeException if the dtypes differ or are not F32 or F64
  /// @throws IllegalStateException if one of them needs a gradient and [NoGrad] is not open
  public void apply(Tensor parameter, Tensor gradient, Tensor sum) {
    FusedStep.run("adagrad", this::run, 2, 0b101, parameter, gradient, sum);
  }

  private void run(StepBlocks x) {
    x.descent(3, maximize, weightDecay);
    x.addProduct(2, 3, 3, 1);
    x.copy(4, 2);
    x.sqrt(4);
    x.shift(4, eps);
    x.addQuotient(0, 3, 4, -lr / (1 + (t - 1) * lrDecay));
  }
}
