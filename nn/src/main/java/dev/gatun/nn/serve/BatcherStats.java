package dev.gatun.nn.serve;

import java.util.List;

/// What a [Batcher] has done since it was opened. Numbers are read one after the other while others
/// count on; every request is in one of the first five, unless it is still on its way or ended
/// because the batcher was closed.
///
/// @param answered requests with an answer
/// @param failed requests for whose row the function threw
/// @param late requests whose deadline passed first
/// @param cancelled requests whose caller was interrupted, or whose future was cancelled
/// @param rejected requests that were refused because the queue was full
/// @param queueDepth requests that wait now
/// @param batchSizes how many batches had 0, 1, 2, … rows, up to the maximum batch size; rows that
///   were tried again alone are batches of 1
/// @param waitNanos how long rows waited in the queue, in all
/// @param computeNanos how long the function took, in all
/// @param waits how many rows waited in the queue for less than 2⁰, 2¹, 2², … µs, but not less than
///   the power before; the last takes all the rest
public record BatcherStats(
    long answered,
    long failed,
    long late,
    long cancelled,
    long rejected,
    int queueDepth,
    List<Long> batchSizes,
    long waitNanos,
    long computeNanos,
    List<Long> waits) {

  /// Copies the lists.
  public BatcherStats {
    batchSizes = List.copyOf(batchSizes);
    waits = List.copyOf(waits);
  }

  /// {@return the number of batches}
  public long batches() {
    return sum(batchSizes);
  }

  /// {@return the rows of all batches by their number; NaN before the first}
  public double meanBatchSize() {
    double rows = 0;
    for (int size = 0; size < batchSizes.size(); size++) {
      rows += (double) size * batchSizes.get(size);
    }
    return rows / batches();
  }

  /// How long rows waited in the queue.
  ///
  /// @param quantile from 0 to 1, such as 0.99
  /// @return microseconds that this part of the rows did not wait for: the next power of two; 0
  ///   before the first row
  /// @throws IllegalArgumentException if the quantile is not in that range
  public long waitMicros(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException(
          "waitMicros: the quantile must be from 0 to 1: " + quantile);
    }
    double left = quantile * sum(waits);
    for (int bucket = 0; bucket < waits.size(); bucket++) {
      left -= waits.get(bucket);
      if (left <= 0 && waits.get(bucket) > 0) {
        return 1L << bucket;
      }
    }
    return 0;
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
