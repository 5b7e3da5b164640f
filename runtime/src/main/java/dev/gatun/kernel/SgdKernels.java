package dev.gatun.kernel;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// One step of stochastic gradient descent over contiguous memory in one pass. Every step of the
/// arithmetic is rounded as if it were an operation of its own, so the result is that of the
/// operations, whatever the backend.
public final class SgdKernels {
  private SgdKernels() {}

  /// What is the same for all elements: with `g = ±gradient + decay p`,
  ///
  /// ```
  /// b = keep b + take g
  /// p = p - rate (nesterov ? g + keep b : b)
  /// ```
  ///
  /// @param rate the learning rate
  /// @param keep share of the last direction that is kept
  /// @param take share of the gradient that is added to it
  /// @param decay share of the parameter that is added to its gradient
  /// @param nesterov whether to look ahead along the momentum
  /// @param maximize whether the gradient counts as negative
  public record Factors(
      double rate, double keep, double take, double decay, boolean nesterov, boolean maximize) {}

  /// Changes `n` elements of `p` and `b`; no two runs overlap.
  ///
  /// @param dtype F32 or F64
  /// @param f what is the same for all elements
  /// @param p parameter
  /// @param g gradient
  /// @param b last direction, or null without momentum
  /// @param n number of elements
  public static void step(
      DType dtype, Factors f, ElementRun p, ElementRun g, @Nullable ElementRun b, long n) {
    ElementRun[] runs = b == null ? new ElementRun[] {p, g} : new ElementRun[] {p, g, b};
    StepKernels.run("sgd", dtype, x -> SgdLoops.step(f, x, b != null), 0, 0b101, runs, n);
  }
}
