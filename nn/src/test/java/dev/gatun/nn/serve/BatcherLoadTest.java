package dev.gatun.nn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Very many callers: each gets its own answer, once.
@Timeout(120)
@ExtendWith(NoOpenScopes.class)
class BatcherLoadTest {
  private static final RowType ROW = RowType.f32(8);

  /// Of whole numbers below 2²², so that every result is exact.
  private static final BatchFunction TWICE_PLUS_ONE = BatchFunction.of(x -> x.mul(2).add(1));

  private static final BatcherOptions OPTIONS =
      BatcherOptions.of(64)
          .capacity(10_000)
          .maxDelay(Duration.ofNanos(200_000))
          .deadline(Duration.ofSeconds(60));

  private static void ask(Batcher batcher, int id) throws InterruptedException {
    float[] row = new float[8];
    for (int i = 0; i < row.length; i++) {
      row[i] = id + i;
    }
    check(id, batcher.infer(row));
  }

  private static void check(int id, float[] reply) {
    for (int i = 0; i < reply.length; i++) {
      assertEquals(2f * (id + i) + 1, reply[i], "request " + id);
    }
  }

  /// Starts all at once; every request has a number of its own.
  private static void serve(ExecutorService threads, Batcher batcher, int callers, int rounds)
      throws InterruptedException, ExecutionException {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> all = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      int first = caller * rounds;
      all.add(
          threads.submit(() -> {
            start.await();
            for (int round = 0; round < rounds; round++) {
              ask(batcher, first + round);
            }
            return rounds;
          }));
    }
    start.countDown();
    int answers = 0;
    for (Future<Integer> each : all) {
      answers += each.get();
    }
    assertEquals(callers * rounds, answers);
  }

  private static void assertCounted(BatcherStats stats, long requests) {
    assertEquals(requests, stats.answered());
    assertEquals(0, stats.failed() + stats.late() + stats.cancelled() + stats.rejected());
    assertEquals(0, stats.queueDepth());
    long rows = 0;
    for (int size = 0; size < stats.batchSizes().size(); size++) {
      rows += size * stats.batchSizes().get(size);
    }
    assertEquals(requests, rows, "rows computed");
  }

  @Test
  void answers300PlatformThreads() throws InterruptedException, ExecutionException {
    for (int runners : new int[] {1, 3}) {
      try (Batcher batcher = Batcher.open(TWICE_PLUS_ONE, ROW, ROW, OPTIONS.runners(runners));
          ExecutorService threads = Executors.newFixedThreadPool(300)) {
        serve(threads, batcher, 300, 20);
        assertCounted(batcher.stats(), 6_000);
        assertTrue(batcher.stats().meanBatchSize() > 2, batcher.stats()::toString);
      }
    }
  }

  @Test
  void answers10000VirtualThreads() throws InterruptedException, ExecutionException {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    try (Batcher batcher = Batcher.open(TWICE_PLUS_ONE, ROW, ROW, OPTIONS.runners(2));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      serve(threads, batcher, 10_000, 2);
      assertCounted(batcher.stats(), 20_000);
    }
    Gate.until(() -> MemoryStats.now().liveBytes() <= before);
  }

  /// A wait that kept its carrier would let in only as many as there are carriers.
  @Test
  void virtualThreadsGiveUpTheirCarriersWhileTheyWait()
      throws InterruptedException, ExecutionException {
    Gate gate = new Gate();
    try (Batcher batcher = Batcher.open(gate, ROW, ROW, OPTIONS.runners(1));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<float[]>> all = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        all.add(threads.submit(() -> batcher.infer(new float[8])));
      }
      int inFunction = gate.next().size();
      Gate.until(() -> batcher.stats().queueDepth() == 1_000 - inFunction);
      gate.open();
      for (Future<float[]> each : all) {
        assertEquals(8, each.get().length);
      }
    }
  }

  @Test
  void completesEveryFutureOnce() throws InterruptedException, ExecutionException {
    AtomicInteger completions = new AtomicInteger();
    try (Batcher batcher = Batcher.open(TWICE_PLUS_ONE, ROW, ROW, OPTIONS.runners(2))) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        int id = i;
        float[] row = {id, id + 1, id + 2, id + 3, id + 4, id + 5, id + 6, id + 7};
        all.add(
            batcher
                .submit(row)
                .thenAccept(reply -> {
                  check(id, reply);
                  completions.incrementAndGet();
                }));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
      assertEquals(5_000, completions.get());
      assertCounted(batcher.stats(), 5_000);
    }
  }

  /// Asks with next to no time, and counts if it was not enough.
  private static Future<Boolean> late(
      ExecutorService threads, Batcher batcher, AtomicInteger late) {
    return threads.submit(() -> {
      try {
        return batcher.infer(new float[8], Duration.ofNanos(20_000)).length == 8;
      } catch (BatcherException.Late e) {
        late.incrementAndGet();
        return true;
      }
    });
  }

  /// Some leave, some are late: the others' answers stay their own.
  @Test
  void keepsAnswersApartWhileOthersLeave() throws InterruptedException, ExecutionException {
    try (Batcher batcher = Batcher.open(TWICE_PLUS_ONE, ROW, ROW, OPTIONS.runners(2));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger late = new AtomicInteger();
      List<Future<Boolean>> callsLate = new ArrayList<>();
      int cancelled = 0;
      for (int i = 0; i < 2_000; i++) {
        int id = i;
        switch (i % 3) {
          case 0 -> {
            CompletableFuture<float[]> future = batcher.submit(new float[8]);
            if (future.cancel(false)) {
              cancelled++;
            }
          }
          case 1 -> callsLate.add(late(threads, batcher, late));
          default -> {}
        }
        ask(batcher, id);
      }
      for (Future<Boolean> call : callsLate) {
        assertTrue(call.get());
      }
      BatcherStats stats = batcher.stats();
      assertEquals(late.get(), stats.late());
      assertTrue(stats.cancelled() <= cancelled);
      assertEquals(2_000 + 667 + 667, stats.answered() + stats.late() + stats.cancelled());
      assertEquals(0, stats.queueDepth());
    }
  }
}
