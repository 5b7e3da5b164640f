package dev.gatun.nn.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What functions, rows and callers do wrong stays with them.
@Timeout(60)
@ExtendWith(NoOpenScopes.class)
class BatcherFailureTest {
  private static final RowType ONE = RowType.f32(1);
  private static final BatcherOptions OPTIONS =
      BatcherOptions.of(8).runners(1).deadline(null).maxDelay(Duration.ZERO);

  /// Waits at the gate, then throws if a row is negative.
  private static BatchFunction throwing(Gate gate, Supplier<Throwable> what) {
    return (input, output) -> {
      gate.run(input, output);
      if (input.min().item() < 0) {
        throw BatcherFailureTest.<RuntimeException>sneaky(what.get());
      }
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E sneaky(Throwable e) throws E {
    throw (E) e;
  }

  /// A batch of its own, then one of these values; their answers, null for those that failed.
  private static List<float @Nullable []> batch(Batcher batcher, Gate gate, int... values)
      throws InterruptedException {
    CompletableFuture<float[]> first = batcher.submit(new float[] {1});
    assertEquals(List.of(1), gate.next());
    List<CompletableFuture<float[]>> all = new ArrayList<>();
    for (int value : values) {
      all.add(batcher.submit(new float[] {value}));
    }
    gate.open();
    assertArrayEquals(new float[] {2}, first.join());
    List<float @Nullable []> answers = new ArrayList<>();
    for (CompletableFuture<float[]> each : all) {
      answers.add(each.handle((reply, _) -> reply).join());
    }
    return answers;
  }

  @Test
  void aBadRowFailsAlone() throws InterruptedException {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    Gate gate = new Gate();
    BatchFunction function = throwing(gate, () -> new IllegalStateException("negative"));
    try (Batcher batcher = Batcher.open(function, ONE, ONE, OPTIONS)) {
      List<float @Nullable []> answers = batch(batcher, gate, 2, -3, 4, 5);
      assertArrayEquals(new float[] {4}, answers.get(0));
      assertNull(answers.get(1));
      assertArrayEquals(new float[] {8}, answers.get(2));
      assertArrayEquals(new float[] {10}, answers.get(3));
      assertEquals(List.of(2, -3, 4, 5), gate.next());
      BatcherStats stats = batcher.stats();
      assertEquals(4, stats.answered());
      assertEquals(1, stats.failed());
      assertEquals(1L, stats.batchSizes().get(4));
      assertEquals(5L, stats.batchSizes().get(1));
      BatcherException.Failed e =
          assertThrows(BatcherException.Failed.class, () -> batcher.infer(new float[] {-1}));
      assertEquals(
          "batcher: this row failed: java.lang.IllegalStateException: negative", e.getMessage());
      assertInstanceOf(IllegalStateException.class, e.getCause());
    }
    Gate.until(() -> MemoryStats.now().liveBytes() <= before);
  }

  @Test
  void whateverTheFunctionThrowsTheRunnerGoesOn() throws InterruptedException {
    List<Supplier<Throwable>> kinds =
        List.of(
            () -> new StackOverflowError("deep"),
            () -> new OutOfMemoryError("planted"),
            () -> new AssertionError("wrong"),
            () -> new InterruptedException("undeclared"));
    for (Supplier<Throwable> kind : kinds) {
      Gate gate = new Gate();
      try (Batcher batcher = Batcher.open(throwing(gate, kind), ONE, ONE, OPTIONS)) {
        List<float @Nullable []> answers = batch(batcher, gate, -1, 2);
        assertNull(answers.get(0));
        assertArrayEquals(new float[] {4}, answers.get(1));
        BatcherException.Failed e =
            assertThrows(BatcherException.Failed.class, () -> batcher.infer(new float[] {-1}));
        assertSame(kind.get().getClass(), assertNotNullCause(e).getClass());
        assertArrayEquals(new float[] {6}, batcher.infer(new float[] {3}));
      }
    }
  }

  private static Throwable assertNotNullCause(Throwable e) {
    Throwable cause = e.getCause();
    assertNotNull(cause);
    return cause == null ? e : cause;
  }

  /// The rows are copied in once more before they are tried alone.
  @Test
  void aFunctionMayHaveSpoiltItsInput() throws InterruptedException {
    Gate gate = new Gate();
    BatchFunction function =
        (input, output) -> {
          gate.run(input, output);
          boolean negative = input.min().item() < 0;
          Tensor _ = input.fill_(77);
          if (negative) {
            throw new IllegalStateException("negative");
          }
        };
    try (Batcher batcher = Batcher.open(function, ONE, ONE, OPTIONS)) {
      List<float @Nullable []> answers = batch(batcher, gate, 2, -3, 4);
      assertArrayEquals(new float[] {4}, answers.get(0));
      assertNull(answers.get(1));
      assertArrayEquals(new float[] {8}, answers.get(2));
    }
  }

  @Test
  void namesAResultOfAnotherShape() {
    try (Batcher batcher =
        Batcher.open(BatchFunction.of(x -> x.sum()), ONE, RowType.f32(3), OPTIONS)) {
      assertEquals(
          "batcher: this row failed: java.lang.IllegalStateException: batcher: the function"
              + " returned another shape or dtype than its output: F32 tensor [], not F32 tensor"
              + " [1,3]",
          assertThrows(BatcherException.Failed.class, () -> batcher.infer(new float[1]))
              .getMessage());
    }
  }

  @Test
  void nanAndInfinitiesAreAnswers() throws InterruptedException {
    try (Batcher batcher = Batcher.open(BatchFunction.of(x -> x.log()), ONE, ONE, OPTIONS)) {
      assertArrayEquals(new float[] {Float.NaN}, batcher.infer(new float[] {-1}));
      assertArrayEquals(new float[] {Float.NEGATIVE_INFINITY}, batcher.infer(new float[] {0}));
      assertArrayEquals(new float[] {Float.NaN}, batcher.infer(new float[] {Float.NaN}));
    }
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // closed by the test
  void aRowWhoseArenaWasClosedFailsAlone() throws InterruptedException, ExecutionException {
    Gate gate = new Gate();
    Arena rows = Arena.ofShared();
    Arena replies = Arena.ofShared();
    try (Batcher batcher = Batcher.open(gate, ONE, ONE, OPTIONS)) {
      CompletableFuture<float[]> first = batcher.submit(new float[] {1});
      assertEquals(List.of(1), gate.next());
      var noRow = batcher.submit(rows.allocate(4), MemoryRows.empty(), null);
      var noReply = batcher.submit(MemoryRows.of(2), replies.allocate(4), null);
      var good = batcher.submit(MemoryRows.of(3), MemoryRows.empty(), null);
      rows.close();
      replies.close();
      gate.open();
      assertArrayEquals(new float[] {6}, MemoryRows.floats(good.get()));
      assertArrayEquals(new float[] {2}, first.get());
      for (CompletableFuture<MemorySegment> gone : List.of(noRow, noReply)) {
        Throwable e = assertThrows(ExecutionException.class, gone::get).getCause();
        assertInstanceOf(BatcherException.Failed.class, e);
      }
      assertEquals(2, batcher.stats().failed());
    }
  }

  @Test
  void theFunctionMayNotWaitForItsOwnBatcher() throws InterruptedException {
    AtomicReference<@Nullable Batcher> self = new AtomicReference<>();
    List<String> messages = new ArrayList<>();
    BatchFunction function =
        (_, _) -> {
          Batcher batcher = self.get();
          if (batcher != null) {
            messages.add(
                assertThrows(IllegalStateException.class, () -> batcher.infer(new float[1]))
                    .getMessage());
            messages.add(assertThrows(IllegalStateException.class, batcher::close).getMessage());
          }
        };
    try (Batcher batcher = Batcher.open(function, ONE, ONE, OPTIONS)) {
      self.set(batcher);
      assertEquals(1, batcher.infer(new float[1]).length);
      assertEquals(
          List.of(
              "infer: called by the function of this batcher, which would wait for itself",
              "close: called by the function of this batcher, which would wait for itself"),
          messages);
    }
  }

  @Test
  void anInterruptByTheFunctionDoesNotKeepTheRunnerFromSleeping() throws InterruptedException {
    BatchFunction function =
        (input, output) -> {
          Thread.currentThread().interrupt();
          Tensor _ = output.copy_(input);
        };
    try (Batcher batcher = Batcher.open(function, ONE, ONE, OPTIONS)) {
      for (int i = 0; i < 10; i++) {
        assertArrayEquals(new float[] {i}, batcher.infer(new float[] {i}));
        Gate.until(() -> runnerIsWaiting());
      }
    }
  }

  private static boolean runnerIsWaiting() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("gatun-batch-"))
        .allMatch(thread -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker")
  void memoryThatCannotBeHadLeavesNothing() {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    RowType huge = RowType.f32(500_000_000);
    Throwable e =
        assertThrows(
            Throwable.class,
            () -> Batcher.open((_, _) -> {}, ONE, huge, BatcherOptions.of(1_000_000)).close());
    assertTrue(e instanceof Exception || e instanceof OutOfMemoryError, e::toString);
    Gate.until(() -> MemoryStats.now().liveBytes() <= before);
  }
}
