package dev.gatun.nn.data;

import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/// All samples in the order of the data set.
///
/// @param dataset the samples
public record SequentialSampler(Dataset dataset) implements Sampler {
  @Override
  public long size() {
    return dataset.size();
  }

  @Override
  public PrimitiveIterator.OfLong iterator() {
    return LongStream.range(0, dataset.size()).iterator();
  }
}
