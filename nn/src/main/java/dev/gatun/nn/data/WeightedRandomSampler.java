package dev.gatun.nn.data;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.PrimitiveIterator;

/// Samples drawn with a probability in proportion to their weights.
public final class WeightedRandomSampler implements Sampler {
  private final double[] weights;
  private final long numSamples;
  private final boolean replacement;
  private final Generator generator;

  /// With replacement, by the process's generator.
  ///
  /// @param weights one for each sample of the data set; they need not add up to 1
  /// @param numSamples how many a pass has
  public WeightedRandomSampler(double[] weights, long numSamples) {
    this(weights, numSamples, true, Generator.shared());
  }

  /// Makes the sampler.
  ///
  /// @param weights one for each sample of the data set; they need not add up to 1
  /// @param numSamples how many a pass has
  /// @param replacement whether a sample may come again
  /// @param generator draws each pass
  /// @throws IllegalArgumentException if a weight is negative or not finite, if all are 0, if the
  ///   number is not positive, or more than there are without replacement
  public WeightedRandomSampler(
      double[] weights, long numSamples, boolean replacement, Generator generator) {
    this.weights = weights.clone();
    this.numSamples = Counts.positive("WeightedRandomSampler", "numSamples", numSamples);
    this.replacement = replacement;
    this.generator = generator;
    for (double weight : weights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "WeightedRandomSampler: weights must be finite and not negative: " + weight);
      }
    }
    if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException("WeightedRandomSampler: no weight is above 0");
    }
    if (!replacement && numSamples > weights.length) {
      throw new IllegalArgumentException(
          "WeightedRandomSampler: too many samples without replacement: %d (of %d)"
              .formatted(numSamples, weights.length));
    }
  }

  @Override
  public long size() {
    return numSamples;
  }

  @Override
  public PrimitiveIterator.OfLong iterator() {
    return Indices.each(
        Indices.draw(() ->
            Tensor.of(weights, weights.length).multinomial(generator, numSamples, replacement)));
  }
}
