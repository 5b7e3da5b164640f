package dev.gatun.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@SuppressWarnings("MustBeClosedChecker")
class DatasetTest {
  private final Dataset tens = Dataset.of(10, i -> List.of(Tensor.of(new long[] {10 * i}, 1)));
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static long value(Dataset dataset, long index) {
    return dataset.get(index).getFirst().itemLong();
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(RuntimeException.class, call).getMessage());
  }

  private static long[] sizes(List<Subset> parts) {
    return parts.stream().mapToLong(Subset::size).toArray();
  }

  private static long[] all(List<Subset> parts) {
    return parts.stream().flatMapToLong(part -> LongStream.of(part.indices())).toArray();
  }

  @Test
  void aFunctionIsADataSet() {
    assertEquals(10, tens.size());
    assertEquals(30, value(tens, 3));
    assertRefused("Dataset: index out of range: 10 (of 10 samples)", () -> value(tens, 10));
    assertRefused("Dataset: index out of range: -1 (of 10 samples)", () -> value(tens, -1));
    assertRefused("Dataset: size must not be negative: -1", () -> Dataset.of(-1, tens::get).size());
  }

  @Test
  void aSubsetHasItsOwnOrder() {
    Subset subset = new Subset(tens, 7, 2, 7);
    assertEquals(3, subset.size());
    assertEquals(70, value(subset, 0));
    assertEquals(20, value(subset, 1));
    assertEquals(20, value(new Subset(subset, 1), 0));
    assertRefused("Subset: index out of range: 3 (of 3 samples)", () -> value(subset, 3));
    assertRefused(
        "Subset: index out of range: 10 (of 10 samples)", () -> new Subset(tens, 0, 10).size());
  }

  @Test
  void dataSetsFollowEachOther() {
    Dataset none = Dataset.of(0, tens::get);
    ConcatDataset joined = new ConcatDataset(none, tens, none, new Subset(tens, 5), none);
    assertEquals(11, joined.size());
    assertEquals(0, value(joined, 0));
    assertEquals(90, value(joined, 9));
    assertEquals(50, value(joined, 10));
    assertRefused("ConcatDataset: index out of range: 11 (of 11 samples)", () -> value(joined, 11));
    assertRefused("ConcatDataset: no data sets", () -> new ConcatDataset().size());
  }

  @Test
  void splitsByCounts() {
    List<Subset> parts = Datasets.randomSplit(tens, Generator.seeded(3), 7, 0, 3);
    assertArrayEquals(new long[] {7, 0, 3}, sizes(parts));
    assertArrayEquals(Tensor.randperm(Generator.seeded(3), 10).toLongArray(), all(parts));
    assertArrayEquals(
        LongStream.range(0, 10).toArray(),
        LongStream.of(all(Datasets.randomSplit(tens, 5, 5))).sorted().toArray());
  }

  @Test
  void splitsByFractionsAsPyTorchRounds() {
    Generator generator = Generator.seeded(1);
    assertArrayEquals(
        new long[] {4, 3, 3},
        sizes(Datasets.randomSplit(tens, generator, 1.0 / 3, 1.0 / 3, 1.0 / 3)));
    assertArrayEquals(new long[] {8, 2}, sizes(Datasets.randomSplit(tens, generator, 0.75, 0.25)));
    assertArrayEquals(
        new long[] {7, 2, 1}, sizes(Datasets.randomSplit(tens, generator, 0.7, 0.2, 0.1)));
    assertEquals(10, all(Datasets.randomSplit(tens, 0.5, 0.5)).length);
  }

  @Test
  void refusesSplitsThatDoNotAddUp() {
    assertRefused(
        "randomSplit: counts do not add up to the size of the data set: [5, 4] (10 samples)",
        () -> Datasets.randomSplit(tens, 5, 4).size());
    assertRefused(
        "randomSplit: counts must not be negative: [11, -1]",
        () -> Datasets.randomSplit(tens, 11, -1).size());
    assertRefused(
        "randomSplit: fractions must be of [0, 1] and add up to 1: [0.5, 0.25] (sum 0.75)",
        () -> Datasets.randomSplit(tens, 0.5, 0.25).size());
    assertRefused(
        "randomSplit: fractions must be of [0, 1] and add up to 1: [1.5, -0.5] (sum 1.0)",
        () -> Datasets.randomSplit(tens, 1.5, -0.5).size());
    assertThrows(
        IllegalArgumentException.class, () -> Datasets.randomSplit(tens, Double.NaN, 1.0).size());
  }
}
