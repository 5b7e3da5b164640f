package dev.gatun.nn.data;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What can be done with data sets.
public final class Datasets {
  private Datasets() {}

  /// Deals the samples out at random, by the process's generator.
  ///
  /// @param dataset the samples
  /// @param counts how many each part gets, together all
  /// @return a subset for each count, without a sample in common
  public static List<Subset> randomSplit(Dataset dataset, long... counts) {
    return randomSplit(dataset, Generator.shared(), counts);
  }

  /// Deals the samples out at random: PyTorch's `random_split`.
  ///
  /// @param dataset the samples
  /// @param generator draws who gets which
  /// @param counts how many each part gets, together all
  /// @return a subset for each count, without a sample in common
  /// @throws IllegalArgumentException if the counts do not add up to the size of the data set
  public static List<Subset> randomSplit(Dataset dataset, Generator generator, long... counts) {
    if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "randomSplit: counts must not be negative: " + Arrays.toString(counts));
    }
    if (Arrays.stream(counts).reduce(0, Math::addExact) != dataset.size()) {
      throw new IllegalArgumentException(
          "randomSplit: counts do not add up to the size of the data set: %s (%d samples)"
              .formatted(Arrays.toString(counts), dataset.size()));
    }
    long[] order = Indices.draw(() -> Tensor.randperm(generator, dataset.size()));
    List<Subset> parts = new ArrayList<>();
    int start = 0;
    for (long count : counts) {
      int end = start + (int) count;
      parts.add(new Subset(dataset, Arrays.copyOfRange(order, start, end)));
      start = end;
    }
    return List.copyOf(parts);
  }

  /// Deals fractions of the samples out at random, by the process's generator.
  ///
  /// @param dataset the samples
  /// @param fractions the share of each part, together 1
  /// @return a subset for each fraction, without a sample in common
  public static List<Subset> randomSplit(Dataset dataset, double... fractions) {
    return randomSplit(dataset, Generator.shared(), fractions);
  }

  /// Deals fractions of the samples out at random: PyTorch's `random_split`. Each part gets its
  /// share rounded down; what is left over goes one by one to the first parts.
  ///
  /// @param dataset the samples
  /// @param generator draws who gets which
  /// @param fractions the share of each part, together 1
  /// @return a subset for each fraction, without a sample in common
  /// @throws IllegalArgumentException if a fraction is not of `[0, 1]` or they do not add up to 1
  public static List<Subset> randomSplit(
      Dataset dataset, Generator generator, double... fractions) {
    return randomSplit(dataset, generator, counts(dataset.size(), fractions));
  }

  private static long[] counts(long size, double[] fractions) {
    double sum = Arrays.stream(fractions).sum();
    if (Arrays.stream(fractions).anyMatch(f -> !(f >= 0 && f <= 1))
        || !(Math.abs(sum - 1) <= 1e-9)) {
      throw new IllegalArgumentException(
          "randomSplit: fractions must be of [0, 1] and add up to 1: %s (sum %s)"
              .formatted(Arrays.toString(fractions), sum));
    }
    long[] counts = Arrays.stream(fractions).mapToLong(f -> (long) (size * f)).toArray();
    long left = size - Arrays.stream(counts).sum();
    for (int i = 0; i < left; i++) {
      counts[i % counts.length]++;
    }
    return counts;
  }
}
