package dev.gatun.nn.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// However a batcher is closed, nobody hangs and nothing stays.
@Timeout(60)
@ExtendWith(NoOpenScopes.class)
class BatcherCloseTest {
  private static final RowType ONE = RowType.f32(1);
  private static final BatcherOptions OPTIONS =
      BatcherOptions.of(4).runners(1).capacity(8).deadline(null).maxDelay(Duration.ZERO);

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("gatun-batch-"))
        .count();
  }

  private static void assertClosed(CompletableFuture<?> future) {
    Throwable e = assertThrows(ExecutionException.class, future::get).getCause();
    assertInstanceOf(BatcherException.Closed.class, e);
  }

  @Test
  void refusesCallsAfterwards() throws InterruptedException {
    Batcher batcher;
    try (Batcher open = Batcher.open(BatchFunction.of(x -> x), ONE, ONE, OPTIONS)) {
      batcher = open;
      assertArrayEquals(new float[] {3}, open.infer(new float[] {3}));
    }
    batcher.close();
    assertEquals(
        "batcher: it is closed",
        assertThrows(BatcherException.Closed.class, () -> batcher.infer(new float[1]))
            .getMessage());
    assertThrows(BatcherException.Closed.class, () -> batcher.submit(new float[1]).get());
    assertEquals(1, batcher.stats().answered());
    Gate.until(() -> threads() == 0);
  }

  @Test
  void answersThoseWhoWaitFirst() throws InterruptedException, ExecutionException {
    Gate gate = new Gate();
    List<CompletableFuture<float[]>> all = new ArrayList<>();
    FutureTask<Boolean> closing;
    try (Batcher batcher = Batcher.open(gate, ONE, ONE, OPTIONS)) {
      for (int i = 0; i < 7; i++) {
        all.add(batcher.submit(new float[] {i}));
      }
      assertFalse(gate.next().isEmpty());
      closing =
          new FutureTask<>(() -> {
            batcher.close(Duration.ofSeconds(20));
            return true;
          });
      Thread _ = Thread.ofPlatform().start(closing);
      Gate.until(() -> isClosed(batcher));
      gate.open();
    }
    for (int i = 0; i < 7; i++) {
      assertArrayEquals(new float[] {2 * i}, all.get(i).get());
    }
    assertTrue(closing.get());
  }

  private static boolean isClosed(Batcher batcher) {
    try {
      assertTrue(batcher.submit(new float[1]).cancel(true));
      return false;
    } catch (BatcherException.QueueFull e) {
      return false;
    } catch (BatcherException.Closed e) {
      return true;
    }
  }

  @Test
  void endsThoseWhoWaitWhenTheTimeIsOver() throws InterruptedException {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    Gate gate = new Gate();
    Batcher batcher;
    try (Batcher open = Batcher.open(gate, ONE, ONE, OPTIONS)) {
      batcher = open;
      CompletableFuture<float[]> computed = open.submit(new float[] {1});
      assertEquals(List.of(1), gate.next());
      CompletableFuture<float[]> waiting = open.submit(new float[] {2});
      FutureTask<float[]> calling = new FutureTask<>(() -> open.infer(new float[] {3}));
      Thread _ = Thread.startVirtualThread(calling);
      Gate.until(() -> open.stats().queueDepth() == 2);
      // The gate pays no attention to interrupts: the function goes on.
      open.close(Duration.ofMillis(10));
      assertClosed(computed);
      assertClosed(waiting);
      Throwable e = assertThrows(ExecutionException.class, calling::get).getCause();
      assertInstanceOf(BatcherException.Closed.class, e);
      assertEquals(1, threads());
      open.close(Duration.ZERO);
      gate.open();
    }
    Gate.until(() -> threads() == 0);
    assertEquals(0, batcher.stats().answered());
    Gate.until(() -> MemoryStats.now().liveBytes() <= before);
  }

  @Test
  void interruptsAFunctionThatSleeps() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    BatchFunction sleeping =
        (_, _) -> {
          inside.countDown();
          try {
            Thread.sleep(Duration.ofHours(1));
          } catch (InterruptedException e) {
            throw new IllegalStateException("woken", e);
          }
        };
    try (Batcher batcher = Batcher.open(sleeping, ONE, ONE, OPTIONS)) {
      CompletableFuture<float[]> future = batcher.submit(new float[1]);
      inside.await();
      batcher.close(Duration.ZERO);
      assertClosed(future);
    }
    Gate.until(() -> threads() == 0);
  }

  @Test
  void endsThoseWhoWaitForRoom() throws InterruptedException {
    Gate gate = new Gate();
    try (Batcher batcher = Batcher.open(gate, ONE, ONE, OPTIONS.capacity(1).waitWhenFull(true))) {
      CompletableFuture<float[]> computed = batcher.submit(new float[] {1});
      assertEquals(List.of(1), gate.next());
      CompletableFuture<float[]> queued = batcher.submit(new float[] {2});
      List<FutureTask<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        FutureTask<float[]> call = new FutureTask<>(() -> batcher.infer(new float[1]));
        calls.add(call);
        Thread thread = Thread.ofPlatform().start(call);
        Gate.until(() ->
            thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
      }
      batcher.close(Duration.ZERO);
      assertClosed(computed);
      assertClosed(queued);
      for (FutureTask<float[]> call : calls) {
        Throwable e = assertThrows(ExecutionException.class, call::get).getCause();
        assertInstanceOf(BatcherException.Closed.class, e);
      }
      gate.open();
    }
  }

  @Test
  void anInterruptEndsTheWaitOfClose() throws InterruptedException {
    Gate gate = new Gate();
    try (Batcher batcher = Batcher.open(gate, ONE, ONE, OPTIONS)) {
      CompletableFuture<float[]> computed = batcher.submit(new float[] {1});
      assertEquals(List.of(1), gate.next());
      Thread.currentThread().interrupt();
      batcher.close(Duration.ofHours(1));
      assertTrue(Thread.interrupted());
      assertClosed(computed);
      gate.open();
    }
  }

  /// Callers come while it closes: each has its answer or an exception.
  @Test
  void raceOfCallersAndClose() throws InterruptedException, ExecutionException {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 100; round++) {
        Duration drain = round % 2 == 0 ? Duration.ofSeconds(10) : Duration.ZERO;
        List<Future<Boolean>> all = new ArrayList<>();
        try (Batcher batcher =
            Batcher.open(
                BatchFunction.of(x -> x.mul(2)), ONE, ONE, OPTIONS.runners(1 + round % 3))) {
          for (int i = 0; i < 8; i++) {
            boolean future = i % 4 == 3;
            all.add(callers.submit(() -> askUntilClosed(batcher, future, answered, closed)));
          }
          if (round % 4 < 2) {
            Gate.until(() -> batcher.stats().answered() > 0);
          }
          batcher.close(drain);
        }
        for (Future<Boolean> each : all) {
          assertTrue(each.get());
        }
      }
    }
    assertEquals(800, closed.get());
    assertTrue(answered.get() > 0);
    Gate.until(() -> threads() == 0);
    Gate.until(() -> MemoryStats.now().liveBytes() <= before);
  }

  private static boolean askUntilClosed(
      Batcher batcher, boolean future, AtomicInteger answered, AtomicInteger closed)
      throws InterruptedException, ExecutionException {
    for (int i = 0; ; i++) {
      float[] row = {i};
      try {
        float[] reply = future ? joined(batcher.submit(row)) : batcher.infer(row);
        assertArrayEquals(new float[] {2 * i}, reply);
        answered.incrementAndGet();
      } catch (BatcherException.QueueFull e) {
        Thread.onSpinWait();
      } catch (BatcherException.Closed e) {
        closed.incrementAndGet();
        return true;
      }
    }
  }

  private static float[] joined(CompletableFuture<float[]> future)
      throws InterruptedException, ExecutionException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BatcherException known) {
        throw known;
      }
      throw e;
    }
  }

  @Test
  void aFunctionMayOutliveItsCallers() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    BatchFunction waiting =
        (input, output) -> {
          boolean ready = false;
          while (!ready) {
            ready = go.getCount() == 0;
            Thread.onSpinWait();
          }
          Tensor _ = output.copy_(input);
        };
    float[] reply = {-1};
    try (Batcher batcher = Batcher.open(waiting, ONE, ONE, OPTIONS)) {
      var row = MemorySegment.ofArray(new float[] {5});
      var to = MemorySegment.ofArray(reply);
      assertThrows(
          BatcherException.Late.class, () -> batcher.infer(row, to, Duration.ofMillis(20)));
      go.countDown();
      assertArrayEquals(new float[] {7}, batcher.infer(new float[] {7}));
      assertArrayEquals(new float[] {-1}, reply, "written after the caller had left");
    }
  }
}
