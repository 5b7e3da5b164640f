package dev.gatun.nn.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Everything at once, for `-Dgatun.stress.seconds`: callers of all kinds who are late, leave, are
/// interrupted, ask wrongly, or bring a row that the function throws for.
@Timeout(value = 1, unit = TimeUnit.HOURS)
@ExtendWith(NoOpenScopes.class)
class BatcherStressTest {
  private static final long NANOS = Long.getLong("gatun.stress.seconds", 1) * 1_000_000_000;
  private static final RowType PAIR = RowType.f32(2);

  /// Doubles, but throws when the second of a row is negative.
  private static final BatchFunction FUNCTION =
      (input, output) -> {
        if (input.min().item() < 0) {
          throw new IllegalStateException("negative");
        }
        Tensor _ = output.copy_(input.mul(2));
      };

  /// What one caller asked, and what became of it.
  private static final class Caller {
    private final Batcher batcher;
    private final RandomGenerator random;
    private long asked;
    private long answered;
    private long failed;

    Caller(Batcher batcher, int seed) {
      this.batcher = batcher;
      this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    Caller run(long end) throws InterruptedException {
      while (System.nanoTime() < end) {
        int id = random.nextInt(1 << 20);
        asked++;
        try {
          ask(id);
        } catch (BatcherException.Failed e) {
          assertEquals(
              "batcher: this row failed: java.lang.IllegalStateException: negative",
              e.getMessage());
          failed++;
        } catch (BatcherException.Late | BatcherException.QueueFull e) {
          // Counted by the batcher.
        }
      }
      return this;
    }

    private void ask(int id) throws InterruptedException {
      float[] row = {id, id % 7};
      switch (random.nextInt(12)) {
        case 0 -> check(id, batcher.infer(row, Duration.ofNanos(random.nextInt(200_000))));
        case 1 -> {
          row[1] = -1;
          float[] _ = batcher.infer(row);
        }
        case 2 -> askAndCancel(id, row);
        case 3 -> askInterrupted(id, row);
        case 4 -> askFromConfinedMemory(id, row);
        case 5 -> askWrongly();
        default -> check(id, batcher.infer(row));
      }
    }

    private void check(int id, float[] reply) {
      assertArrayEquals(new float[] {2 * id, 2 * (id % 7)}, reply);
      answered++;
    }

    private void askAndCancel(int id, float[] row) throws InterruptedException {
      CompletableFuture<float[]> future = batcher.submit(row);
      if (random.nextBoolean()) {
        boolean _ = future.cancel(true);
      }
      try {
        assertArrayEquals(new float[] {2 * id, 2 * (id % 7)}, future.get());
      } catch (CancellationException e) {
        assertTrue(future.isCancelled());
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }

    private void askInterrupted(int id, float[] row) {
      Thread.currentThread().interrupt();
      try {
        check(id, batcher.infer(row));
        assertTrue(Thread.interrupted(), "the answer came first");
      } catch (InterruptedException e) {
        assertEquals("infer: interrupted while waiting for the answer", e.getMessage());
      } finally {
        boolean _ = Thread.interrupted();
      }
    }

    private void askFromConfinedMemory(int id, float[] row) throws InterruptedException {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment reply = arena.allocate(8, 4);
        batcher.infer(arena.allocateFrom(ValueLayout.JAVA_FLOAT, row), reply);
        check(id, reply.toArray(ValueLayout.JAVA_FLOAT));
      }
    }

    private void askWrongly() throws InterruptedException {
      asked--;
      try {
        throw new AssertionError(batcher.infer(new float[1]));
      } catch (IllegalArgumentException e) {
        assertEquals("infer: the row does not fit: 1 elements, not F32 [2] (2)", e.getMessage());
      }
    }
  }

  @Test
  void everyRequestHasOneOutcome() throws InterruptedException, ExecutionException {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    BatcherOptions options =
        BatcherOptions.of(16).capacity(32).runners(3).maxDelay(Duration.ofNanos(100_000));
    try (Batcher batcher = Batcher.open(FUNCTION, PAIR, PAIR, options);
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService platform = Executors.newCachedThreadPool()) {
      List<Future<Caller>> all = new ArrayList<>();
      long end = System.nanoTime() + NANOS;
      for (int i = 0; i < 48; i++) {
        Caller caller = new Caller(batcher, i);
        all.add((i % 3 == 0 ? platform : virtual).submit(() -> caller.run(end)));
      }
      long asked = 0;
      long answered = 0;
      long failed = 0;
      for (Future<Caller> each : all) {
        Caller caller = each.get();
        asked += caller.asked;
        answered += caller.answered;
        failed += caller.failed;
      }
      // Futures that were cancelled while they were computed may be on their way still.
      long total = asked;
      Gate.until(() -> outcomes(batcher.stats()) == total);
      BatcherStats stats = batcher.stats();
      assertEquals(failed, stats.failed());
      assertTrue(answered > 0 && answered <= stats.answered(), stats::toString);
      assertTrue(stats.late() > 0 && stats.cancelled() > 0 && failed > 0, stats::toString);
      assertEquals(0, stats.queueDepth());
    }
    Gate.until(() -> MemoryStats.now().liveBytes() <= before);
  }

  private static long outcomes(BatcherStats stats) {
    return stats.answered() + stats.failed() + stats.late() + stats.cancelled() + stats.rejected();
  }
}
