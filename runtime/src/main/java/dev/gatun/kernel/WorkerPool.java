package dev.gatun.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fixed number of daemon platform threads. A job is given only to workers that are idle, so
/// nothing ever waits for a busy one.
final class WorkerPool {
  /// How long a worker without a job looks for the next one before it sleeps: waking it takes about
  /// as long, and the operations of a model follow each other within that time.
  private static final long LOOK_NANOS = 50_000;

  private static final int SPINS = 32;

  private final Worker[] workers;
  private final AtomicInteger idle;

  WorkerPool(int workers) {
    this.workers = new Worker[workers];
    idle = new AtomicInteger(workers);
    for (int i = 0; i < workers; i++) {
      this.workers[i] = new Worker(idle, "gatun-worker-" + (i + 1));
      this.workers[i].start();
    }
  }

  /// Sets at most `wanted` idle workers to the job; none when all are busy.
  void offer(WorkerJob job, int wanted) {
    int missing = wanted;
    for (int i = 0; i < workers.length && missing > 0; i++) {
      if (workers[i].accept(job)) {
        missing--;
      }
    }
  }

  int idle() {
    return idle.get();
  }

  /// A class of its own so that tests and stack traces tell its threads from others.
  static final class Worker extends Thread {
    private final AtomicReference<@Nullable WorkerJob> job = new AtomicReference<>();
    private final AtomicInteger idle;
    private volatile boolean asleep;

    private Worker(AtomicInteger idle, String name) {
      super(name);
      this.idle = idle;
      setDaemon(true);
    }

    private boolean accept(WorkerJob offered) {
      if (job.getPlain() != null || !job.compareAndSet(null, offered)) {
        return false;
      }
      idle.getAndDecrement();
      if (asleep) {
        LockSupport.unpark(this);
      }
      return true;
    }

    @Override
    public void run() {
      while (true) {
        take().run();
        idle.getAndIncrement();
        job.set(null);
      }
    }

    private WorkerJob take() {
      WorkerJob next = look();
      while (next == null) {
        asleep = true;
        next = job.get();
        if (next == null) {
          LockSupport.park(this);
          // Nobody has a reason to interrupt a worker; set, it would end every further park at
          // once.
          Thread.interrupted();
        }
        asleep = false;
      }
      return next;
    }

    /// Gives the processor away between looks, to whoever has something to do on it. Nothing but
    /// speed depends on that.
    @SuppressWarnings("ThreadPriorityCheck")
    private @Nullable WorkerJob look() {
      long start = System.nanoTime();
      WorkerJob next = job.get();
      while (next == null && System.nanoTime() - start < LOOK_NANOS) {
        for (int i = 0; i < SPINS && next == null; i++) {
          Thread.onSpinWait();
          next = job.get();
        }
        if (next == null) {
          Thread.yield();
          next = job.get();
        }
      }
      return next;
    }
  }
}
