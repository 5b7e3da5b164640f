package dev.gatun.nn.serve;

import dev.gatun.nn.serve.Request.Phase;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Decides which requests become a batch. One runner collects at a time, the others wait for their
/// turn: two that took rows in turns would make batches of half the size.
///
/// What waits is taken at once while it is at least as much as the batch before had; rows gather by
/// themselves while runners compute. Less than that waits for the rest, because callers who were
/// just answered tend to come back together: until the oldest row has waited for the maximum delay,
/// or nobody came for a quarter of it. So a lone request after another lone one does not wait at
/// all, and the first after a busy time for at most that quarter.
final class Collector {
  private final RequestQueue queue;
  private final Counters counters;
  private final int maxBatch;
  private final long maxDelay;
  private final ReentrantLock turn = new ReentrantLock();
  private int rowsBefore = 1;

  Collector(RequestQueue queue, Counters counters, int maxBatch, long maxDelay) {
    this.queue = queue;
    this.counters = counters;
    this.maxBatch = maxBatch;
    this.maxDelay = maxDelay;
  }

  /// Waits for requests and takes a batch of them, in order.
  ///
  /// @param batch to be filled from the front
  /// @return how many were taken; -1 at the end
  int collect(@Nullable Request[] batch) {
    turn.lock();
    try {
      Request first = queue.peek();
      while (first == null && queue.isOpen()) {
        queue.awaitFirst();
        first = queue.peek();
      }
      if (first == null) {
        return -1;
      }
      linger(first);
      int rows = take(batch);
      rowsBefore = Math.max(1, rows);
      return rows;
    } finally {
      turn.unlock();
    }
  }

  boolean isClosed() {
    return queue.isClosed();
  }

  private void linger(Request first) {
    int depth = queue.depth();
    while (depth < rowsBefore && queue.isOpen()) {
      long now = System.nanoTime();
      long left = maxDelay - (now - first.arrived);
      if (left <= 0 || first.left(now) < 2 * maxDelay) {
        return;
      }
      queue.awaitDepth(rowsBefore, Math.min(left, 1 + maxDelay / 4));
      int before = depth;
      depth = queue.depth();
      if (depth <= before) {
        return;
      }
    }
  }

  private int take(@Nullable Request[] batch) {
    long now = System.nanoTime();
    int rows = 0;
    int leaving = 0;
    while (rows < maxBatch) {
      Request next = queue.poll();
      if (next == null) {
        break;
      }
      if (next.left(now) <= 0) {
        if (next.end(Phase.WAITING, Phase.LATE)) {
          leaving++;
          counters.late.increment();
        }
      } else if (next.move(Phase.WAITING, Phase.TAKEN)) {
        counters.waited(now - next.arrived);
        leaving++;
        batch[rows++] = next;
      }
    }
    queue.release(leaving);
    return rows;
  }
}
