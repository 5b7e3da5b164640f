package dev.gatun.nn.data;

import java.util.Iterator;

/// Decides which samples make up each batch of a pass: PyTorch's `BatchSampler`. [#of] puts the
/// samples of a [Sampler] together as they come; other rules, such as batches of similar length,
/// implement this.
public interface BatchSampler extends Iterable<long[]> {
  /// {@return how many batches a pass has}
  long size();

  /// Starts a pass. What is random in it is drawn now.
  ///
  /// @return the numbers of the samples of each batch
  @Override
  Iterator<long[]> iterator();

  /// Batches of one size.
  ///
  /// @param sampler the samples
  /// @param batchSize samples per batch
  /// @param dropLast whether to leave out a last batch that is smaller
  /// @return batches of consecutive samples of the sampler
  /// @throws IllegalArgumentException if the batch size is not positive
  static BatchSampler of(Sampler sampler, int batchSize, boolean dropLast) {
    Counts.positive("BatchSampler", "batch size", batchSize);
    return new BatchSampler() {
      @Override
      public long size() {
        long samples = sampler.size();
        return dropLast ? samples / batchSize : Math.ceilDiv(samples, batchSize);
      }

      @Override
      public Iterator<long[]> iterator() {
        return new SampleGroups(sampler.iterator(), size(), batchSize);
      }
    };
  }
}
