package dev.gatun.demo.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.demo.model.Activation;
import dev.gatun.demo.model.Weights;
import dev.gatun.demo.oip.Refusal;
import dev.gatun.demo.oip.Signature;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows reach engines, in batches or alone.
class SchedulerTest {
  private static final int MANY = 150;

  @TempDir private Path folder;

  private static ServerOptions.Batching batching(int rows, int queue) {
    return new ServerOptions.Batching(rows, Duration.ZERO, queue, Duration.ofSeconds(10));
  }

  private static float[] random(int count) {
    Random random = new Random(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64})
  void computesWhatPredictSays(int batch) throws Exception {
    Path file = folder.resolve("small.safetensors");
    Served.save(file, 1, Served.FEATURES);
    float[] rows = random(MANY * Served.FEATURES);
    float[] expected = Served.predicted(file, rows);
    AtomicInteger computed = new AtomicInteger();
    try (Scheduler scheduler =
        Scheduler.load(file, GatunEngine::load, batching(batch, MANY), computed::addAndGet)) {
      assertArrayEquals(expected, scheduler.infer(rows, MANY), 1e-5f);
      assertArrayEquals(
          Arrays.copyOf(expected, Served.OUTPUTS),
          scheduler.infer(Arrays.copyOf(rows, Served.FEATURES), 1),
          1e-5f);
      assertEquals(MANY + 1, computed.get());
      assertEquals(0, scheduler.queued());
      assertEquals("gatun", scheduler.engine().platform());
      assertEquals("6-5-3 relu", scheduler.engine().description());
    }
  }

  @Test
  void refusesMoreRowsThanCanWait() throws Exception {
    Path file = folder.resolve("small.safetensors");
    Served.save(file, 1, Served.FEATURES);
    try (Scheduler scheduler = Scheduler.load(file, GatunEngine::load, batching(2, 4), _ -> {})) {
      assertEquals(12, scheduler.infer(new float[24], 4).length);
      Refusal refusal = assertThrows(Refusal.class, () -> scheduler.infer(new float[30], 5));
      assertEquals(400, refusal.status());
      assertEquals("infer: too many rows for the queue: 5 (at most 4)", refusal.getMessage());
    }
  }

  /// Adds up each row, once it is let.
  private static final class Sums implements Engine {
    final CountDownLatch open = new CountDownLatch(1);
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    @Override
    public Signature signature() {
      return new Signature(2, 1);
    }

    @Override
    public String platform() {
      return "sums";
    }

    @Override
    public String description() {
      return "2-1";
    }

    @Override
    public void run(MemorySegment rows, int count, MemorySegment scores) {
      threads.add(Thread.currentThread());
      running.incrementAndGet();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      for (int i = 0; i < count; i++) {
        float first = rows.getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i);
        float second = rows.getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1);
        scores.setAtIndex(ValueLayout.JAVA_FLOAT, i, first + second);
      }
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void letsOthersWaitAndAnswersEachItsOwn(int batch) throws Exception {
    Sums sums = new Sums();
    int requests = 4 * Runtime.getRuntime().availableProcessors() + 8;
    List<Future<float[]>> answers = new ArrayList<>();
    try (Scheduler scheduler =
            Scheduler.load(folder, (_, _) -> sums, batching(batch, requests), _ -> {});
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        float[] row = {i, 1};
        answers.add(threads.submit(() -> scheduler.infer(row, 1)));
      }
      while (scheduler.queued() + sums.running.get() < requests) {
        Thread.onSpinWait();
      }
      sums.open.countDown();
      for (int i = 0; i < requests; i++) {
        assertArrayEquals(new float[] {i + 1}, answers.get(i).get());
      }
      assertEquals(0, scheduler.queued());
    }
    assertEquals(1, sums.closed.get());
  }

  @Test
  void computesALoneRequestOnItsOwnThread() throws Exception {
    Sums sums = new Sums();
    try (Scheduler scheduler = Scheduler.load(folder, (_, _) -> sums, batching(8, 8), _ -> {});
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[]> alone = threads.submit(() -> scheduler.infer(new float[] {1, 2}, 1));
      while (sums.running.get() < 1) {
        Thread.onSpinWait();
      }
      Future<float[]> second = threads.submit(() -> scheduler.infer(new float[] {3, 4}, 1));
      while (sums.running.get() < 2) {
        Thread.onSpinWait();
      }
      assertEquals(List.of(true, false), sums.threads.stream().map(Thread::isVirtual).toList());
      sums.open.countDown();
      assertArrayEquals(new float[] {3}, alone.get());
      assertArrayEquals(new float[] {7}, second.get());
      assertArrayEquals(new float[] {5, 6}, scheduler.infer(new float[] {1, 4, 2, 4}, 2));
      assertEquals(List.of(Thread.currentThread()), sums.threads.stream().skip(2).toList());
    }
  }

  @Test
  void refusesWhatWaitsTooLong() throws Exception {
    Sums sums = new Sums();
    int processors = Runtime.getRuntime().availableProcessors();
    ServerOptions.Batching hasty =
        new ServerOptions.Batching(0, Duration.ZERO, 1, Duration.ofMillis(20));
    List<Future<float[]>> answers = new ArrayList<>();
    try (Scheduler scheduler = Scheduler.load(folder, (_, _) -> sums, hasty, _ -> {});
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < processors; i++) {
        answers.add(threads.submit(() -> scheduler.infer(new float[2], 1)));
      }
      while (sums.running.get() < processors) {
        Thread.onSpinWait();
      }
      Refusal refusal = assertThrows(Refusal.class, () -> scheduler.infer(new float[2], 1));
      assertEquals(504, refusal.status());
      assertEquals("infer: not computed within 20 ms", refusal.getMessage());
      sums.open.countDown();
      for (Future<float[]> answer : answers) {
        assertArrayEquals(new float[1], answer.get());
      }
    }
  }

  /// What a peer computes with is what Gatun computes with.
  @Test
  void handsOutTheNumbersOfAModel() throws IOException {
    Path file = folder.resolve("small.safetensors");
    Served.save(file, 3, Served.FEATURES);
    Weights weights = Weights.read(file);
    assertEquals(Activation.RELU, weights.shape().activation());
    assertEquals(2, weights.layers().size());
    float[] x = {1, 2, 3, 4, 5, 6};
    float[] y = x;
    for (int layer = 0; layer < 2; layer++) {
      y = apply(weights.layers().get(layer), y, layer == 0);
    }
    assertArrayEquals(Served.predicted(file, x), y, 1e-5f);
  }

  private static float[] apply(Weights.Layer layer, float[] x, boolean relu) {
    float[] y = layer.bias().clone();
    assertEquals(layer.out(), y.length);
    assertEquals(layer.in(), x.length);
    for (int row = 0; row < y.length; row++) {
      for (int i = 0; i < x.length; i++) {
        y[row] += layer.weight()[row * x.length + i] * x[i];
      }
      y[row] = relu ? Math.max(0, y[row]) : y[row];
    }
    return y;
  }
}
