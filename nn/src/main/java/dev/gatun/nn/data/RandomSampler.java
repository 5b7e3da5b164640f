package dev.gatun.nn.data;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/// Samples in random order. Without replacement none comes again before all have come; more than
/// the data set has are drawn in several rounds.
public final class RandomSampler implements Sampler {
  private final Dataset dataset;
  private final boolean replacement;
  private final @Nullable Long numSamples;
  private final Generator generator;

  /// All samples once, by the process's generator.
  ///
  /// @param dataset the samples
  public RandomSampler(Dataset dataset) {
    this(dataset, Generator.shared());
  }

  /// All samples once.
  ///
  /// @param dataset the samples
  /// @param generator draws the order of each pass
  public RandomSampler(Dataset dataset, Generator generator) {
    this.dataset = dataset;
    this.replacement = false;
    this.numSamples = null;
    this.generator = generator;
  }

  /// A number of samples.
  ///
  /// @param dataset the samples
  /// @param replacement whether a sample may come again at once
  /// @param numSamples how many a pass has
  /// @param generator draws each pass
  /// @throws IllegalArgumentException if the number is not positive
  public RandomSampler(Dataset dataset, boolean replacement, long numSamples, Generator generator) {
    this.dataset = dataset;
    this.replacement = replacement;
    this.numSamples = Counts.positive("RandomSampler", "numSamples", numSamples);
    this.generator = generator;
  }

  @Override
  public long size() {
    Long chosen = numSamples;
    return chosen == null ? dataset.size() : chosen;
  }

  @Override
  public PrimitiveIterator.OfLong iterator() {
    long available = dataset.size();
    long size = size();
    if (available == 0 && size > 0) {
      throw new IllegalArgumentException(
          "RandomSampler: cannot draw from an empty data set: %d samples".formatted(size));
    }
    if (replacement) {
      return Indices.each(Indices.draw(() -> Tensor.randint(generator, 0, available, size)));
    }
    long[] order = new long[Math.toIntExact(size)];
    for (int start = 0; start < order.length; start += (int) available) {
      long[] round = Indices.draw(() -> Tensor.randperm(generator, available));
      System.arraycopy(round, 0, order, start, Math.min(round.length, order.length - start));
    }
    return Indices.each(order);
  }
}
