package dev.gatun.nn.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/// Cuts what a sampler gives into batches.
final class SampleGroups implements Iterator<long[]> {
  private final PrimitiveIterator.OfLong samples;
  private final int batchSize;
  private long left;

  SampleGroups(PrimitiveIterator.OfLong samples, long batches, int batchSize) {
    this.samples = samples;
    this.left = batches;
    this.batchSize = batchSize;
  }

  @Override
  public boolean hasNext() {
    return left > 0 && samples.hasNext();
  }

  @Override
  public long[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException("BatchSampler: no batch after the last");
    }
    left--;
    long[] group = new long[batchSize];
    int count = 0;
    while (count < batchSize && samples.hasNext()) {
      group[count++] = samples.nextLong();
    }
    return count == batchSize ? group : Arrays.copyOf(group, count);
  }
}
