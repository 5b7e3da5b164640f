package dev.gatun.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IterableDatasetTest {
  /// Counts and says whether it was closed.
  private static final class Counter implements Iterator<List<Tensor>>, AutoCloseable {
    private long next;
    private final long end;
    private int closed;

    Counter(long start, long end) {
      next = start;
      this.end = end;
    }

    @Override
    public boolean hasNext() {
      return next < end;
    }

    @Override
    public List<Tensor> next() {
      if (next == 7) {
        throw new IllegalArgumentException("seven");
      }
      long value = next++;
      return List.of(Tensor.of(new long[] {value, -value}, 2), Tensor.of(new long[] {value}, 1));
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private static IterableDataset numbers(long start, long end) {
    return () -> new Counter(start, end);
  }

  private static List<long[]> batches(DataLoader loader) {
    List<long[]> seen = new ArrayList<>();
    for (Batch batch : loader) {
      try (var _ = Scope.open()) {
        assertEquals(2, batch.count());
        assertArrayEquals(new long[] {batch.size(), 2}, batch.input().shape());
        long[] targets = batch.target().toLongArray();
        assertArrayEquals(targets, batch.input().select(1, 0).toLongArray());
        seen.add(targets);
      }
    }
    return seen;
  }

  private static void assertBatches(List<long[]> seen, long[]... expected) {
    assertEquals(expected.length, seen.size());
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], seen.get(i));
    }
  }

  @Test
  void comesInItsOrderInEachPass() {
    try (var _ = Scope.open()) {
      DataLoader loader = new DataLoader(numbers(0, 5), 2);
      assertBatches(batches(loader), new long[] {0, 1}, new long[] {2, 3}, new long[] {4});
      assertBatches(batches(loader), new long[] {0, 1}, new long[] {2, 3}, new long[] {4});
      DataLoader whole = new DataLoader(numbers(0, 5), LoaderOptions.of(2).dropLast(true));
      assertBatches(batches(whole), new long[] {0, 1}, new long[] {2, 3});
      assertEquals(List.of(), batches(new DataLoader(numbers(3, 3), 2)));
    }
  }

  @Test
  void chainsOneAfterTheOther() {
    try (var _ = Scope.open()) {
      var chain = new ChainDataset(numbers(0, 2), numbers(5, 5), numbers(8, 11));
      assertEquals(3, chain.datasets().size());
      DataLoader loader = new DataLoader(chain, 2);
      assertBatches(batches(loader), new long[] {0, 1}, new long[] {8, 9}, new long[] {10});
      assertEquals(List.of(), batches(new DataLoader(new ChainDataset(), 2)));
      Iterator<List<Tensor>> none = new ChainDataset().iterator();
      assertThrows(NoSuchElementException.class, none::next);
    }
  }

  @Test
  void hasNoEndWhereItsSourceHasNone() {
    try (var _ = Scope.open()) {
      IterableDataset endless =
          () ->
              LongStream.iterate(0, i -> i + 1)
                  .mapToObj(i -> List.of(Tensor.of(new long[] {i}, 1)))
                  .iterator();
      try (var pass = new DataLoader(endless, 3).iterator()) {
        for (long i = 0; i < 12; i += 3) {
          try (var _ = Scope.open()) {
            assertArrayEquals(new long[] {i, i + 1, i + 2}, pass.next().input().toLongArray());
          }
        }
      }
    }
  }

  @Test
  void closesWhatItReads() {
    List<Counter> made = new ArrayList<>();
    IterableDataset noted =
        () -> {
          made.add(new Counter(0, 4));
          return made.getLast();
        };
    try (var _ = Scope.open()) {
      assertEquals(2, batches(new DataLoader(noted, 2)).size());
      assertTrue(made.getLast().closed > 0);
      var pass = new DataLoader(new ChainDataset(noted, numbers(0, 2)), 2).iterator();
      assertTrue(pass.hasNext());
      assertEquals(0, made.getLast().closed);
      pass.close();
      assertTrue(made.getLast().closed > 0);
      assertFalse(pass.hasNext());
      assertEquals(
          "DataLoader: no batch after the last",
          assertThrows(NoSuchElementException.class, pass::next).getMessage());
    }
  }

  @Test
  void leavesNoMemory() {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    try (var _ = Scope.open()) {
      assertEquals(3, batches(new DataLoader(numbers(0, 6), 2)).size());
      // One that is left early, with a batch made ahead.
      try (var pass = new DataLoader(numbers(0, 6), 2).iterator()) {
        assertArrayEquals(new long[] {2, 2}, pass.next().input().shape());
        assertTrue(pass.hasNext());
      }
    }
    assertTrue(MemoryStats.now().liveBytes() <= before, "memory is left");
  }

  @Test
  void namesTheSampleThatFailed() {
    try (var _ = Scope.open();
        var pass = new DataLoader(numbers(5, 9), 2).iterator()) {
      assertEquals(2, pass.next().size());
      assertEquals(
          "DataLoader: sample 2 cannot be read: seven",
          assertThrows(IllegalStateException.class, pass::next).getMessage());
      assertFalse(pass.hasNext());
    }
  }

  @Test
  void refusesWhatAStreamCannotHave() {
    IterableDataset stream = numbers(0, 3);
    assertEquals(
        "DataLoader: an IterableDataset has an order of its own; shuffle or sample there",
        message(stream, LoaderOptions.of(2).shuffle(true)));
    assertEquals(
        "DataLoader: one thread reads an IterableDataset: 2 workers; use none",
        message(stream, LoaderOptions.of(2).workers(2)));
    assertEquals(
        "DataLoader: nobody knows how many batches an IterableDataset has; count them",
        assertThrows(UnsupportedOperationException.class, () -> new DataLoader(stream, 2).size())
            .getMessage());
  }

  private static String message(IterableDataset stream, LoaderOptions options) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> new DataLoader(stream, options))
            .getMessage());
  }
}
