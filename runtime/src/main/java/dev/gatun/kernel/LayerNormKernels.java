package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// Contiguous rows brought to mean 0 and variance 1, then scaled and shifted, and the gradient of
/// that: one pass over the memory each. Results do not depend on the number of threads.
public final class LayerNormKernels {
  /// Elements per task.
  private static final long CHUNK = 32_768;

  /// Most parts that rows are summed in.
  private static final int PARTS = 16;

  /// What is kept of a row: its mean, and 1 by its standard deviation.
  public static final int STATS = 2;

  /// Rows may not be longer: parts of them are copied to arrays.
  public static final long LONGEST = 1 << 28;

  private LayerNormKernels() {}

  /// What forward and backward have in common.
  ///
  /// @param dtype F32 or F64, of everything
  /// @param x `[rows, n]`
  /// @param weight `[n]`, or null
  /// @param stats `[rows, STATS]`
  /// @param rows number of rows
  /// @param n elements per row
  /// @param centered false leaves the mean where it is: the variance is then the mean square
  public record Problem(
      DType dtype,
      ElementRun x,
      @Nullable ElementRun weight,
      ElementRun stats,
      long rows,
      int n,
      boolean centered) {
    private Problem alias() {
      ElementRun w = weight == null ? null : weight.alias();
      return new Problem(dtype, x.alias(), w, stats.alias(), rows, n, centered);
    }

    private boolean isLarge() {
      return rows * n >= 2 * CHUNK;
    }

    private long rowsPerTask() {
      return Math.max(1, CHUNK / Math.max(1, n));
    }

    private int tasks() {
      return Math.toIntExact(Math.ceilDiv(rows, rowsPerTask()));
    }
  }

  /// `y = (x - mean) / √(variance + eps) weight + bias`, and the stats.
  ///
  /// @param p the problem
  /// @param bias `[n]`, or null
  /// @param eps added to the variance
  /// @param y result, in the shape of `x`
  public static void forward(Problem p, @Nullable ElementRun bias, double eps, ElementRun y) {
    if (!p.isLarge()) {
      forward(p, 0, p.rows, bias, eps, y);
      return;
    }
    Problem shared = p.alias();
    ElementRun ba = bias == null ? null : bias.alias();
    ElementRun ya = y.alias();
    Workers.run(
        p.tasks(),
        task -> {
          long first = task * shared.rowsPerTask();
          long last = Math.min(shared.rows, first + shared.rowsPerTask());
          forward(shared, first, last, ba, eps, ya);
        });
  }

  private static void forward(
      Problem p, long first, long last, @Nullable ElementRun bias, double eps, ElementRun y) {
    switch (p.dtype) {
      case F32 -> F32LayerNorm.forward(p, first, last, bias, eps, y);
      case F64 -> F64LayerNorm.forward(p, first, last, bias, eps, y);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("layerNorm", p.dtype);
    }
  }

  /// The gradient with respect to `x`.
  ///
  /// @param p the problem, after [#forward]
  /// @param g gradient with respect to the result
  /// @param dx result
  public static void backward(Problem p, ElementRun g, ElementRun dx) {
    if (!p.isLarge()) {
      backward(p, 0, p.rows, g, dx);
      return;
    }
    Problem shared = p.alias();
    ElementRun ga = g.alias();
    ElementRun da = dx.alias();
    Workers.run(
        p.tasks(),
        task -> {
          long first = task * shared.rowsPerTask();
          backward(shared, first, Math.min(shared.rows, first + shared.rowsPerTask()), ga, da);
        });
  }

  private static void backward(Problem p, long first, long last, ElementRun g, ElementRun dx) {
    switch (p.dtype) {
      case F32 -> F32LayerNorm.backward(p, first, last, g, dx);
      case F64 -> F64LayerNorm.backward(p, first, last, g, dx);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("layerNorm", p.dtype);
    }
  }

  /// The gradient with respect to the weight: `Σ g (x - mean) / √(variance + eps)` over the rows.
  ///
  /// @param p the problem, after [#forward]
  /// @param g gradient with respect to the result
  /// @param dw result, `[n]`
  public static void weightGradient(Problem p, ElementRun g, ElementRun dw) {
    int parts = Math.clamp(p.rows * p.n / CHUNK, 1, PARTS);
    double[][] sums = new double[parts][p.n];
    if (parts == 1) {
      weightGradient(p, 0, p.rows, g, sums[0]);
    } else {
      Problem shared = p.alias();
      ElementRun ga = g.alias();
      Workers.run(
          parts,
          part -> {
            long first = shared.rows * part / parts;
            long last = shared.rows * (part + 1) / parts;
            weightGradient(shared, first, last, ga, sums[part]);
          });
    }
    double[] total = sums[0];
    for (int part = 1; part < parts; part++) {
      for (int c = 0; c < p.n; c++) {
        total[c] += sums[part][c];
      }
    }
    int bytes = p.dtype.byteSize();
    for (int c = 0; c < p.n; c++) {
      Element.store(p.dtype, dw.memory(), dw.at(c, bytes), total[c]);
    }
  }

  private static void weightGradient(
      Problem p, long first, long last, ElementRun g, double[] sums) {
    switch (p.dtype) {
      case F32 -> F32LayerNorm.weightGradient(p, first, last, g, sums);
      case F64 -> F64LayerNorm.weightGradient(p, first, last, g, sums);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("layerNorm", p.dtype);
    }
  }
}
