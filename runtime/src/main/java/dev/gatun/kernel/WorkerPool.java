package dev.gatun.kernel;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Daemon platform threads, started when they are first needed. A job is given only to workers that
/// are idle, so nothing ever waits for a busy one. A worker that died is replaced at the next
/// offer.
final class WorkerPool {
  /// How long a worker without a job looks for the next one before it sleeps: waking it takes about
  /// as long, and the operations of a model follow each other within that time.
  private static final long LOOK_NANOS = 50_000;

  private static final int SPINS = 32;

  private final AtomicReferenceArray<@Nullable Worker> workers;
  private final Budget budget;

  /// @param workers how many at most
  /// @param budget full when a worker that looks for a job would only be in the way
  WorkerPool(int workers, Budget budget) {
    this.workers = new AtomicReferenceArray<>(workers);
    this.budget = budget;
  }

  Budget budget() {
    return budget;
  }

  /// Sets at most `wanted` idle workers to the job.
  ///
  /// @return how many, fewer when others are busy or the system gives no more threads
  int offer(Runnable job, int wanted) {
    int taken = 0;
    for (int i = 0; i < workers.length() && taken < wanted; i++) {
      Worker worker = workers.get(i);
      if (worker == null ? start(i, job) : worker.accept(job)) {
        taken++;
      }
    }
    return taken;
  }

  private boolean start(int slot, Runnable job) {
    Worker worker = null;
    try {
      worker = new Worker(slot, job);
      if (workers.compareAndSet(slot, null, worker)) {
        worker.start();
        return true;
      }
    } catch (OutOfMemoryError | StackOverflowError e) {
      // No room for one more thread: the caller does the work alone.
      if (worker != null) {
        workers.compareAndSet(slot, worker, null);
      }
    }
    return false;
  }

  /// Workers that have no job, whether they were started or not.
  int idle() {
    int idle = 0;
    for (int i = 0; i < workers.length(); i++) {
      Worker worker = workers.get(i);
      idle += worker == null || worker.job.get() == null ? 1 : 0;
    }
    return idle;
  }

  /// A class of its own so that tests and stack traces tell its threads from others.
  final class Worker extends Thread {
    private final AtomicReference<@Nullable Runnable> job;
    private final int slot;
    private volatile boolean asleep;

    private Worker(int slot, Runnable first) {
      super("gatun-worker-" + (slot + 1));
      this.slot = slot;
      this.job = new AtomicReference<>(first);
      setDaemon(true);
    }

    private boolean accept(Runnable offered) {
      if (job.getPlain() != null || !job.compareAndSet(null, offered)) {
        return false;
      }
      if (asleep) {
        LockSupport.unpark(this);
      }
      return true;
    }

    @Override
    public void run() {
      try {
        while (true) {
          take().run();
          job.set(null);
        }
      } finally {
        workers.compareAndSet(slot, this, null);
      }
    }

    private Runnable take() {
      Runnable next = look();
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
    private @Nullable Runnable look() {
      long start = System.nanoTime();
      Runnable next = job.get();
      while (next == null && !budget.isFull() && System.nanoTime() - start < LOOK_NANOS) {
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
