package dev.gatun.kernel;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The tasks of one call, taken one by one by the caller and its helpers.
///
/// Whatever happens to either, the caller returns only when no task is left and no helper inside:
/// the memory that they work on may be gone right after.
final class WorkerJob implements Runnable {
  /// The caller looks this often before it parks: the last task of a helper ends soon after its
  /// own.
  private static final int SPINS = 2000;

  /// How long a virtual thread computes before it lets others have its carrier.
  private static final long TURN_NANOS = 1_000_000;

  /// Calls that must fit on the stack before anything begins: some kilobytes, so that whatever
  /// overflows it later, helpers are waited for.
  private static final int ROOM = 40;

  private final WorkerPool pool;
  private final Budget budget;
  private final int tasks;
  private final IntConsumer body;
  private final Thread caller = Thread.currentThread();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger helpers = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /// @param pool where helpers come from
  WorkerJob(WorkerPool pool, int tasks, IntConsumer body) {
    this.pool = pool;
    this.budget = pool.budget();
    this.tasks = tasks;
    this.body = body;
  }

  /// The caller's part: all of the job, with as many helpers as are free.
  ///
  /// @param wanted how many at most
  // Whatever the body throws belongs to the caller; nothing is swallowed.
  @SuppressWarnings("CatchingUnchecked")
  void lead(int wanted) {
    long _ = ensureRoom(ROOM, tasks, wanted, 0, 0, 0, 0);
    int free = budget.enter(Math.max(0, Math.min(wanted, tasks - 1)));
    try {
      if (free > 0) {
        budget.leave(free - pool.offer(this, free));
      }
      takeTasks();
    } catch (Throwable e) {
      fail(e);
    } finally {
      await();
      budget.leave(1);
    }
    rethrow();
  }

  /// The arguments are there to be kept on the stack.
  private static long ensureRoom(int calls, long a, long b, long c, long d, long e, long f) {
    if (calls == 0) {
      return a;
    }
    return ensureRoom(calls - 1, b + 1, c + 2, d + 3, e + 4, f + 5, a + 6)
        + (a ^ b)
        + (c ^ d)
        + (e ^ f);
  }

  private void takeTasks() {
    boolean virtual = caller.isVirtual();
    long turn = virtual ? System.nanoTime() : 0;
    for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
      Opaque.call(body, i);
      if (virtual && System.nanoTime() - turn > TURN_NANOS) {
        // Gives the carrier away; after a yield it may well take this thread again, for ever.
        LockSupport.parkNanos(this, 1);
        turn = System.nanoTime();
      }
    }
  }

  /// A helper's part. One that comes late finds no task and touches nothing.
  @Override
  @SuppressWarnings("CatchingUnchecked")
  public void run() {
    // Before the first task is taken: a caller that finds none left must see who is inside.
    helpers.incrementAndGet();
    boolean counted = true;
    try {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        Opaque.call(body, i);
        if (budget.leaveIfCrowded()) {
          counted = false;
          break;
        }
      }
    } catch (Throwable e) {
      fail(e);
    } finally {
      if (counted) {
        budget.leave(1);
      }
      if (helpers.decrementAndGet() == 0 && next.get() >= tasks) {
        LockSupport.unpark(caller);
      }
    }
  }

  /// Keeps the first failure and lets nothing more begin.
  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
    next.set(tasks);
  }

  private void await() {
    for (int i = 0; i < SPINS && helpers.get() > 0; i++) {
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    while (helpers.get() > 0) {
      LockSupport.park(this);
      // Set, it would end every further park at once.
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      // A body cannot declare any other.
      case Throwable e -> throw new UndeclaredThrowableException(e);
    }
  }
}
