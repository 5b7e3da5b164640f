package dev.gatun.tensor;

import dev.gatun.kernel.StepBlocks;

/// One step of RAdam on one parameter, in one pass over its memory:
///
/// ```
/// g = ∇ + weightDecay · p
/// m = beta1 · m + (1 - beta1) · g,    v = beta2 · v + (1 - beta2) · g²
/// ρ∞ = 2 / (1 - beta2) - 1,    ρ = ρ∞ - 2t · beta2ᵗ / (1 - beta2ᵗ)
/// r = √((ρ - 4) (ρ - 2) ρ∞ / ((ρ∞ - 4) (ρ∞ - 2) ρ))
/// p = p - lr · m / (1 - beta1ᵗ) · (ρ > 5 ? r · √(1 - beta2ᵗ) / (√v + eps) : 1)
/// ```
///
/// @param lr the learning rate
/// @param beta1 decay of the mean of gradients
/// @param beta2 decay of the mean of their squares
/// @param eps added to the denominator
/// @param weightDecay factor of the parameter that is added to its gradient
/// @param t which step this is, counted from 1
public record RAdamStep(
    double lr, double beta1, double beta2, double eps, double weightDecay, long t) {
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
    double rate = -lr / (1 - Math.pow(beta1, (double) t));
    double rest = 1 - Math.pow(beta2, (double) t);
    double longest = 2 / (1 - beta2) - 1;
    double length = longest - 2 * t * (1 - rest) / rest;
    double adaptive = rate * rectification(length, longest) * Math.sqrt(rest);
    FusedStep.run(
        "radam",
        x -> run(x, length > 5, length > 5 ? adaptive : rate),
        1,
        0b1101,
        parameter,
        gradient,
        mean,
        square);
  }

  private void run(StepBlocks x, boolean adaptive, double rate) {
    x.descent(4, false, weightDecay);
    x.scale(2, beta1);
    x.add(2, 4, 1 - beta1);
    x.scale(3, beta2);
    x.addProduct(3, 4, 4, 1 - beta2);
    if (adaptive) {
      x.copy(4, 3);
      x.sqrt(4);
      x.shift(4, eps);
      x.addQuotient(0, 2, 4, rate);
    } else {
      x.add(0, 2, rate);
    }
  }

  private static double rectification(double length, double longest) {
    return Math.sqrt(
        (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
  }
}
