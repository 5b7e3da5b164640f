package dev.gatun.tensor;

import dev.gatun.kernel.StepBlocks;

/// One step of NAdam on one parameter, in one pass over its memory:
///
/// ```
/// g = ∇ + weightDecay · p
/// m = beta1 · m + (1 - beta1) · g,    v = beta2 · v + (1 - beta2) · g²
/// p = p - lr · (now · g + next · m) / (√(v / (1 - beta2ᵗ)) + eps)
/// ```
///
/// @param lr the learning rate
/// @param beta1 decay of the mean of gradients
/// @param beta2 decay of the mean of their squares
/// @param eps added to the denominator
/// @param weightDecay factor of the parameter that is added to its gradient
/// @param now weight of the gradient, `(1 - μ) / (1 - ∏μ)`
/// @param next weight of the mean, `μ⁺ / (1 - ∏μ · μ · μ⁺)` as PyTorch has it
/// @param t which step this is, counted from 1
public record NAdamStep(
    double lr,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    double now,
    double next,
    long t) {
  /// Changes `parameter`, `mean` and `square`, all of one shape and dtype, in place. Allocates no
  /// tensor where all are contiguous, each in memory of its own.
  ///
  /// @param parameter `p`, F32 or F64
  /// @param gradient `∇`, not changed
  /// @param mean `m`
  /// @param square `v`
  /// @throws ShapeException if the shapes differ
  /// @throws DTypeException if the dtypes differ or are not F32 or F64
  /// @throws IllegalStateException if one of them needs a gradient and [NoGrad] is not open
  public void apply(Tensor parameter, Tensor gradient, Tensor mean, Tensor square) {
    double rest = 1 - Math.pow(beta2, (double) t);
    FusedStep.run("nadam", x -> run(x, rest), 2, 0b1101, parameter, gradient, mean, square);
  }

  private void run(StepBlocks x, double rest) {
    x.descent(4, false, weightDecay);
    x.scale(2, beta1);
    x.add(2, 4, 1 - beta1);
    x.scale(3, beta2);
    x.addProduct(3, 4, 4, 1 - beta2);
    x.copy(5, 3);
    x.scale(5, 1 / rest);
    x.sqrt(5);
    x.shift(5, eps);
    x.addQuotient(0, 4, 5, -lr * now);
    x.addQuotient(0, 2, 5, -lr * next);
  }
}
