package dev.gatun.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@SuppressWarnings("MustBeClosedChecker")
class LoaderOptionsTest {
  private final Dataset pairs =
      Dataset.of(7, i -> List.of(Tensor.of(new long[] {i, -i}, 2), Tensor.of(new long[] {i}, 1)));
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static List<String> pass(Dataset dataset, LoaderOptions options) {
    DataLoader loader = new DataLoader(dataset, options);
    List<String> seen = new ArrayList<>();
    for (Batch batch : loader) {
      try (var _ = Scope.open()) {
        seen.add(Arrays.toString(batch.target().toLongArray()));
        assertEquals(batch.size(), batch.target().numel());
      }
    }
    assertEquals(loader.size(), seen.size());
    return seen;
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void stacksTheSamplesOfAnyDataSet() {
    Batch batch = new DataLoader(pairs, 3).iterator().next();
    assertEquals(2, batch.count());
    assertArrayEquals(new long[] {3, 2}, batch.input().shape());
    assertArrayEquals(new long[] {0, 0, 1, -1, 2, -2}, batch.input().toLongArray());
    assertArrayEquals(new long[] {3, 1}, batch.target().shape());
    assertEquals(List.of("[0, 1, 2]", "[3, 4, 5]", "[6]"), pass(pairs, LoaderOptions.of(3)));
    assertEquals(
        List.of("[0, 1, 2]", "[3, 4, 5]"), pass(pairs, LoaderOptions.of(3).dropLast(true)));
  }

  @Test
  void samplesAreGoneWhenTheyAreStacked() {
    Batch batch = new DataLoader(pairs, 7).iterator().next();
    assertEquals(0, scope.bytes());
    assertArrayEquals(new long[] {7, 2}, batch.input().shape());
    long held = scope.bytes();
    Tensor again = batch.input().copy();
    long input = scope.bytes() - held;
    again.free();
    batch.target().free();
    assertEquals(input, scope.bytes());
  }

  @Test
  void anOrderComesFromASampler() {
    Sampler backwards =
        new Sampler() {
          @Override
          public long size() {
            return 4;
          }

          @Override
          public PrimitiveIterator.OfLong iterator() {
            return LongStream.of(6, 4, 2, 0).iterator();
          }
        };
    assertEquals(List.of("[6, 4, 2]", "[0]"), pass(pairs, LoaderOptions.of(3).sampler(backwards)));
    BatchSampler uneven = BatchSampler.of(backwards, 1, false);
    assertEquals(List.of("[6]", "[4]", "[2]", "[0]"), pass(pairs, LoaderOptions.of(uneven)));
  }

  @Test
  void shufflingIsOfTheSeed() {
    LoaderOptions options = LoaderOptions.of(7).shuffle(true);
    long[] order = Tensor.randperm(Generator.seeded(9), 7).toLongArray();
    assertEquals(
        List.of(Arrays.toString(order)), pass(pairs, options.generator(Generator.seeded(9))));
    assertEquals(1, pass(pairs, options).size());
  }

  @Test
  void partsOfTensorsAreTakenAtOnce() {
    Tensor numbers = Tensor.arange(10);
    Dataset whole = new TensorDataset(numbers, numbers.view(10, 1));
    Subset part = new Subset(new Subset(whole, 9, 5, 6, 7, 1), 1, 2, 3, 0);
    assertEquals(List.of("[5, 6, 7]", "[9]"), pass(part, LoaderOptions.of(3)));
    Iterator<Batch> pass = new DataLoader(part, 3).iterator();
    pass.next().input().fill_(0);
    pass.next().input().fill_(0);
    assertArrayEquals(new long[] {0, 1, 2, 3, 4, 0, 0, 0, 8, 0}, numbers.toLongArray());
  }

  @Test
  void aFunctionCollates() {
    Collate sum =
        samples -> {
          long total = samples.stream().mapToLong(sample -> sample.get(1).itemLong()).sum();
          return List.of(Tensor.of(new long[] {samples.size()}, 1), Tensor.scalar((double) total));
        };
    Batch batch = new DataLoader(pairs, LoaderOptions.of(7).collate(sum)).iterator().next();
    assertEquals(7, batch.input().itemLong());
    assertEquals(21, batch.target().item());
  }

  @Test
  void namesTheSampleThatCannotBeRead() {
    Dataset broken =
        Dataset.of(
            5,
            i -> {
              if (i == 3) {
                throw new IllegalArgumentException("no such page");
              }
              return pairs.get(i);
            });
    Iterator<Batch> pass = new DataLoader(broken, 2).iterator();
    assertEquals(4, pass.next().input().numel());
    Batch second = pass.next();
    IllegalStateException e = assertThrows(IllegalStateException.class, second::input);
    assertEquals("DataLoader: sample 3 cannot be read: no such page", e.getMessage());
  }

  @Test
  void refusesSamplesThatDoNotFit() {
    Dataset growing = Dataset.of(3, i -> List.of(Tensor.zeros(2, i + 1)));
    Dataset more = Dataset.of(2, i -> i == 0 ? pairs.get(0) : List.of(Tensor.zeros(1)));
    assertRefused(
        "DataLoader: samples of a batch differ: F32 tensor [2,1] and F32 tensor [2,2] (tensor 0, sample 1 of the batch); collate them otherwise",
        () -> new DataLoader(growing, 2).iterator().next().input());
    assertRefused(
        "DataLoader: samples of a batch differ in their number of tensors (2 != 1, sample 1 of the batch)",
        () -> new DataLoader(more, 2).iterator().next().input());
  }

  @Test
  void refusesOptionsThatContradict() {
    Sampler sampler = new SequentialSampler(pairs);
    BatchSampler batches = BatchSampler.of(sampler, 2, false);
    assertRefused(
        "DataLoader: a sampler excludes shuffle",
        () -> LoaderOptions.of(2).sampler(sampler).shuffle(true).workers());
    assertRefused(
        "DataLoader: a batch sampler excludes batch size, shuffle, sampler and dropLast",
        () -> LoaderOptions.of(batches).dropLast(true).workers());
    assertRefused(
        "DataLoader: workers must not be negative: -1",
        () -> LoaderOptions.of(2).workers(-1).workers());
    assertRefused(
        "DataLoader: prefetch must be positive: 0",
        () -> LoaderOptions.of(2).prefetch(0).workers());
  }
}
