package dev.gatun.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SamplerTest {
  private final Dataset ten = Dataset.of(10, i -> List.of(Tensor.scalar((double) i)));

  private static long[] pass(Sampler sampler) {
    LongStream.Builder seen = LongStream.builder();
    PrimitiveIterator.OfLong indices = sampler.iterator();
    while (indices.hasNext()) {
      seen.add(indices.nextLong());
    }
    long[] all = seen.build().toArray();
    assertEquals(sampler.size(), all.length);
    return all;
  }

  private static long[] sorted(long[] values) {
    return LongStream.of(values).sorted().toArray();
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void sequentialKeepsTheOrder() {
    assertArrayEquals(LongStream.range(0, 10).toArray(), pass(new SequentialSampler(ten)));
  }

  @Test
  void randomIsAPermutationThatTheSeedDecides() {
    RandomSampler sampler = new RandomSampler(ten, Generator.seeded(5));
    long[] first = pass(sampler);
    assertArrayEquals(LongStream.range(0, 10).toArray(), sorted(first));
    assertFalse(Arrays.equals(first, pass(sampler)));
    assertArrayEquals(first, pass(new RandomSampler(ten, Generator.seeded(5))));
    assertEquals(10, pass(new RandomSampler(ten)).length);
    assertEquals(0, pass(new RandomSampler(Dataset.of(0, ten::get))).length);
  }

  @Test
  void randomWithoutReplacementGoesInRounds() {
    long[] drawn = pass(new RandomSampler(ten, false, 25, Generator.seeded(5)));
    long[] all = LongStream.range(0, 10).toArray();
    assertArrayEquals(all, sorted(Arrays.copyOfRange(drawn, 0, 10)));
    assertArrayEquals(all, sorted(Arrays.copyOfRange(drawn, 10, 20)));
    assertEquals(5, LongStream.of(drawn).skip(20).distinct().count());
    assertEquals(4, pass(new RandomSampler(ten, false, 4, Generator.seeded(5))).length);
  }

  @Test
  void randomWithReplacementRepeats() {
    long[] drawn = pass(new RandomSampler(ten, true, 1000, Generator.seeded(5)));
    long[] counts = new long[10];
    LongStream.of(drawn).forEach(i -> counts[(int) i]++);
    assertTrue(LongStream.of(counts).allMatch(c -> c > 60 && c < 140), Arrays.toString(counts));
    assertTrue(LongStream.of(drawn).limit(10).distinct().count() < 10);
  }

  @Test
  void subsetComesInRandomOrder() {
    long[] drawn = pass(new SubsetRandomSampler(Generator.seeded(2), 9, 3, 5, 7, 1, 0));
    assertArrayEquals(new long[] {0, 1, 3, 5, 7, 9}, sorted(drawn));
    assertFalse(Arrays.equals(new long[] {9, 3, 5, 7, 1, 0}, drawn));
    assertArrayEquals(new long[] {4}, pass(new SubsetRandomSampler(4)));
  }

  @Test
  void weightsDecideHowOften() {
    double[] weights = {1, 0, 3};
    long[] drawn = pass(new WeightedRandomSampler(weights, 4000, true, Generator.seeded(8)));
    long[] counts = new long[3];
    LongStream.of(drawn).forEach(i -> counts[(int) i]++);
    assertEquals(0, counts[1]);
    assertTrue(counts[2] > 2800 && counts[2] < 3200, Arrays.toString(counts));
    assertArrayEquals(
        new long[] {0, 2},
        sorted(pass(new WeightedRandomSampler(weights, 2, false, Generator.seeded(1)))));
    assertEquals(5, pass(new WeightedRandomSampler(weights, 5)).length);
  }

  @Test
  void batchesAreCut() {
    assertEquals(List.of("[0, 1, 2, 3]", "[4, 5, 6, 7]", "[8, 9]"), batches(4, false));
    assertEquals(List.of("[0, 1, 2, 3]", "[4, 5, 6, 7]"), batches(4, true));
    assertEquals(List.of("[0, 1, 2, 3, 4]", "[5, 6, 7, 8, 9]"), batches(5, true));
    assertEquals(List.of(), batches(11, true));
    Iterator<long[]> one = BatchSampler.of(new SequentialSampler(ten), 10, false).iterator();
    assertEquals(10, one.next().length);
    assertEquals(
        "BatchSampler: no batch after the last",
        assertThrows(NoSuchElementException.class, one::next).getMessage());
  }

  private List<String> batches(int size, boolean dropLast) {
    BatchSampler sampler = BatchSampler.of(new SequentialSampler(ten), size, dropLast);
    List<String> seen = new ArrayList<>();
    sampler.forEach(batch -> seen.add(Arrays.toString(batch)));
    assertEquals(sampler.size(), seen.size());
    return seen;
  }

  @Test
  void drawingLeavesNothingInTheScope() {
    try (var scope = Scope.open()) {
      assertEquals(10, pass(new RandomSampler(ten)).length);
      assertEquals(3, pass(new WeightedRandomSampler(new double[] {1, 2}, 3)).length);
      assertEquals(0, scope.bytes());
    }
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    Generator generator = Generator.seeded(1);
    assertRefused(
        "RandomSampler: numSamples must be positive: 0",
        () -> new RandomSampler(ten, true, 0, generator).size());
    assertRefused(
        "RandomSampler: cannot draw from an empty data set: 3 samples",
        () -> pass(new RandomSampler(Dataset.of(0, ten::get), false, 3, generator)));
    assertRefused(
        "WeightedRandomSampler: weights must be finite and not negative: -1.0",
        () -> new WeightedRandomSampler(new double[] {1, -1}, 3).size());
    assertRefused(
        "WeightedRandomSampler: no weight is above 0",
        () -> new WeightedRandomSampler(new double[] {0, 0}, 3).size());
    assertRefused(
        "WeightedRandomSampler: too many samples without replacement: 3 (of 2)",
        () -> new WeightedRandomSampler(new double[] {1, 1}, 3, false, generator).size());
    assertRefused(
        "BatchSampler: batch size must be positive: 0",
        () -> BatchSampler.of(new SequentialSampler(ten), 0, false).size());
  }
}
