package dev.gatun.tensor;

import dev.gatun.kernel.StepBlocks;

/// One step of Adadelta on one parameter, in one pass over its memory:
///
/// ```
/// g = ±∇ + weightDecay · p
/// v = rho · v + (1 - rho) · g²
/// d = √(u + eps) / √(v + eps) · g
/// u = rho · u + (1 - rho) · d²
/// p = p - lr · d
/// ```
///
/// @param lr the learning rate
/// @param rho decay of both means of squares
/// @param eps added below both roots
/// @param weightDecay factor of the parameter that is added to its gradient
/// @param maximize whether to climb instead
public record AdadeltaStep(
    double lr, double rho, double eps, double weightDecay, boolean maximize) {
  /// Changes `parameter`, `square` and `delta`, all of one shape and dtype, in place. Allocates no
  /// tensor where all are contiguous, each in memory of its own.
  ///
  /// @param parameter `p`, F32 or F64
  /// @param gradient `∇`, not changed
  /// @param square `v`
  /// @param delta `u`
  /// @throws ShapeException if the shapes differ
  /// @throws DTypeException if the dtypes differ or are not F32 or F64
  /// @throws IllegalStateException if one of them needs a gradient and [NoGrad] is not open
  public void apply(Tensor parameter, Tensor gradient, Tensor square, Tensor delta) {
    FusedStep.run("adadelta", this::run, 3, 0b1101, parameter, gradient, square, delta);
  }

  private void run(StepBlocks x) {
    x.descent(4, maximize, weightDecay);
    x.scale(2, rho);
    x.addProduct(2, 4, 4, 1 - rho);
    root(x, 5, 3);
    root(x, 6, 2);
    x.divide(5, 6);
    x.multiply(5, 4);
    x.scale(3, rho);
    x.addProduct(3, 5, 5, 1 - rho);
    x.add(0, 5, -lr);
  }

  private void root(StepBlocks x, int y, int of) {
    x.copy(y, of);
    x.shift(y, eps);
    x.sqrt(y);
  }
}
