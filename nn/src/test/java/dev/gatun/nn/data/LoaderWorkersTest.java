package dev.gatun.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"MustBeClosedChecker", "try"})
class LoaderWorkersTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final Dataset slow =
      Dataset.of(
          40,
          i -> {
            reads.incrementAndGet();
            pause(i % 3);
            return List.of(Tensor.full((double) i, 1000), Tensor.of(new long[] {i}, 1));
          });
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static List<String> pass(DataLoader loader) {
    List<String> seen = new ArrayList<>();
    for (Batch batch : loader) {
      try (var step = Scope.open("step")) {
        long[] targets = batch.target().toLongArray();
        assertEquals((double) targets[0], batch.input().get(0, 0));
        assertTrue(step.bytes() > 0, "the batch belongs to the scope of its first use");
        seen.add(Arrays.toString(targets));
      }
    }
    return seen;
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("gatun-data-"))
        .count();
  }

  /// Threads end soon after their last batch.
  private static void assertNoThreads() {
    for (int i = 0; i < 200 && threads() > 0; i++) {
      pause(25);
    }
    assertEquals(0, threads());
  }

  private static LoaderOptions shuffled(int workers) {
    return LoaderOptions.of(6)
        .shuffle(true)
        .generator(Generator.seeded(11))
        .workers(workers)
        .prefetch(3);
  }

  @Test
  void theOrderDoesNotDependOnTheNumberOfWorkers() {
    DataLoader none = new DataLoader(slow, shuffled(0));
    List<String> first = pass(none);
    List<String> second = pass(none);
    assertEquals(7, first.size());
    assertFalse(first.equals(second));
    for (int workers : new int[] {1, 2, 5}) {
      DataLoader loader = new DataLoader(slow, shuffled(workers));
      assertEquals(first, pass(loader), workers + " workers");
      assertEquals(second, pass(loader), workers + " workers");
    }
  }

  @Test
  void aPassLeavesNeitherThreadsNorMemory() {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    assertEquals(7, pass(new DataLoader(slow, shuffled(3))).size());
    assertNoThreads();
    assertTrue(MemoryStats.now().liveBytes() <= before, "memory is left");
    assertEquals(0, scope.bytes());
  }

  @Test
  void anEarlyExitLeavesNeitherThreadsNorMemory() {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    try (DataLoader.Pass pass = new DataLoader(slow, shuffled(3)).iterator();
        var _ = Scope.open("step")) {
      assertEquals(6000, pass.next().input().numel());
      pause(20);
      pass.close();
      assertFalse(pass.hasNext());
      assertEquals(
          "DataLoader: no batch after the last",
          assertThrows(NoSuchElementException.class, pass::next).getMessage());
    }
    assertNoThreads();
    assertTrue(MemoryStats.now().liveBytes() <= before, "memory is left");
  }

  @Test
  void aPassThatIsDroppedLeavesNoThreads() {
    assertTrue(new DataLoader(slow, shuffled(2)).iterator().hasNext());
    assertNoThreads();
  }

  @Test
  void theWindowIsBounded() {
    LoaderOptions options = LoaderOptions.of(2).workers(2).prefetch(2);
    try (DataLoader.Pass pass = new DataLoader(slow, options).iterator()) {
      pause(200);
      assertTrue(reads.get() <= 8, "read ahead: " + reads);
      assertEquals(2, pass.next().size());
      pause(100);
      assertTrue(reads.get() <= 10, "read ahead: " + reads);
    }
  }

  @Test
  void theSampleThatFailedIsNamedAtItsPlace() {
    Dataset broken =
        Dataset.of(
            40,
            i -> {
              if (i == 17) {
                throw new ArithmeticException("torn page");
              }
              return slow.get(i);
            });
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    DataLoader.Pass pass = new DataLoader(broken, LoaderOptions.of(6).workers(3)).iterator();
    try (var _ = Scope.open()) {
      assertEquals(0, pass.next().target().get(0, 0));
      assertEquals(6, pass.next().target().get(0, 0));
    }
    IllegalStateException e = assertThrows(IllegalStateException.class, pass::next);
    assertEquals("DataLoader: sample 17 cannot be read: torn page", e.getMessage());
    assertInstanceOf(ArithmeticException.class, e.getCause());
    assertFalse(pass.hasNext());
    assertNoThreads();
    assertTrue(MemoryStats.now().liveBytes() <= before, "memory is left");
  }

  @Test
  void anErrorStaysAnError() {
    Dataset deep =
        Dataset.of(
            3,
            _ -> {
              throw new StackOverflowError("deep");
            });
    DataLoader.Pass pass = new DataLoader(deep, LoaderOptions.of(1).workers(1)).iterator();
    assertEquals("deep", assertThrows(StackOverflowError.class, pass::next).getMessage());
  }

  @Test
  void anInterruptEndsThePass() {
    DataLoader.Pass pass = new DataLoader(slow, LoaderOptions.of(20).workers(1)).iterator();
    Thread.currentThread().interrupt();
    IllegalStateException e = assertThrows(IllegalStateException.class, pass::next);
    assertTrue(Thread.interrupted());
    assertEquals("DataLoader: interrupted while waiting for a batch", e.getMessage());
    assertNoThreads();
  }

  @Test
  void sharedTensorsAreReadByWorkers() {
    Tensor numbers = Tensor.arange(10).shared();
    DataLoader loader =
        new DataLoader(new TensorDataset(numbers, numbers), LoaderOptions.of(4).workers(2));
    List<Long> seen = new ArrayList<>();
    for (Batch batch : loader) {
      Arrays.stream(batch.target().toLongArray()).forEach(seen::add);
    }
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), seen);
    numbers.free();
  }

  @Test
  void aCollateFunctionMayGiveViewsOfOneTensor() {
    Collate halves =
        samples -> {
          Tensor all = Collate.stack(samples).get(1);
          return List.of(all.narrow(0, 0, 1), all.narrow(0, 1, 1));
        };
    LoaderOptions options = LoaderOptions.of(2).workers(2).collate(halves);
    try (DataLoader.Pass pass = new DataLoader(slow, options).iterator()) {
      Batch batch = pass.next();
      assertArrayEquals(new long[] {0}, batch.get(0).toLongArray());
      assertArrayEquals(new long[] {1}, batch.get(1).toLongArray());
    }
  }
}
