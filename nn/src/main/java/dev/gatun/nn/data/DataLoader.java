package dev.gatun.nn.data;

import dev.gatun.tensor.Generator;
import java.util.Iterator;
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
  private final Reader reader;
  private final BatchSampler batches;
  private final int workers;
  private final int prefetch;

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
    this.reader = new Reader(dataset, options.collate());
    this.batches = options.batches(dataset);
    this.workers = options.workers();
    this.prefetch = options.prefetch();
  }

  /// {@return the number of batches of a pass}
  public long size() {
    return batches.size();
  }

  /// Starts a pass.
  ///
  /// A sample that cannot be read is an IllegalStateException that names it: from [Iterator#next()]
  /// where there are workers, else from the first use of the batch.
  ///
  /// @return the batches; to be closed where it may be left before its end
  @Override
  public Pass iterator() {
    Iterator<long[]> indices = batches.iterator();
    return workers == 0
        ? new DirectPass(reader, indices)
        : new WorkerPass(
            reader, indices, workers, (int) Math.min(1L * workers * prefetch, 1 << 20));
  }

  /// One pass over the batches.
  public sealed interface Pass extends Iterator<Batch>, AutoCloseable
      permits DirectPass, WorkerPass {
    /// Ends the pass: no batch follows, its threads are gone and what they made ahead is freed.
    @Override
    void close();
  }
}
