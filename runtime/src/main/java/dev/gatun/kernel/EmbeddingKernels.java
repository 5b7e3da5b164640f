package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import org.jspecify.annotations.Nullable;

/// Sums and maxima of rows of a table, and the way back. Indices were checked before. Results do
/// not depend on the number of threads.
public final class EmbeddingKernels {
  /// Elements per task.
  private static final long CHUNK = 32_768;

  /// Fewest columns of a task that adds to a table.
  private static final int COLUMNS = 64;

  private EmbeddingKernels() {}

  /// `y[b] = Σ s[j] table[index[j]]` over the indices of bag b; those that are padding add nothing.
  ///
  /// @param dtype F32 or F64, of everything
  /// @param bags what to sum
  /// @param table `[size, columns]`
  /// @param scale `[count]`, or null for 1
  /// @param y `[bags, columns]`, the result
  public static void sum(
      DType dtype, Bags bags, ElementRun table, @Nullable ElementRun scale, ElementRun y) {
    Bags b = bags.alias();
    ElementRun from = table.alias();
    ElementRun factors = scale == null ? null : scale.alias();
    ElementRun to = y.alias();
    inBags(
        bags,
        (first, last) -> {
          switch (dtype) {
            case F32 -> F32Bags.sum(b, from, factors, to, first, last);
            case F64 -> F64Bags.sum(b, from, factors, to, first, last);
            case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("embedding", dtype);
          }
        });
  }

  /// `table[index[j]] += s[j] g[b]` for the indices of each bag b, in their order; those that are
  /// padding are skipped. The threads share the columns.
  ///
  /// @param dtype F32 or F64, of everything
  /// @param bags where to add
  /// @param g `[bags, columns]`
  /// @param scale `[count]`, or null for 1
  /// @param table `[size, columns]`, added to
  public static void spread(
      DType dtype, Bags bags, ElementRun g, @Nullable ElementRun scale, ElementRun table) {
    Bags b = bags.alias();
    ElementRun from = g.alias();
    ElementRun factors = scale == null ? null : scale.alias();
    ElementRun to = table.alias();
    long work = bags.count() * bags.columns();
    int tasks = Math.clamp(work / CHUNK, 1, Math.max(1, bags.columns() / COLUMNS));
    Workers.run(
        tasks,
        task -> {
          int first = (int) ((long) bags.columns() * task / tasks);
          int last = (int) ((long) bags.columns() * (task + 1) / tasks);
          switch (dtype) {
            case F32 -> F32Bags.spread(b, from, factors, to, first, last);
            case F64 -> F64Bags.spread(b, from, factors, to, first, last);
            case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("embedding", dtype);
          }
        });
  }

  /// For each bag and column the index of the largest element, the first of equal ones; -1 where
  /// there is none.
  ///
  /// @param dtype F32 or F64, of the table
  /// @param bags what to choose from
  /// @param table `[size, columns]`
  /// @param y I64 `[bags, columns]`, the result
  public static void largest(DType dtype, Bags bags, ElementRun table, ElementRun y) {
    Bags b = bags.alias();
    ElementRun from = table.alias();
    ElementRun to = y.alias();
    inBags(
        bags,
        (first, last) -> {
          switch (dtype) {
            case F32 -> F32Bags.largest(b, from, to, first, last);
            case F64 -> F64Bags.largest(b, from, to, first, last);
            case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("embedding", dtype);
          }
        });
  }

  @FunctionalInterface
  private interface Range {
    void run(long first, long last);
  }

  private static void inBags(Bags bags, Range body) {
    long n = bags.bags();
    long work = Math.max(bags.count(), n) * bags.columns();
    int tasks = (int) Math.min(n, Math.min(Integer.MAX_VALUE, Math.ceilDiv(work, CHUNK)));
    if (tasks <= 1) {
      body.run(0, n);
    } else {
      Workers.run(tasks, task -> body.run(n * task / tasks, n * (task + 1) / tasks));
    }
  }
}
