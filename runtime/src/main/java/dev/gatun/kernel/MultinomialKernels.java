package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i64;

import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;

/// Draws of categories by their weights, for rows of `n` weights each. All operands are contiguous;
/// weights and uniform numbers are F64, categories I64; offsets are elements.
public final class MultinomialKernels {
  // Below this many numbers one thread does all rows.
  private static final long SMALL = 1 << 15;

  private MultinomialKernels() {}

  /// The position of the first number that is not in `[low, high]`, as a NaN is not.
  ///
  /// @param x numbers
  /// @param xOffset the first of them
  /// @param n how many
  /// @param low smallest that is allowed
  /// @param high largest that is allowed
  /// @return a position, or -1 when there is none
  public static long firstOutside(MemorySegment x, long xOffset, long n, double low, double high) {
    for (long i = 0; i < n; i++) {
      double v = f64(x, (xOffset + i) * Double.BYTES);
      if (!(v >= low && v <= high)) {
        return i;
      }
    }
    return -1;
  }

  /// Each of `k` draws of a row on its own: the category in whose part of the sum of all weights a
  /// uniform number falls.
  ///
  /// @param rows number of rows
  /// @param n categories
  /// @param k draws per row
  /// @param weights `[rows, n]`, none negative, in no row all zero
  /// @param weightOffset the first of them
  /// @param uniform `[rows, k]`, from 0 to below 1
  /// @param uniformOffset the first of them
  /// @param y result `[rows, k]`
  /// @param yOffset the first of them
  public static void withReplacement(
      long rows,
      int n,
      int k,
      MemorySegment weights,
      long weightOffset,
      MemorySegment uniform,
      long uniformOffset,
      MemorySegment y,
      long yOffset) {
    MemorySegment w = Workers.alias(weights);
    MemorySegment u = Workers.alias(uniform);
    MemorySegment to = Workers.alias(y);
    run(
        rows,
        n + k,
        row -> {
          double[] sums = sums(w, weightOffset + (long) row * n, n);
          for (int j = 0; j < k; j++) {
            long at = ((long) row * k + j) * Long.BYTES;
            double part = f64(u, uniformOffset * Double.BYTES + at) * sums[n - 1];
            i64(to, yOffset * Long.BYTES + at, above(sums, part));
          }
        });
  }

  private static double[] sums(MemorySegment w, long offset, int n) {
    double[] sums = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += f64(w, (offset + i) * Double.BYTES);
      sums[i] = sum;
    }
    return sums;
  }

  /// The first position whose sum is above `part`, or, where rounding left none, that at which the
  /// sum was reached.
  private static int above(double[] sums, double part) {
    double target = Math.min(part, Math.nextDown(sums[sums.length - 1]));
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// `k` different categories of each row, in the order of drawing: those whose exponential waiting
  /// times, one over the weight in the mean, are the shortest.
  ///
  /// @param rows number of rows
  /// @param n categories
  /// @param k draws per row, not more than `n`
  /// @param weights `[rows, n]`, none negative
  /// @param weightOffset the first of them
  /// @param uniform `[rows, n]`, from 0 to below 1
  /// @param uniformOffset the first of them
  /// @param y result `[rows, k]`
  /// @param yOffset the first of them
  public static void withoutReplacement(
      long rows,
      int n,
      int k,
      MemorySegment weights,
      long weightOffset,
      MemorySegment uniform,
      long uniformOffset,
      MemorySegment y,
      long yOffset) {
    MemorySegment w = Workers.alias(weights);
    MemorySegment u = Workers.alias(uniform);
    MemorySegment to = Workers.alias(y);
    run(
        rows,
        n,
        row -> {
          Shortest shortest = new Shortest(k);
          for (int i = 0; i < n; i++) {
            long at = ((long) row * n + i) * Double.BYTES;
            double weight = f64(w, weightOffset * Double.BYTES + at);
            double wait = -Math.log1p(-f64(u, uniformOffset * Double.BYTES + at));
            shortest.offer(weight == 0 ? Double.POSITIVE_INFINITY : wait / weight, i);
          }
          for (int j = k - 1; j >= 0; j--) {
            i64(to, (yOffset + (long) row * k + j) * Long.BYTES, shortest.removeLongest());
          }
        });
  }

  private static void run(long rows, long numbers, IntConsumer row) {
    int count = Math.toIntExact(rows);
    if (rows * numbers >= SMALL) {
      Workers.run(count, row);
      return;
    }
    for (int i = 0; i < count; i++) {
      row.accept(i);
    }
  }

  /// The `k` shortest times that were offered, the longest of them on top of a heap; of equal ones
  /// the later category counts as longer.
  private static final class Shortest {
    private final double[] times;
    private final int[] categories;
    private int size;

    Shortest(int k) {
      times = new double[k];
      categories = new int[k];
    }

    void offer(double time, int category) {
      if (size < times.length) {
        times[size] = time;
        categories[size] = category;
        rise(size++);
      } else if (time < times[0]) {
        times[0] = time;
        categories[0] = category;
        sink();
      }
    }

    int removeLongest() {
      int longest = categories[0];
      size--;
      times[0] = times[size];
      categories[0] = categories[size];
      sink();
      return longest;
    }

    private void rise(int from) {
      int i = from;
      while (i > 0 && isLonger(i, (i - 1) / 2)) {
        swap(i, (i - 1) / 2);
        i = (i - 1) / 2;
      }
    }

    private void sink() {
      int i = 0;
      while (2 * i + 1 < size) {
        int child = 2 * i + 1;
        if (child + 1 < size && isLonger(child + 1, child)) {
          child++;
        }
        if (!isLonger(child, i)) {
          return;
        }
        swap(child, i);
        i = child;
      }
    }

    private boolean isLonger(int i, int j) {
      return times[i] > times[j] || (times[i] == times[j] && categories[i] > categories[j]);
    }

    private void swap(int i, int j) {
      double time = times[i];
      times[i] = times[j];
      times[j] = time;
      int category = categories[i];
      categories[i] = categories[j];
      categories[j] = category;
    }
  }
}
