package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One step of stochastic gradient descent over contiguous memory in one pass. Every step of the
/// arithmetic is rounded as if it were an operation of its own, so the result is that of the
/// operations, whatever the backend.
public final class SgdKernels {
  /// Elements per task, so that a result does not depend on the number of threads.
  private static final long CHUNK = 32_768;

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
    boolean momentum = b != null;
    if (n < 2 * CHUNK) {
      new Job(dtype, f, p, g, b == null ? g : b, momentum, n).run(0, n);
      return;
    }
    ElementRun ga = g.alias();
    Job job = new Job(dtype, f, p.alias(), ga, b == null ? ga : b.alias(), momentum, n);
    Workers.run(Math.toIntExact(Math.ceilDiv(n, CHUNK)), job);
  }

  /// The step of one parameter.
  ///
  /// @param b `g` without momentum
  /// @param momentum whether there is any
  record Job(
      DType dtype, Factors f, ElementRun p, ElementRun g, ElementRun b, boolean momentum, long n)
      implements IntConsumer {
    @Override
    public void accept(int task) {
      long from = task * CHUNK;
      run(from, Math.min(CHUNK, n - from));
    }

    void run(long from, long count) {
      switch (dtype) {
        case F32 -> SgdLoops.f32(this, from, count);
        case F64 -> SgdLoops.f64(this, from, count);
        case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("sgd", dtype);
      }
    }
  }
}
