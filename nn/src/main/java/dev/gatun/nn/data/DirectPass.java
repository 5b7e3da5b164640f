package dev.gatun.nn.data;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// Batches that are made where they are used.
final class DirectPass implements DataLoader.Pass {
  private final Reader reader;
  private Iterator<long[]> indices;

  DirectPass(Reader reader, Iterator<long[]> indices) {
    this.reader = reader;
    this.indices = indices;
  }

  @Override
  public boolean hasNext() {
    return indices.hasNext();
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("DataLoader: no batch after the last");
    }
    return Batch.of(reader, indices.next());
  }

  @Override
  public void close() {
    indices = Collections.emptyIterator();
  }
}
