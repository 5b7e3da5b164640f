package dev.gatun.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("MustBeClosedChecker")
class DataLoaderTest {
  private Scope scope;
  private TensorDataset dataset;

  @BeforeEach
  void open() {
    scope = Scope.open();
    dataset = new TensorDataset(Tensor.arange(20).view(10, 2), Tensor.arange(10));
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static List<Long> targets(DataLoader loader) {
    List<Long> seen = new ArrayList<>();
    for (Batch batch : loader) {
      try (var _ = Scope.open()) {
        long[] targets = batch.target().toLongArray();
        long[] inputs = batch.input().toLongArray();
        assertEquals(batch.size(), targets.length);
        for (int i = 0; i < targets.length; i++) {
          assertEquals(2 * targets[i], inputs[2 * i]);
          assertEquals(2 * targets[i] + 1, inputs[2 * i + 1]);
        }
        Arrays.stream(targets).forEach(seen::add);
      }
    }
    return seen;
  }

  private static List<Long> inOrder(long count) {
    return LongStream.range(0, count).boxed().toList();
  }

  @Test
  void keepsTheOrderAndEndsWithASmallerBatch() {
    DataLoader loader = new DataLoader(dataset, 4);
    assertEquals(inOrder(10), targets(loader));
    assertEquals(3, loader.size());
    List<Long> sizes = new ArrayList<>();
    loader.forEach(batch -> sizes.add(batch.size()));
    assertEquals(List.of(4L, 4L, 2L), sizes);
  }

  @Test
  void dropsTheLastBatchWhenAsked() {
    DataLoader loader = new DataLoader(dataset, 4, null, true);
    assertEquals(2, loader.size());
    assertEquals(inOrder(8), targets(loader));
    assertEquals(List.of(), targets(new DataLoader(dataset, 11, null, true)));
    assertEquals(inOrder(10), targets(new DataLoader(dataset, 5, null, true)));
  }

  @Test
  void aSeedDecidesTheOrderOfEveryPass() {
    DataLoader loader = new DataLoader(dataset, 3, Generator.seeded(4), false);
    List<Long> first = targets(loader);
    List<Long> second = targets(loader);
    assertEquals(inOrder(10), first.stream().sorted().toList());
    assertEquals(inOrder(10), second.stream().sorted().toList());
    assertNotEquals(first, second);
    assertNotEquals(inOrder(10), first);
    DataLoader again = new DataLoader(dataset, 3, Generator.seeded(4), false);
    assertEquals(first, targets(again));
    assertEquals(second, targets(again));
    assertArrayEquals(
        Tensor.randperm(Generator.seeded(4), 10).toLongArray(),
        first.stream().mapToLong(Long::longValue).toArray());
  }

  @Test
  void shufflesOnRequest() {
    assertEquals(inOrder(10), targets(new DataLoader(dataset, 3, true)).stream().sorted().toList());
    assertEquals(inOrder(10), targets(new DataLoader(dataset, 3, false)));
  }

  @Test
  void batchesBelongToTheScopeOfTheirFirstUse() {
    DataLoader loader = new DataLoader(dataset, 5, Generator.seeded(1), false);
    Batch batch = loader.iterator().next();
    long before = MemoryStats.now().scopedBytes();
    try (var _ = Scope.open()) {
      assertSame(batch.input(), batch.get(0));
    }
    assertEquals(before, MemoryStats.now().scopedBytes());
    assertThrows(IllegalStateException.class, () -> batch.input().toLongArray());
  }

  @Test
  void anUnshuffledBatchIsAView() {
    Batch batch = new DataLoader(dataset, 5).iterator().next();
    batch.input().fill_(7);
    assertEquals(7, dataset.tensors().getFirst().get(4, 1));
    assertEquals(10, dataset.tensors().getFirst().get(5, 0));
  }

  @Test
  void refusesToGoPastTheEnd() {
    Iterator<Batch> pass = new DataLoader(dataset, 10).iterator();
    pass.next();
    assertEquals(
        "DataLoader: no batch after the last",
        assertThrows(NoSuchElementException.class, pass::next).getMessage());
  }

  @Test
  void samplesAreViews() {
    List<Tensor> sample = dataset.get(3);
    assertArrayEquals(new long[] {6, 7}, sample.get(0).toLongArray());
    assertEquals(3, sample.get(1).itemLong());
    assertEquals(10, dataset.size());
  }

  @Test
  void rejectsWhatIsNoDataSet() {
    assertEquals(
        "TensorDataset: first sizes differ (2 != 3)",
        assertThrows(
                ShapeException.class,
                () -> new TensorDataset(Tensor.zeros(2), Tensor.zeros(3)).size())
            .getMessage());
    assertThrows(ShapeException.class, () -> new TensorDataset(Tensor.scalar(1)).size());
    assertThrows(IllegalArgumentException.class, () -> new TensorDataset().size());
    assertEquals(
        "DataLoader: batch size must be positive: 0",
        assertThrows(IllegalArgumentException.class, () -> new DataLoader(dataset, 0).size())
            .getMessage());
  }
}
