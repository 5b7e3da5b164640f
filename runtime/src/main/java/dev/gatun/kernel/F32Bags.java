package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// [EmbeddingKernels] in F32. Rows pass through arrays, whatever memory the table is in.
final class F32Bags {
  private F32Bags() {}

  static void sum(
      Bags bags,
      ElementRun table,
      @Nullable ElementRun scale,
      ElementRun y,
      long first,
      long last) {
    int n = bags.columns();
    Scratch scratch = Scratch.take();
    float[] sum = scratch.ensureFloatsA(n);
    float[] row = scratch.ensureFloatsB(n);
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
    float[] sum = scratch.ensureFloatsA(width);
    float[] row = scratch.ensureFloatsB(width);
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
    float[] most = scratch.ensureFloatsA(n);
    float[] row = scratch.ensureFloatsB(n);
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

  private static float factor(ElementRun scale, long j) {
    return Element.f32(scale.memory(), scale.at(j, Float.BYTES));
  }

  private static void add(float[] row, float factor, float[] sum, int n) {
    for (int c = 0; c < n; c++) {
      sum[c] += factor * row[c];
    }
  }
}
