package dev.gatun.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/// Processor time as a number of threads: how many compute inside of large operations, callers and
/// their helpers together, against how many may.
///
/// A caller always computes; it gets helpers only from what is free. So an operation that is alone
/// has the machine, one among many has its own thread, and there are never more threads than the
/// budget or, where these are more, the callers. It is touched twice by a large operation and never
/// by a small one.
final class Budget {
  private final int threads;
  private final AtomicInteger running = new AtomicInteger();

  Budget(int threads) {
    this.threads = threads;
  }

  /// Counts the calling thread and as many of the helpers it wants as are free.
  ///
  /// @return how many helpers; each is to be given back by [#leave]
  int enter(int wanted) {
    while (true) {
      int now = running.get();
      int helpers = Math.clamp(threads - 1L - now, 0, wanted);
      if (running.compareAndSet(now, now + 1 + helpers)) {
        return helpers;
      }
    }
  }

  void leave(int count) {
    running.addAndGet(-count);
  }

  /// For a helper between two tasks: gives its thread back when callers have come who need it.
  ///
  /// @return whether it did, and must not go on
  boolean leaveIfCrowded() {
    int now = running.get();
    return now > threads && running.compareAndSet(now, now - 1);
  }

  /// Whether nobody would get a helper now.
  boolean isFull() {
    return running.get() >= threads;
  }

  int running() {
    return running.get();
  }
}
