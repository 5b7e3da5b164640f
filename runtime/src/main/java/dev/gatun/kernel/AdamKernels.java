package dev.gatun.kernel;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// One step of Adam over contiguous memory in one pass: parameter, gradient and moments are read
/// once, and what changes is written once. Every step of the arithmetic is rounded as if it were an
/// operation of its own, so the result is that of the operations, whatever the backend.
public final class AdamKernels {
  private AdamKernels() {}

  /// What is the same for all elements: with `g = ±gradient + decay p`,
  ///
  /// ```
  /// m = beta1 m + (1 - beta1) g,    v = beta2 v + (1 - beta2) g²
  /// p = shrink p - rate m / (√v / correction + eps)
  /// ```
  ///
  /// @param rate the learning rate, divided by the correction of the mean
  /// @param beta1 decay of the mean of gradients
  /// @param beta2 decay of the mean of their squares
  /// @param correction of the root of the mean of squares
  /// @param eps added to the denominator
  /// @param decay share of the parameter that is added to its gradient
  /// @param shrink factor of the parameter
  /// @param maximize whether the gradient counts as negative
  public record Factors(
      double rate,
      double beta1,
      double beta2,
      double correction,
      double eps,
      double decay,
      double shrink,
      boolean maximize) {}

  /// Changes `n` elements of `p`, `m`, `v` and `largest`; no two of them overlap.
  ///
  /// @param dtype F32 or F64
  /// @param f what is the same for all elements
  /// @param p parameter
  /// @param g gradient
  /// @param m mean of gradients
  /// @param v mean of their squares
  /// @param largest largest `v` so far, which then takes the place of `v` in the step, or null
  /// @param n number of elements
  public static void step(
      DType dtype,
      Factors f,
      ElementRun p,
      ElementRun g,
      ElementRun m,
      ElementRun v,
      @Nullable ElementRun largest,
      long n) {
    boolean keeps = largest != null;
    ElementRun[] runs =
        largest == null ? new ElementRun[] {p, g, m, v} : new ElementRun[] {p, g, m, v, largest};
    StepKernels.run("adam", dtype, x -> AdamLoops.step(f, x, keeps), 0, 0b11101, runs, n);
  }
}
