package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cross-entropy of contiguous rows of logits against one class each, and its gradient: one pass
/// over the logits forward, and one backward that writes the gradient as it goes.
///
/// With `p = softmax(x)`, weights `w` (1 where there are none), `s` the label smoothing and `t` the
/// class of a row of `C` elements, its loss is
///
/// ```
/// -(1 - s) w[t] ln p[t] - s / C Σ w[c] ln p[c]
/// ```
///
/// and 0 where the class is to be ignored. Results do not depend on the number of threads.
public final class CrossEntropyKernels {
  /// Elements per task.
  private static final long CHUNK = 32_768;

  /// What is kept of a row: its largest element, `Σ exp(x - largest)`, and its loss.
  public static final int STATS = 3;

  /// Rows may not be longer: parts of them are copied to arrays.
  public static final long MOST_CLASSES = 1 << 28;

  private CrossEntropyKernels() {}

  /// What forward and backward have in common.
  ///
  /// @param dtype F32 or F64, of everything but the targets
  /// @param logits `[rows, classes]`
  /// @param targets `[rows]`, I64
  /// @param weights `[classes]`, or null
  /// @param stats `[rows, STATS]`
  /// @param rows number of rows
  /// @param classes elements per row
  /// @param ignored the class of rows that do not count
  /// @param smoothing share of the target that is spread over all classes
  public record Problem(
      DType dtype,
      ElementRun logits,
      ElementRun targets,
      @Nullable ElementRun weights,
      ElementRun stats,
      long rows,
      int classes,
      long ignored,
      double smoothing) {
    private Problem alias() {
      return new Problem(
          dtype,
          logits.alias(),
          targets.alias(),
          weights == null ? null : weights.alias(),
          stats.alias(),
          rows,
          classes,
          ignored,
          smoothing);
    }

    long target(long row) {
      return Element.i64(targets.memory(), targets.at(row, 8));
    }

    double weight(long c) {
      if (weights == null) {
        return 1;
      }
      int bytes = dtype.byteSize();
      return Element.asDouble(dtype, weights.memory(), weights.at(c, bytes));
    }

    private boolean isLarge() {
      return rows * classes >= 2 * CHUNK;
    }

    private long rowsPerTask() {
      return Math.max(1, CHUNK / Math.max(1, classes));
    }

    private int tasks() {
      return Math.toIntExact(Math.ceilDiv(rows, rowsPerTask()));
    }
  }

  /// Computes the stats, the loss of each row among them.
  ///
  /// @param p the problem
  /// @return a row whose target is neither a class nor to be ignored, or -1
  public static long forward(Problem p) {
    if (!p.isLarge()) {
      return forward(p, 0, p.rows);
    }
    Problem shared = p.alias();
    long[] bad = new long[p.tasks()];
    Workers.run(
        bad.length,
        task -> {
          long first = task * shared.rowsPerTask();
          long last = Math.min(shared.rows, first + shared.rowsPerTask());
          bad[task] = forward(shared, first, last);
        });
    return Arrays.stream(bad).filter(row -> row >= 0).findFirst().orElse(-1);
  }

  private static long forward(Problem p, long first, long last) {
    return switch (p.dtype) {
      case F32 -> F32CrossEntropy.forward(p, first, last);
      case F64 -> F64CrossEntropy.forward(p, first, last);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("crossEntropy", p.dtype);
    };
  }

  /// The sum of the losses.
  ///
  /// @param p the problem, after [#forward]
  /// @return summed in double
  public static double sum(Problem p) {
    int bytes = p.dtype.byteSize();
    double sum = 0;
    for (long r = 0; r < p.rows; r++) {
      sum += Element.asDouble(p.dtype, p.stats.memory(), p.stats.at(r * STATS + 2, bytes));
    }
    return sum;
  }

  /// What the mean divides by: the sum of the weights of all targets that are not ignored.
  ///
  /// @param p the problem, with targets in range
  /// @return summed in double
  public static double divisor(Problem p) {
    double sum = 0;
    for (long r = 0; r < p.rows; r++) {
      long target = p.target(r);
      sum += target == p.ignored ? 0 : p.weight(target);
    }
    return sum;
  }

  /// The gradient with respect to the logits.
  ///
  /// @param p the problem, after [#forward]
  /// @param g gradient of each loss, or of all when there is but one
  /// @param each whether there is one for each row
  /// @param scale factor of all of them
  /// @param dx result, in the shape of the logits
  public static void backward(Problem p, ElementRun g, boolean each, double scale, ElementRun dx) {
    if (!p.isLarge()) {
      backward(p, 0, p.rows, g, each, scale, dx);
      return;
    }
    Problem shared = p.alias();
    ElementRun ga = g.alias();
    ElementRun da = dx.alias();
    Workers.run(
        p.tasks(),
        task -> {
          long first = task * shared.rowsPerTask();
          long last = Math.min(shared.rows, first + shared.rowsPerTask());
          backward(shared, first, last, ga, each, scale, da);
        });
  }

  private static void backward(
      Problem p, long first, long last, ElementRun g, boolean each, double scale, ElementRun dx) {
    switch (p.dtype) {
      case F32 -> F32CrossEntropy.backward(p, first, last, g, each, scale, dx);
      case F64 -> F64CrossEntropy.backward(p, first, last, g, each, scale, dx);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("crossEntropy", p.dtype);
    }
  }

  /// The negated derivative of each row's loss with respect to `ln p`, times `scale`.
  ///
  /// @param p the problem, with targets in range
  /// @param scale factor
  /// @param y result, in the shape of the logits
  public static void targets(Problem p, double scale, ElementRun y) {
    int bytes = p.dtype.byteSize();
    double spread = p.smoothing / p.classes;
    for (long r = 0; r < p.rows; r++) {
      long target = p.target(r);
      for (long c = 0; c < p.classes; c++) {
        double share = (c == target ? 1 - p.smoothing : 0) + spread;
        double value = target == p.ignored ? 0 : scale * share * p.weight(c);
        Element.store(p.dtype, y.memory(), y.at(r * p.classes + c, bytes), value);
      }
    }
  }
}
