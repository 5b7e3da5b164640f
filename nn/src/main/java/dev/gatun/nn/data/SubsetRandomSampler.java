package dev.gatun.nn.data;

import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.PrimitiveIterator;

/// Given samples in random order, each once.
public final class SubsetRandomSampler implements Sampler {
  private final long[] indices;
  private final Generator generator;

  /// By the process's generator.
  ///
  /// @param indices the samples
  public SubsetRandomSampler(long... indices) {
    this(Generator.shared(), indices);
  }

  /// Makes the sampler.
  ///
  /// @param generator draws the order of each pass
  /// @param indices the samples
  public SubsetRandomSampler(Generator generator, long... indices) {
    this.indices = indices.clone();
    this.generator = generator;
  }

  @Override
  public long size() {
    return indices.length;
  }

  @Override
  public PrimitiveIterator.OfLong iterator() {
    long[] order = Indices.draw(() -> Tensor.randperm(generator, indices.length));
    return Indices.each(Arrays.stream(order).map(i -> indices[(int) i]).toArray());
  }
}
