package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One step of Adam over contiguous memory in one pass: parameter, gradient and moments are read
/// once, and what changes is written once. Every step of the arithmetic is rounded as if it were an
/// operation of its own, so the result is that of the operations, whatever the backend.
public final class AdamKernels {
  /// Elements per task, so that a result does not depend on the number of threads.
  private static final long CHUNK = 32_768;

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
    if (n < 2 * CHUNK) {
      new Job(dtype, f, p, g, m, v, largest == null ? v : largest, keeps, n).run(0, n);
      return;
    }
    ElementRun va = v.alias();
    ElementRun la = largest == null ? va : largest.alias();
    Job job = new Job(dtype, f, p.alias(), g.alias(), m.alias(), va, la, keeps, n);
    Workers.run(Math.toIntExact(Math.ceilDiv(n, CHUNK)), job);
  }

  /// The step of one parameter.
  ///
  /// @param largest `v` when no largest is kept
  /// @param keeps whether one is
  record Job(
      DType dtype,
      Factors f,
      ElementRun p,
      ElementRun g,
      ElementRun m,
      ElementRun v,
      ElementRun largest,
      boolean keeps,
      long n)
      implements IntConsumer {
    @Override
    public void accept(int task) {
      long from = task * CHUNK;
      run(from, Math.min(CHUNK, n - from));
    }

    void run(long from, long count) {
      switch (dtype) {
        case F32 -> AdamLoops.f32(this, from, count);
        case F64 -> AdamLoops.f64(this, from, count);
        case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("adam", dtype);
      }
    }
  }
}
