package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// [EmbeddingKernels] in F64. Rows pass through arrays, whatever memory the table is in.
final class F64Bags {
  private F64Bags() {}

  static void sum(
      Bags bags,
      ElementRun table,
      @Nullable ElementRun scale,
      ElementRun y,
      long first,
      long last) {
    int n = bags.columns();
    Scratch scratch = Scratch.take();
    double[] sum = scratch.ensureDoublesA(n);
    double[] row = scratch.ensureDoublesB(n);
    for (long b = first; b < last; b++) {
      Arrays.fill(sum, 0, n, 0);
      for (long j = bags.start(b); j < bags.start(b + 1); j++) {
        long at = bags.at(j);
        if (at != bags.padding()) {
          table.read(at * n, row, n);
          add(row, scale == null ? 1 : factor(scale, j), sum, n);
        }
      }
      y.write(sum, b * n, n);
    }
    scratch.release();
  }

  /// The columns `first` to `last`.
  static void spread(
      Bags bags, ElementRun g, @Nullable ElementRun scale, ElementRun table, int first, int last) {
    long n = bags.columns();
    int width = last - first;
    Scratch scratch = Scratch.take();
    double[] sum = scratch.ensureDoublesA(width);
    double[] row = scratch.ensureDoublesB(width);
    for (long b = 0; b < bags.bags(); b++) {
      g.read(b * n + first, row, width);
      for (long j = bags.start(b); j < bags.start(b + 1); j++) {
        long at = bags.at(j);
        if (at != bags.padding()) {
          table.read(at * n + first, sum, width);
          add(row, scale == null ? 1 : factor(scale, j), sum, width);
          table.write(sum, at * n + first, width);
        }
      }
    }
    scratch.release();
  }

  static void largest(Bags bags, ElementRun table, ElementRun y, long first, long last) {
    int n = bags.columns();
    Scratch scratch = Scratch.take();
    double[] most = scratch.ensureDoublesA(n);
    double[] row = scratch.ensureDoublesB(n);
    long[] places = scratch.ensureLongs(n);
    for (long b = first; b < last; b++) {
      Arrays.fill(places, 0, n, -1);
      boolean none = true;
      for (long j = bags.start(b); j < bags.start(b + 1); j++) {
        long at = bags.at(j);
        if (at != bags.padding()) {
          table.read(at * n, row, n);
          for (int c = 0; c < n; c++) {
            if (none || row[c] > most[c]) {
              most[c] = row[c];
              places[c] = at;
            }
          }
          none = false;
        }
      }
      MemorySegment.copy(
          places, 0, y.memory(), ValueLayout.JAVA_LONG_UNALIGNED, y.at(b * n, Long.BYTES), n);
    }
    scratch.release();
  }

  private static double factor(ElementRun scale, long j) {
    return Element.f64(scale.memory(), scale.at(j, Double.BYTES));
  }

  private static void add(double[] row, double factor, double[] sum, int n) {
    for (int c = 0; c < n; c++) {
      sum[c] += factor * row[c];
    }
  }
}
