package dev.gatun.nn.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.testing.NoOpenScopes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Order, room, deadlines and leaving, of one runner that a gate holds.
@Timeout(60)
@ExtendWith(NoOpenScopes.class)
class BatcherQueueTest {
  private static final RowType ONE = RowType.f32(1);

  private static final BatcherOptions OPTIONS =
      BatcherOptions.of(4).runners(1).capacity(8).deadline(null).maxDelay(Duration.ZERO);

  private final Gate gate = new Gate();
  private final List<Batcher> opened = new ArrayList<>();

  @SuppressWarnings("MustBeClosedChecker") // after each test
  private Batcher open(BatcherOptions options) {
    Batcher batcher = Batcher.open(gate, ONE, ONE, options);
    opened.add(batcher);
    return batcher;
  }

  @AfterEach
  void close() {
    gate.open();
    opened.forEach(Batcher::close);
  }

  private static CompletableFuture<float[]> submit(Batcher batcher, int value) {
    return batcher.submit(new float[] {value});
  }

  /// On a thread of its own, which has asked when this returns.
  private static FutureTask<float[]> infer(Batcher batcher, int value, boolean virtual) {
    int before = batcher.stats().queueDepth();
    FutureTask<float[]> task = new FutureTask<>(() -> batcher.infer(new float[] {value}));
    Thread _ = virtual ? Thread.startVirtualThread(task) : Thread.ofPlatform().start(task);
    Gate.until(() -> batcher.stats().queueDepth() > before);
    return task;
  }

  @Test
  void computesInTheOrderOfArrival() throws InterruptedException, ExecutionException {
    Batcher batcher = open(OPTIONS);
    List<CompletableFuture<float[]>> answers = new ArrayList<>();
    answers.add(submit(batcher, 0));
    assertEquals(List.of(0), gate.next());
    for (int i = 1; i < 8; i++) {
      answers.add(submit(batcher, i));
    }
    gate.pass(1);
    assertEquals(List.of(1, 2, 3, 4), gate.next());
    gate.pass(1);
    assertEquals(List.of(5, 6, 7), gate.next());
    gate.pass(1);
    for (int i = 0; i < 8; i++) {
      assertArrayEquals(new float[] {2 * i}, answers.get(i).get());
    }
  }

  @Test
  void refusesWhatHasNoRoom() throws InterruptedException, ExecutionException {
    Batcher batcher = open(OPTIONS.capacity(2));
    CompletableFuture<float[]> computed = submit(batcher, 0);
    assertEquals(List.of(0), gate.next());
    CompletableFuture<float[]> first = submit(batcher, 1);
    CompletableFuture<float[]> second = submit(batcher, 2);
    for (int i = 0; i < 3; i++) {
      assertEquals(
          "batcher: the queue is full (2 requests wait); try again later",
          assertThrows(BatcherException.QueueFull.class, () -> submit(batcher, 3).get())
              .getMessage());
    }
    assertThrows(BatcherException.QueueFull.class, () -> batcher.infer(new float[1]));
    assertEquals(4, batcher.stats().rejected());
    assertEquals(2, batcher.stats().queueDepth());
    assertTrue(first.cancel(true));
    CompletableFuture<float[]> third = submit(batcher, 3);
    gate.open();
    assertArrayEquals(new float[] {0}, computed.get());
    assertArrayEquals(new float[] {4}, second.get());
    assertArrayEquals(new float[] {6}, third.get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void waitsForRoomInOrderWhenAsked(boolean virtual)
      throws InterruptedException, ExecutionException {
    Batcher batcher = open(OPTIONS.capacity(1).waitWhenFull(true));
    CompletableFuture<float[]> computed = submit(batcher, 0);
    assertEquals(List.of(0), gate.next());
    FutureTask<float[]> first = infer(batcher, 1, virtual);
    FutureTask<float[]> second = new FutureTask<>(() -> batcher.infer(new float[] {2}));
    Thread _ = virtual ? Thread.startVirtualThread(second) : Thread.ofPlatform().start(second);
    assertThrows(BatcherException.QueueFull.class, () -> submit(batcher, 9).get());
    assertThrows(
        BatcherException.Late.class, () -> batcher.infer(new float[] {3}, Duration.ofMillis(5)));
    gate.open();
    assertArrayEquals(new float[] {0}, computed.get());
    assertArrayEquals(new float[] {2}, first.get());
    assertArrayEquals(new float[] {4}, second.get());
    assertEquals(List.of(1), gate.next());
    assertEquals(List.of(2), gate.next());
  }

  @Test
  void whoeverIsLateIsNotComputed() throws InterruptedException, ExecutionException {
    Batcher batcher = open(OPTIONS.deadline(Duration.ofMillis(20)));
    CompletableFuture<float[]> computed =
        batcher.submit(MemoryRows.of(0), MemoryRows.empty(), null).thenApply(MemoryRows::floats);
    assertEquals(List.of(0), gate.next());
    CompletableFuture<float[]> late = submit(batcher, 1);
    BatcherException e =
        assertThrows(BatcherException.Late.class, () -> batcher.infer(new float[] {2}));
    assertEquals(
        "batcher: the deadline passed before the row was computed (20.000 ms)", e.getMessage());
    assertEquals(1, batcher.stats().queueDepth());
    CompletableFuture<float[]> inTime =
        batcher.submit(MemoryRows.of(3), MemoryRows.empty(), null).thenApply(MemoryRows::floats);
    gate.open();
    assertEquals(List.of(3), gate.next());
    assertArrayEquals(new float[] {6}, inTime.get());
    assertArrayEquals(new float[] {0}, computed.get());
    assertInstanceOf(
        BatcherException.Late.class, assertThrows(ExecutionException.class, late::get).getCause());
    assertEquals(2, batcher.stats().late());
    assertEquals(
        "batcher: the deadline passed before the row was queued (0.000 ms)",
        assertThrows(
                BatcherException.Late.class,
                () -> batcher.infer(new float[] {2}, Duration.ofSeconds(-1)))
            .getMessage());
  }

  @Test
  void aCallerDoesNotWaitForAFunctionBeyondItsDeadline() throws InterruptedException {
    Batcher batcher = open(OPTIONS);
    float[] row = {5};
    BatcherException e =
        assertThrows(BatcherException.Late.class, () -> batcher.infer(row, Duration.ofMillis(200)));
    assertEquals(
        "batcher: the deadline passed while the row was computed (200.000 ms)", e.getMessage());
    assertEquals(List.of(5), gate.next());
    gate.open();
    assertArrayEquals(new float[] {12}, batcher.infer(new float[] {6}));
    assertEquals(1, batcher.stats().late());
    assertEquals(1, batcher.stats().answered());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptTakesARequestOut(boolean virtual)
      throws InterruptedException, ExecutionException {
    Batcher batcher = open(OPTIONS);
    CompletableFuture<float[]> computed = submit(batcher, 0);
    assertEquals(List.of(0), gate.next());
    FutureTask<String> task =
        new FutureTask<>(() -> {
          try {
            return "answered: " + batcher.infer(new float[] {1})[0];
          } catch (InterruptedException e) {
            return e.getMessage();
          }
        });
    Thread thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(task);
    Gate.until(() -> batcher.stats().queueDepth() == 1);
    thread.interrupt();
    assertEquals("infer: interrupted while waiting for the answer", task.get());
    assertEquals(0, batcher.stats().queueDepth());
    assertEquals(1, batcher.stats().cancelled());
    CompletableFuture<float[]> next = submit(batcher, 2);
    gate.open();
    assertEquals(List.of(2), gate.next());
    assertArrayEquals(new float[] {4}, next.get());
    assertArrayEquals(new float[] {0}, computed.get());
  }

  @Test
  void whoeverCompletesAFutureTakesTheRequestOut() throws InterruptedException {
    Batcher batcher = open(OPTIONS.capacity(100));
    CompletableFuture<float[]> computed = submit(batcher, 0);
    assertEquals(List.of(0), gate.next());
    // More than the capacity in all: those who left are not kept.
    for (int i = 0; i < 1_000; i++) {
      CompletableFuture<float[]> future = submit(batcher, 1);
      assertTrue(i % 2 == 0 ? future.cancel(true) : future.complete(new float[0]));
      assertEquals(0, batcher.stats().queueDepth());
    }
    assertEquals(1_000, batcher.stats().cancelled());
    assertTrue(computed.cancel(true));
    gate.open();
    assertArrayEquals(new float[] {4}, batcher.infer(new float[] {2}));
    assertEquals(List.of(2), gate.next());
    assertEquals(1, batcher.stats().answered());
  }

  /// The delay is far beyond the timeout of this test.
  @Test
  void aLoneRequestDoesNotWaitForOthers() throws InterruptedException {
    gate.open();
    Batcher batcher = open(OPTIONS.maxDelay(Duration.ofHours(1)));
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(new float[] {2 * i}, batcher.infer(new float[] {i}));
      assertEquals(List.of(i), gate.next());
    }
  }

  @Test
  void waitsForAsManyAsCameBefore() throws InterruptedException {
    Batcher batcher = open(OPTIONS.maxDelay(Duration.ofHours(1)));
    List<CompletableFuture<float[]>> all = new ArrayList<>();
    all.add(submit(batcher, 0));
    assertEquals(List.of(0), gate.next());
    for (int i = 1; i <= 3; i++) {
      all.add(submit(batcher, i));
    }
    gate.open();
    assertEquals(List.of(1, 2, 3), gate.next());
    all.forEach(CompletableFuture::join);
    all.add(submit(batcher, 4));
    all.add(submit(batcher, 5));
    assertTrue(gate.isQuiet());
    all.add(submit(batcher, 6));
    assertEquals(List.of(4, 5, 6), gate.next());
  }

  @Test
  void doesNotWaitForOthersLongerThanTheDelay() throws InterruptedException, ExecutionException {
    Batcher batcher = open(OPTIONS.maxDelay(Duration.ofMillis(40)));
    CompletableFuture<float[]> first = submit(batcher, 0);
    assertEquals(List.of(0), gate.next());
    CompletableFuture<float[]> second = submit(batcher, 1);
    CompletableFuture<float[]> third = submit(batcher, 2);
    gate.open();
    assertEquals(List.of(1, 2), gate.next());
    assertArrayEquals(new float[] {0}, first.get());
    assertArrayEquals(new float[] {2}, second.get());
    assertArrayEquals(new float[] {4}, third.get());
    assertArrayEquals(new float[] {6}, batcher.infer(new float[] {3}));
    assertTrue(batcher.stats().waitNanos() >= 10_000_000, "a quarter of the delay");
  }
}
