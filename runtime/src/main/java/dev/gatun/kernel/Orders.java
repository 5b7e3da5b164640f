package dev.gatun.kernel;

import java.util.Arrays;

/// Sorting and selecting among keys of [SortKeys] in arrays, without boxes.
final class Orders {
  /// Below this many keys sorting beats selecting.
  private static final int FEW = 64;

  private Orders() {}

  /// Sorts positions by their keys, in place of `order`; those with equal keys keep their order.
  /// O(n log n) whatever the keys.
  ///
  /// Where they fit, keys and positions are packed into one long each. Where they do not, the upper
  /// bits of the keys are sorted first, then the lower bits of those that tie.
  static void sort(long[] keys, int n, long[] order) {
    if (n == 0) {
      return;
    }
    long min = keys[0];
    long max = min;
    for (int i = 1; i < n; i++) {
      min = Math.min(min, keys[i]);
      max = Math.max(max, keys[i]);
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(n - 1);
    long mask = (1L << bits) - 1;
    long range = max - min;
    if (range >= 0 && range <= Long.MAX_VALUE >>> bits) {
      for (int i = 0; i < n; i++) {
        order[i] = (keys[i] - min) << bits | i;
      }
      Arrays.sort(order, 0, n);
    } else {
      for (int i = 0; i < n; i++) {
        order[i] = (((keys[i] - min) & ~mask) | i) ^ Long.MIN_VALUE;
      }
      Arrays.sort(order, 0, n);
      sortTies(keys, min, bits, n, order);
    }
    for (int i = 0; i < n; i++) {
      order[i] &= mask;
    }
  }

  private static void sortTies(long[] keys, long min, int bits, int n, long[] order) {
    long mask = (1L << bits) - 1;
    for (int from = 0; from < n; ) {
      int to = from + 1;
      while (to < n && (order[to] & ~mask) == (order[from] & ~mask)) {
        to++;
      }
      if (to - from > 1) {
        for (int i = from; i < to; i++) {
          long position = order[i] & mask;
          order[i] = ((keys[(int) position] - min) & mask) << bits | position;
        }
        Arrays.sort(order, from, to);
      }
      from = to;
    }
  }

  /// The `k`-th smallest key, from 0; the keys are reordered. O(n) on the average, O(n log n) at
  /// worst.
  static long select(long[] keys, int n, int k) {
    int from = 0;
    int to = n;
    int left = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(n));
    while (to - from > FEW && left-- > 0) {
      long pivot = median(keys, from, to);
      int low = from;
      int high = to - 1;
      while (low <= high) {
        while (keys[low] < pivot) {
          low++;
        }
        while (keys[high] > pivot) {
          high--;
        }
        if (low <= high) {
          long key = keys[low];
          keys[low++] = keys[high];
          keys[high--] = key;
        }
      }
      if (k <= high) {
        to = high + 1;
      } else if (k >= low) {
        from = low;
      } else {
        return pivot;
      }
    }
    Arrays.sort(keys, from, to);
    return keys[k];
  }

  /// The median of three medians of three.
  private static long median(long[] keys, int from, int to) {
    int step = (to - from) / 9;
    long a = median(keys[from], keys[from + step], keys[from + 2 * step]);
    long b = median(keys[from + 3 * step], keys[from + 4 * step], keys[from + 5 * step]);
    long c = median(keys[from + 6 * step], keys[from + 7 * step], keys[to - 1]);
    return median(a, b, c);
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /// Keeps the `k` smallest of `n` candidates, the first ones where they tie, in their order.
  /// Returns the largest key that is left.
  static long keep(long[] keys, long[] positions, int n, int k, long[] scratch) {
    System.arraycopy(keys, 0, scratch, 0, n);
    long last = select(scratch, n, k - 1);
    int below = 0;
    for (int i = 0; i < n; i++) {
      below += keys[i] < last ? 1 : 0;
    }
    int ties = k - below;
    int kept = 0;
    for (int i = 0; kept < k; i++) {
      if (keys[i] < last || (keys[i] == last && ties-- > 0)) {
        keys[kept] = keys[i];
        positions[kept++] = positions[i];
      }
    }
    return last;
  }

  /// Numbers equal keys alike, from 0 in ascending order; every `nan` gets a number of its own.
  /// Returns how many numbers there are.
  static int rank(long[] keys, int n, boolean hasNan, long nan, long[] order, long[] ranks) {
    sort(keys, n, order);
    int rank = -1;
    for (int i = 0; i < n; i++) {
      long key = keys[(int) order[i]];
      if (i == 0 || key != keys[(int) order[i - 1]] || (hasNan && key == nan)) {
        rank++;
      }
      ranks[(int) order[i]] = rank;
    }
    return rank + 1;
  }
}
