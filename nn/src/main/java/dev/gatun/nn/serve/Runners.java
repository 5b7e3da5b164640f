package dev.gatun.nn.serve;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The threads of one batcher.
final class Runners {
  private final List<Runner> threads;

  private Runners(List<Runner> threads) {
    this.threads = threads;
  }

  static Runners start(
      BatchFunction function,
      RowType input,
      RowType output,
      BatcherOptions options,
      RequestQueue queue,
      Counters counters) {
    int maxBatch = options.maxBatch();
    var collector = new Collector(queue, counters, maxBatch, Request.nanos(options.maxDelay()));
    List<Runner> threads = new ArrayList<>();
    try {
      for (int i = 0; i < options.runners(); i++) {
        BatchMemory memory = new BatchMemory(input, output, maxBatch);
        threads.add(
            new Runner("gatun-batch-" + i, collector, counters, function, memory, maxBatch));
      }
      threads.forEach(Thread::start);
    } catch (Throwable e) {
      queue.drain();
      threads.forEach(Runner::discard);
      throw e;
    }
    return new Runners(threads);
  }

  boolean isRunner(Thread thread) {
    return thread instanceof Runner runner && threads.contains(runner);
  }

  /// Whether runners may use memory: all, or none.
  boolean canUse(MemorySegment segment) {
    return segment.isAccessibleBy(threads.getFirst());
  }

  /// Waits for the end of all of them, or of the time; false means an interrupt.
  boolean await(long nanos) {
    long start = System.nanoTime();
    try {
      for (Runner thread : threads) {
        long left = nanos - (System.nanoTime() - start);
        if (left > 0 && thread.isAlive()) {
          TimeUnit.NANOSECONDS.timedJoin(thread, left);
        }
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /// Ends what those who still run are computing.
  void abandon() {
    for (Runner thread : threads) {
      if (thread.isAlive()) {
        thread.abandon();
      }
    }
  }
}
