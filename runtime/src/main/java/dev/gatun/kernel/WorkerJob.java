package dev.gatun.kernel;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The tasks of one call, taken one by one by the threads that take part.
final class WorkerJob implements Runnable {
  /// The caller looks this often before it parks: the last task of a worker ends soon after its
  /// own.
  private static final int SPINS = 2000;

  private final int tasks;
  private final IntConsumer body;
  private final Thread caller = Thread.currentThread();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger left;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  WorkerJob(int tasks, IntConsumer body) {
    this.tasks = tasks;
    this.body = body;
    this.left = new AtomicInteger(tasks);
  }

  /// Takes tasks until there are none. A worker that comes late finds none and touches nothing.
  @Override
  public void run() {
    for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
      perform(i);
    }
  }

  // Whatever the body throws belongs to the caller; nothing is swallowed.
  @SuppressWarnings("CatchingUnchecked")
  private void perform(int task) {
    try {
      if (failure.get() == null) {
        Opaque.call(body, task);
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    } finally {
      if (left.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }
  }

  /// Waits for all tasks and rethrows the first failure. For the caller only.
  void await() {
    for (int i = 0; i < SPINS && left.get() > 0; i++) {
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    while (left.get() > 0) {
      LockSupport.park(this);
      // Set, it would end every further park at once.
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      // A body cannot declare any other.
      case Throwable e -> throw new UndeclaredThrowableException(e);
    }
  }
}
