package dev.gatun.tensor;

import dev.gatun.kernel.StepBlocks;

/// One step of Adamax on one parameter, in one pass over its memory:
///
/// ```
/// g = ±∇ + weightDecay · p
/// m = beta1 · m + (1 - beta1) · g,    u = max(beta2 · u, |g| + eps)
/// p = p - lr / (1 - beta1ᵗ) · m / u
/// ```
///
/// @param lr the learning rate
/// @param beta1 decay of the mean of gradients
/// @param beta2 decay of the largest gradient
/// @param eps added to the size of a gradient
/// @param weightDecay factor of the parameter that is added to its gradient
/// @param maximize whether to climb instead
/// @param t which step this is, counted from 1
public record AdamaxStep(
    double lr,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    boolean maximize,
    long t) {
  /// Changes `parameter`, `mean` and `largest`, all of one shape and dtype, in place. Allocates no
  /// tensor where all are contiguous, each in memory of its own.
  ///
  /// @param parameter `p`, F32 or F64
  /// @param gradient `∇`, not changed
  /// @param mean `m`
  /// @param largest `u`
  /// @throws ShapeException if the shapes differ
  /// @throws DTypeException if the dtypes differ or are not F32 or F64
  /// @throws IllegalStateException if one of them needs a gradient and [NoGrad] is not open
  public void apply(Tensor parameter, Tensor gradient, Tensor mean, Tensor largest) {
    double rate = -lr / (1 - Math.pow(beta1, (double) t));
    FusedStep.run("adamax", x -> run(x, rate), 1, 0b1101, parameter, gradient, mean, largest);
  }

  private void run(StepBlocks x, double rate) {
    x.descent(4, maximize, weightDecay);
    x.scale(2, beta1);
    x.add(2, 4, 1 - beta1);
    x.scale(3, beta2);
    x.abs(4);
    x.shift(4, eps);
    x.max(3, 4);
    x.addQuotient(0, 2, 3, rate);
  }
}
