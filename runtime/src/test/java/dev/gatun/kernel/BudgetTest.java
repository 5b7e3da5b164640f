package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BudgetTest {
  @Test
  void helpersAreWhatCallersLeave() {
    Budget budget = new Budget(4);
    assertEquals(3, budget.enter(9));
    assertEquals(0, budget.enter(9));
    budget.leave(3);
    assertEquals(1, budget.enter(1));
    assertEquals(4, budget.running());
    assertTrue(budget.isFull());
  }

  @Test
  void callersAreNeverRefusedAndHelpersMakeRoomForThem() {
    Budget budget = new Budget(3);
    assertEquals(2, budget.enter(2));
    assertFalse(budget.leaveIfCrowded());
    assertEquals(0, budget.enter(2));
    assertTrue(budget.leaveIfCrowded());
    assertFalse(budget.leaveIfCrowded());
    assertEquals(3, budget.running());
    for (int i = 0; i < 5; i++) {
      assertEquals(0, budget.enter(1));
    }
    assertEquals(8, budget.running());
  }

  /// Four threads at once go through operations that want more than there is.
  @Test
  void threadsThatComputeNeverExceedTheBudgetByMoreThanTheirCallers() throws Exception {
    int threads = 3;
    int callers = 4;
    Budget budget = new Budget(threads);
    WorkerPool pool = new WorkerPool(8, budget);
    AtomicInteger inOperations = new AtomicInteger();
    AtomicInteger computing = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger tasks = new AtomicInteger();
    try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
      for (int c = 0; c < callers; c++) {
        Future<?> _ =
            executor.submit(() -> {
              for (int round = 0; round < 300; round++) {
                inOperations.incrementAndGet();
                Workers.run(
                    pool,
                    9,
                    20,
                    i -> {
                      most.accumulateAndGet(computing.incrementAndGet(), Math::max);
                      tasks.incrementAndGet();
                      Thread.onSpinWait();
                      computing.decrementAndGet();
                    });
                inOperations.decrementAndGet();
              }
            });
      }
    }
    assertEquals(callers * 300 * 20, tasks.get());
    assertTrue(most.get() <= threads - 1 + callers, "computed at once: " + most);
    assertEquals(0, inOperations.get());
    awaitZero(budget);
  }

  @Test
  void aHelperLeavesWhenAnotherCallerComes() throws Exception {
    WorkerPool pool = new WorkerPool(1, new Budget(2));
    CountDownLatch helped = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger first = new AtomicInteger();
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      Future<?> long1 =
          executor.submit(() ->
              Workers.run(
                  pool,
                  2,
                  Integer.MAX_VALUE,
                  i -> {
                    if (i < 2) {
                      helped.countDown();
                      await(helped);
                    }
                    if (end.getCount() == 0) {
                      throw new IllegalStateException("ends here");
                    }
                    first.incrementAndGet();
                  }));
      await(helped);
      assertEquals(0, pool.idle());
      Future<?> long2 = executor.submit(() -> Workers.run(pool, 2, 2, i -> await(end)));
      while (pool.idle() == 0) {
        Thread.onSpinWait();
      }
      assertEquals(2, pool.budget().running());
      int then = first.get();
      while (first.get() == then) {
        Thread.onSpinWait();
      }
      assertFalse(long1.isDone());
      end.countDown();
      long2.get();
    }
    awaitZero(pool.budget());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitZero(Budget budget) {
    while (budget.running() > 0) {
      Thread.onSpinWait();
    }
  }
}
