package dev.gatun.nn.data;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The batches of a data set, one pass per [#iterator()]. Shuffled, each pass has its own order,
/// drawn when it starts.
///
/// ```java
/// for (Batch batch : loader) {
///   try (var step = Scope.open("step")) {
///     var loss = F.crossEntropy(model.forward(batch.input()), batch.target());
///     …
///   }
/// }
/// ```
public final class DataLoader implements Iterable<Batch> {
  private final TensorDataset dataset;
  private final int batchSize;
  private final @Nullable Generator generator;
  private final boolean dropLast;

  /// In the order of the data set, with a smaller last batch where it does not divide.
  ///
  /// @param dataset the samples
  /// @param batchSize samples per batch
  public DataLoader(TensorDataset dataset, int batchSize) {
    this(dataset, batchSize, null, false);
  }

  /// Shuffled on request by the process's generator, with a smaller last batch where it does not
  /// divide.
  ///
  /// @param dataset the samples
  /// @param batchSize samples per batch
  /// @param shuffle whether each pass has an order of its own
  public DataLoader(TensorDataset dataset, int batchSize, boolean shuffle) {
    this(dataset, batchSize, shuffle ? Generator.shared() : null, false);
  }

  /// Makes the loader.
  ///
  /// @param dataset the samples
  /// @param batchSize samples per batch
  /// @param generator draws the order of each pass; null keeps the order of the data set
  /// @param dropLast whether to leave out a last batch that is smaller
  public DataLoader(
      TensorDataset dataset, int batchSize, @Nullable Generator generator, boolean dropLast) {
    if (batchSize <= 0) {
      throw new IllegalArgumentException("DataLoader: batch size must be positive: " + batchSize);
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.generator = generator;
    this.dropLast = dropLast;
  }

  /// {@return the number of batches of a pass}
  public long size() {
    long samples = dataset.size();
    return dropLast ? samples / batchSize : Math.ceilDiv(samples, batchSize);
  }

  @Override
  public Iterator<Batch> iterator() {
    return new Pass();
  }

  private final class Pass implements Iterator<Batch> {
    private final long @Nullable [] order = draw(generator);
    private long next;

    private long @Nullable [] draw(@Nullable Generator source) {
      if (source == null) {
        return null;
      }
      try (var _ = Scope.open("shuffle")) {
        return Tensor.randperm(source, dataset.size()).toLongArray();
      }
    }

    @Override
    public boolean hasNext() {
      return next < size();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("DataLoader: no batch after the last");
      }
      long start = next++ * batchSize;
      return new Batch(
          dataset.tensors(), order, start, Math.min(batchSize, dataset.size() - start));
    }
  }
}
