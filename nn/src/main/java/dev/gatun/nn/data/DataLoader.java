package dev.gatun.nn.data;

import dev.gatun.tensor.Generator;
import java.util.Iterator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
///
/// Workers make batches ahead, each a whole one, at most [LoaderOptions#prefetch()] per worker. The
/// order is the same for any number of workers. They are daemon threads that end soon after the
/// pass; a pass that is left early ends them at once where it is closed:
///
/// ```java
/// try (var pass = loader.iterator()) {
///   Batch first = pass.next();
///   …
/// }
/// ```
public final class DataLoader implements Iterable<Batch> {
  private final Supplier<Pass> passes;
  private final LongSupplier size;

  /// In the order of the data set, with a smaller last batch where it does not divide.
  ///
  /// @param dataset the samples
  /// @param batchSize samples per batch
  public DataLoader(Dataset dataset, int batchSize) {
    this(dataset, LoaderOptions.of(batchSize));
  }

  /// Shuffled on request by the process's generator, with a smaller last batch where it does not
  /// divide.
  ///
  /// @param dataset the samples
  /// @param batchSize samples per batch
  /// @param shuffle whether each pass has an order of its own
  public DataLoader(Dataset dataset, int batchSize, boolean shuffle) {
    this(dataset, LoaderOptions.of(batchSize).shuffle(shuffle));
  }

  /// Makes the loader.
  ///
  /// @param dataset the samples
  /// @param batchSize samples per batch
  /// @param generator draws the order of each pass; null keeps the order of the data set
  /// @param dropLast whether to leave out a last batch that is smaller
  public DataLoader(
      Dataset dataset, int batchSize, @Nullable Generator generator, boolean dropLast) {
    this(
        dataset,
        generator == null
            ? LoaderOptions.of(batchSize).dropLast(dropLast)
            : LoaderOptions.of(batchSize).shuffle(true).generator(generator).dropLast(dropLast));
  }

  /// Makes the loader.
  ///
  /// @param dataset the samples; where there are workers they use it all at once
  /// @param options how the batches are made
  public DataLoader(Dataset dataset, LoaderOptions options) {
    Reader reader = new Reader(dataset, options.collate());
    BatchSampler batches = options.batches(dataset);
    this.passes = () -> pass(reader, batches.iterator(), options);
    this.size = batches::size;
  }

  /// Samples in the order in which they come.
  ///
  /// @param dataset the samples; each pass reads them anew, in the thread that uses the batches
  /// @param batchSize samples per batch
  public DataLoader(IterableDataset dataset, int batchSize) {
    this(dataset, LoaderOptions.of(batchSize));
  }

  /// Samples in the order in which they come.
  ///
  /// @param dataset the samples; each pass reads them anew, in the thread that uses the batches
  /// @param options how the batches are made; without workers, and nothing that decides the order
  /// @throws IllegalArgumentException if the options have workers, shuffle or a sampler
  public DataLoader(IterableDataset dataset, LoaderOptions options) {
    options.requireNoOrder();
    this.passes = () -> new StreamPass(dataset, options);
    this.size =
        () -> {
          throw new UnsupportedOperationException(
              "DataLoader: nobody knows how many batches an IterableDataset has; count them");
        };
  }

  private static Pass pass(Reader reader, Iterator<long[]> indices, LoaderOptions options) {
    int workers = options.workers();
    return workers == 0
        ? new DirectPass(reader, indices)
        : new WorkerPass(
            reader, indices, workers, (int) Math.min(1L * workers * options.prefetch(), 1 << 20));
  }

  /// {@return the number of batches of a pass}
  ///
  /// @throws UnsupportedOperationException of an [IterableDataset], which has no size
  public long size() {
    return size.getAsLong();
  }

  /// Starts a pass.
  ///
  /// A sample that cannot be read is an IllegalStateException that names it: from [Iterator#next()]
  /// where there are workers, else from the first use of the batch.
  ///
  /// @return the batches; to be closed where it may be left before its end
  @Override
  public Pass iterator() {
    return passes.get();
  }

  /// One pass over the batches.
  public sealed interface Pass extends Iterator<Batch>, AutoCloseable
      permits DirectPass, WorkerPass, StreamPass {
    /// Ends the pass: no batch follows, its threads are gone and what they made ahead is freed.
    @Override
    void close();
  }
}
