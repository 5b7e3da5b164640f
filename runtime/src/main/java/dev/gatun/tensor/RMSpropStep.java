package dev.gatun.tensor;

import dev.gatun.kernel.StepBlocks;
import org.jspecify.annotations.Nullable;

/// One step of RMSprop on one parameter, in one pass over its memory:
///
/// ```
/// g = ±∇ + weightDecay · p
/// v = alpha · v + (1 - alpha) · g²
/// a = alpha · a + (1 - alpha) · g                       (only with a tensor for it)
/// d = g / (√(v - a²) + eps)
/// b = momentum · b + d                                  (b = d without a tensor for it)
/// p = p - lr · b
/// ```
///
/// @param lr the learning rate
/// @param alpha decay of the means
/// @param eps added to the denominator
/// @param weightDecay factor of the parameter that is added to its gradient
/// @param momentum share of the last direction that is kept
/// @param maximize whether to climb instead
public record RMSpropStep(
    double lr, double alpha, double eps, double weightDecay, double momentum, boolean maximize) {
  /// Changes `parameter` and those of `square`, `mean` and `direction` that are there, all of one
  /// shape and dtype, in place. Allocates no tensor where all are contiguous, each in memory of its
  /// own.
  ///
  /// @param parameter `p`, F32 or F64
  /// @param gradient `∇`, not changed
  /// @param square `v`
  /// @param mean `a`, or null to leave it out
  /// @param direction `b`, or null for none
  /// @throws ShapeException if the shapes differ
  /// @throws DTypeException if the dtypes differ or are not F32 or F64
  /// @throws IllegalStateException if one of them needs a gradient and [NoGrad] is not open
  public void apply(
      Tensor parameter,
      Tensor gradient,
      Tensor square,
      @Nullable Tensor mean,
      @Nullable Tensor direction) {
    if (mean != null && direction != null) {
      FusedStep.run(
          "rmsprop",
          x -> run(x, 5, true, 4),
          2,
          0b11101,
          parameter,
          gradient,
          square,
          mean,
          direction);
    } else if (mean != null) {
      FusedStep.run(
          "rmsprop", x -> run(x, 4, true, -1), 2, 0b1101, parameter, gradient, square, mean);
    } else if (direction != null) {
      FusedStep.run(
          "rmsprop", x -> run(x, 4, false, 3), 2, 0b1101, parameter, gradient, square, direction);
    } else {
      FusedStep.run("rmsprop", x -> run(x, 3, false, -1), 2, 0b101, parameter, gradient, square);
    }
  }

  /// @param g the first temporary
  /// @param b where the direction is, or -1
  private void run(StepBlocks x, int g, boolean centered, int b) {
    x.descent(g, maximize, weightDecay);
    x.scale(2, alpha);
    x.addProduct(2, g, g, 1 - alpha);
    int root = g + 1;
    x.copy(root, 2);
    if (centered) {
      x.scale(3, alpha);
      x.add(3, g, 1 - alpha);
      x.addProduct(root, 3, 3, -1);
    }
    x.sqrt(root);
    x.shift(root, eps);
    if (b >= 0) {
      x.scale(b, momentum);
      x.addQuotient(b, g, root, 1);
      x.add(0, b, -lr);
    } else {
      x.addQuotient(0, g, root, -lr);
    }
  }
}
