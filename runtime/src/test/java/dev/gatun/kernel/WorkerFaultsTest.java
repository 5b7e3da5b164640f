package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever happens to a task, a worker or a caller: the caller gets it, nobody is left inside, and
/// the pool goes on.
@Timeout(60)
class WorkerFaultsTest {
  private static final int WORKERS = 3;

  private final WorkerPool pool = new WorkerPool(WORKERS, new Budget(WORKERS + 1));

  @AfterEach
  void allOfThePoolStillWorks() {
    awaitIdle();
    CountDownLatch all = new CountDownLatch(WORKERS + 1);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    run(
        WORKERS + 1,
        i -> {
          threads.add(Thread.currentThread());
          all.countDown();
          await(all);
        });
    assertEquals(WORKERS + 1, threads.size());
  }

  @Test
  void whatAWorkerThrowsReachesTheCaller() {
    List<Throwable> faults =
        List.of(
            new IllegalStateException("state"),
            new OutOfMemoryError("heap"),
            new AssertionError("assertion"),
            new LinkageError("linkage"));
    for (Throwable fault : faults) {
      assertSame(fault, assertThrows(Throwable.class, () -> failOnAWorker(() -> sneak(fault))));
    }
  }

  @Test
  void aWorkersStackOverflowReachesTheCaller() {
    assertThrows(StackOverflowError.class, () -> failOnAWorker(() -> endless(0)));
  }

  @Test
  void aWorkersHeapExhaustionReachesTheCaller() {
    OutOfMemoryError thrown =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                failOnAWorker(() -> {
                  long[][] hoard = new long[1000][];
                  for (int i = 0; i < hoard.length; i++) {
                    hoard[i] = new long[Integer.MAX_VALUE - 8];
                  }
                }));
    assertTrue(String.valueOf(thrown.getMessage()).contains("heap"), thrown.getMessage());
  }

  /// Every thread takes one of the first tasks and waits for the others, then a worker fails.
  private void failOnAWorker(Runnable fault) {
    CountDownLatch all = new CountDownLatch(WORKERS + 1);
    AtomicBoolean failing = new AtomicBoolean();
    awaitIdle();
    run(
        1000,
        i -> {
          if (i <= WORKERS) {
            all.countDown();
            await(all);
            if (Thread.currentThread() instanceof WorkerPool.Worker && !failing.getAndSet(true)) {
              fault.run();
            }
          }
        });
  }

  @Test
  void aFailureWaitsForTasksThatHadBegunAndBeginsNoOther() {
    for (boolean callerFails : new boolean[] {true, false}) {
      awaitIdle();
      CountDownLatch all = new CountDownLatch(WORKERS + 1);
      AtomicInteger begun = new AtomicInteger();
      AtomicInteger inside = new AtomicInteger();
      Thread caller = Thread.currentThread();
      AtomicBoolean failing = new AtomicBoolean();
      assertThrows(
          IllegalStateException.class,
          () ->
              run(
                  100,
                  i -> {
                    begun.incrementAndGet();
                    inside.incrementAndGet();
                    all.countDown();
                    await(all);
                    boolean mine = (Thread.currentThread() == caller) == callerFails;
                    if (mine && !failing.getAndSet(true)) {
                      inside.decrementAndGet();
                      throw new IllegalStateException("boom");
                    }
                    pause(30);
                    inside.decrementAndGet();
                  }));
      assertEquals(0, inside.get());
      assertEquals(WORKERS + 1, begun.get());
    }
  }

  @Test
  void workersThatDieAreReplaced() throws Exception {
    for (int round = 0; round < 3; round++) {
      List<Thread> dead = new ArrayList<>();
      CountDownLatch dying = new CountDownLatch(WORKERS);
      awaitIdle();
      assertEquals(
          WORKERS,
          pool.offer(
              () -> {
                Thread worker = Thread.currentThread();
                worker.setUncaughtExceptionHandler((_, _) -> {});
                synchronized (dead) {
                  dead.add(worker);
                }
                dying.countDown();
                throw new AssertionError("the worker dies of this");
              },
              WORKERS));
      await(dying);
      for (Thread worker : dead) {
        worker.join();
      }
      allOfThePoolStillWorks();
    }
  }

  @Test
  void interruptedWorkersGoOn() {
    awaitIdle();
    run(
        50,
        i -> {
          Thread.currentThread().interrupt();
          Thread.onSpinWait();
          if (!(Thread.currentThread() instanceof WorkerPool.Worker)) {
            assertTrue(Thread.interrupted());
          }
        });
  }

  /// A caller whose stack is nearly used up: at whatever depth it gives out, it does so before any
  /// worker has begun or after all have ended.
  @Test
  void aCallersStackOverflowLeavesNobodyInside() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger left = new AtomicInteger();
    AtomicInteger overflows = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    IntConsumer body =
        i -> {
          inside.incrementAndGet();
          if (i % 2 == 1) {
            Thread.onSpinWait();
          }
          inside.decrementAndGet();
        };
    Thread caller =
        new Thread(
            null,
            () -> {
              try {
                descend(body, inside, left, overflows);
              } catch (StackOverflowError e) {
                overflows.incrementAndGet();
              } catch (Throwable e) {
                failure.set(e);
              }
            },
            "nearly-full",
            256 << 10);
    caller.start();
    caller.join();
    assertEquals(null, failure.get());
    assertEquals(0, left.get());
    assertTrue(overflows.get() > 0);
  }

  @SuppressWarnings("InfiniteRecursion") // that is what it is for
  private void descend(
      IntConsumer body, AtomicInteger inside, AtomicInteger left, AtomicInteger overflows) {
    try {
      descend(body, inside, left, overflows);
    } finally {
      // On the way up, at every depth.
      try {
        run(8, body);
      } catch (StackOverflowError e) {
        overflows.incrementAndGet();
      }
      if (inside.get() != 0) {
        left.incrementAndGet();
      }
    }
  }

  @Test
  void anInterruptedCallerStillWaits() {
    AtomicInteger inside = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    awaitIdle();
    Thread.currentThread().interrupt();
    run(
        2,
        i -> {
          inside.incrementAndGet();
          both.countDown();
          if (Thread.currentThread() instanceof WorkerPool.Worker) {
            await(both);
            pause(20);
          }
          inside.decrementAndGet();
        });
    assertEquals(0, inside.get());
    assertTrue(Thread.interrupted());
  }

  @Test
  void aFailureInsideOfAnotherOperationReachesTheOuterOne() {
    Throwable thrown =
        assertThrows(
            Throwable.class,
            () ->
                run(
                    4,
                    i ->
                        Workers.run(
                            4,
                            j -> {
                              throw new IllegalStateException("inner");
                            })));
    assertInstanceOf(IllegalStateException.class, thrown);
  }

  private void run(int tasks, IntConsumer body) {
    Workers.run(pool, WORKERS + 1, tasks, body);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int endless(int depth) {
    return endless(depth + 1) + 1;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> void sneak(Throwable e) throws X {
    throw (X) e;
  }

  private void awaitIdle() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (pool.idle() < WORKERS || pool.budget().running() > 0) {
      assertTrue(
          System.nanoTime() < end,
          () -> pool.idle() + " idle, " + pool.budget().running() + " counted");
      pause(1);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited too long");
      }
    } catch (InterruptedException e) {
      // A worker may have been interrupted before; only the latch counts.
      await(latch);
    }
  }
}
