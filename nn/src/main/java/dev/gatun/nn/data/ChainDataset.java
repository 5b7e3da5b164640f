package dev.gatun.nn.data;

import dev.gatun.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Streams of samples one after the other: PyTorch's `ChainDataset`. Each is started when those
/// before have ended.
public final class ChainDataset implements IterableDataset {
  private final List<IterableDataset> datasets;

  /// Joins streams.
  ///
  /// @param datasets any number
  public ChainDataset(List<? extends IterableDataset> datasets) {
    this.datasets = List.copyOf(datasets);
  }

  /// As [#ChainDataset(List)].
  ///
  /// @param datasets any number
  public ChainDataset(IterableDataset... datasets) {
    this(List.of(datasets));
  }

  /// {@return the streams}
  public List<IterableDataset> datasets() {
    return datasets;
  }

  @Override
  public Iterator<List<Tensor>> iterator() {
    return new Chain(datasets.iterator());
  }

  private static final class Chain implements Iterator<List<Tensor>>, AutoCloseable {
    private final Iterator<IterableDataset> rest;
    private Iterator<List<Tensor>> current = List.<List<Tensor>>of().iterator();

    Chain(Iterator<IterableDataset> rest) {
      this.rest = rest;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext()) {
        close();
        if (!rest.hasNext()) {
          return false;
        }
        current = rest.next().iterator();
      }
      return true;
    }

    @Override
    public List<Tensor> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("ChainDataset: no sample after the last");
      }
      return current.next();
    }

    @Override
    public void close() {
      StreamPass.close(current);
      current = List.<List<Tensor>>of().iterator();
    }
  }
}
