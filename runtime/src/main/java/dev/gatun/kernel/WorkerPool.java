package dev.gatun.kernel;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A fixed number of daemon platform threads. A job is given only to workers that are idle, so
/// nothing ever waits in the queue for a busy one.
final class WorkerPool {
  /// So that tests and stack traces tell them from other threads.
  static final class Worker extends Thread {
    Worker(Runnable loop, String name) {
      super(loop, name);
      setDaemon(true);
    }
  }

  private final AtomicInteger idle;
  private final LinkedBlockingQueue<WorkerJob> jobs = new LinkedBlockingQueue<>();

  WorkerPool(int workers) {
    idle = new AtomicInteger(workers);
    for (int i = 0; i < workers; i++) {
      new Worker(this::loop, "gatun-worker-" + (i + 1)).start();
    }
  }

  /// Sets at most `wanted` idle workers to the job; none when all are busy.
  void offer(WorkerJob job, int wanted) {
    for (int i = 0; i < wanted && takeIdle(); i++) {
      jobs.add(job);
    }
  }

  int idle() {
    return idle.get();
  }

  private boolean takeIdle() {
    int now = idle.get();
    while (now > 0 && !idle.compareAndSet(now, now - 1)) {
      now = idle.get();
    }
    return now > 0;
  }

  private void loop() {
    while (true) {
      try {
        jobs.take().run();
        idle.incrementAndGet();
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt a worker, and the process needs it: it goes on.
      }
    }
  }
}
