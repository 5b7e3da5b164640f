package dev.gatun.nn.data;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.HandOver;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Batches of samples that come one after the other. One batch is made ahead, since only then it is
/// known whether there is another; it moves to the scope in which it is used.
final class StreamPass implements DataLoader.Pass {
  private final Iterator<List<Tensor>> samples;
  private final LoaderOptions options;
  private @Nullable List<HandOver> ahead;
  private long size;
  private long read;
  private boolean ended;

  StreamPass(IterableDataset dataset, LoaderOptions options) {
    this.samples = dataset.iterator();
    this.options = options;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !ended) {
      boolean done = false;
      try {
        ahead = readAhead();
        done = true;
      } finally {
        if (!done || ahead == null) {
          close();
        }
      }
    }
    return ahead != null;
  }

  @Override
  public Batch next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException("DataLoader: no batch after the last");
    }
    Batch batch = Batch.of(ahead, size);
    ahead = null;
    return batch;
  }

  /// The next batch; null where there is none.
  private @Nullable List<HandOver> readAhead() {
    try (var _ = Scope.open("batch")) {
      List<List<Tensor>> drawn = new ArrayList<>();
      while (drawn.size() < options.batchSize() && samples.hasNext()) {
        drawn.add(sample());
      }
      size = drawn.size();
      boolean whole = size == options.batchSize();
      return size == 0 || (options.dropLast() && !whole)
          ? null
          : Reader.handOver(Reader.collate(drawn, options.collate()), options.collate());
    }
  }

  private List<Tensor> sample() {
    try {
      List<Tensor> sample = samples.next();
      read++;
      return sample;
    } catch (RuntimeException e) {
      throw Reader.unreadable(read, e);
    }
  }

  @Override
  public void close() {
    ended = true;
    List<HandOver> unused = ahead;
    ahead = null;
    if (unused != null) {
      Batch.discard(unused);
    }
    close(samples);
  }

  /// Closes an iterator that can be closed.
  static void close(Iterator<?> iterator) {
    if (iterator instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("DataLoader: a data set cannot be closed: " + e, e);
      }
    }
  }
}
