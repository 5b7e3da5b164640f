package dev.gatun.nn.data;

import dev.gatun.tensor.Generator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a [DataLoader] makes batches.
///
/// ```java
/// LoaderOptions.of(32).shuffle(true).workers(2)
/// ```
///
/// @param batchSize samples per batch
/// @param shuffle whether each pass has a random order of its own
/// @param generator draws that order; null for the one of the process
/// @param sampler decides the order instead; null for none
/// @param batchSampler decides the batches instead; null for none
/// @param dropLast whether to leave out a last batch that is smaller
/// @param workers threads that make batches ahead; 0 makes each where and when it is used
/// @param prefetch batches that each worker is ahead at most
/// @param collate makes a batch of samples; null for [Collate#stack]
public record LoaderOptions(
    int batchSize,
    boolean shuffle,
    @Nullable Generator generator,
    @Nullable Sampler sampler,
    @Nullable BatchSampler batchSampler,
    boolean dropLast,
    int workers,
    int prefetch,
    @Nullable Collate collate) {

  /// Checks the numbers, and that only one of them decides the order.
  public LoaderOptions {
    Counts.positive("DataLoader", "batch size", batchSize);
    Counts.positive("DataLoader", "prefetch", prefetch);
    if (workers < 0) {
      throw new IllegalArgumentException("DataLoader: workers must not be negative: " + workers);
    }
    if (sampler != null && shuffle) {
      throw new IllegalArgumentException("DataLoader: a sampler excludes shuffle");
    }
    if (batchSampler != null && (batchSize != 1 || shuffle || sampler != null || dropLast)) {
      throw new IllegalArgumentException(
          "DataLoader: a batch sampler excludes batch size, shuffle, sampler and dropLast");
    }
  }

  /// In the order of the data set, without workers.
  ///
  /// @param batchSize samples per batch
  /// @return the options
  public static LoaderOptions of(int batchSize) {
    return new LoaderOptions(batchSize, false, null, null, null, false, 0, 2, null);
  }

  /// Batches by a rule of their own, without workers.
  ///
  /// @param batchSampler decides the batches
  /// @return the options
  public static LoaderOptions of(BatchSampler batchSampler) {
    return new LoaderOptions(1, false, null, null, batchSampler, false, 0, 2, null);
  }

  /// {@return these with or without shuffling}
  ///
  /// @param on whether each pass has a random order of its own
  public LoaderOptions shuffle(boolean on) {
    return with(to -> to.shuffle = on);
  }

  /// {@return these with a generator for shuffling}
  ///
  /// @param source draws the order of each pass
  public LoaderOptions generator(Generator source) {
    return with(to -> to.generator = source);
  }

  /// {@return these with an order}
  ///
  /// @param order decides which samples come when
  public LoaderOptions sampler(Sampler order) {
    return with(to -> to.sampler = order);
  }

  /// {@return these with another end}
  ///
  /// @param drop whether to leave out a last batch that is smaller
  public LoaderOptions dropLast(boolean drop) {
    return with(to -> to.dropLast = drop);
  }

  /// {@return these with workers}
  ///
  /// @param threads that make batches ahead, 0 for none
  public LoaderOptions workers(int threads) {
    return with(to -> to.workers = threads);
  }

  /// {@return these with another window}
  ///
  /// @param batches that each worker is ahead at most
  public LoaderOptions prefetch(int batches) {
    return with(to -> to.prefetch = batches);
  }

  /// {@return these with another way to put samples together}
  ///
  /// @param function makes a batch of samples
  public LoaderOptions collate(Collate function) {
    return with(to -> to.collate = function);
  }

  private LoaderOptions with(Consumer<Draft> change) {
    Draft to = new Draft();
    change.accept(to);
    return new LoaderOptions(
        to.batchSize,
        to.shuffle,
        to.generator,
        to.sampler,
        to.batchSampler,
        to.dropLast,
        to.workers,
        to.prefetch,
        to.collate);
  }

  /// These while some of them change.
  private final class Draft {
    private int batchSize = batchSize();
    private boolean shuffle = shuffle();
    private @Nullable Generator generator = generator();
    private @Nullable Sampler sampler = sampler();
    private @Nullable BatchSampler batchSampler = batchSampler();
    private boolean dropLast = dropLast();
    private int workers = workers();
    private int prefetch = prefetch();
    private @Nullable Collate collate = collate();
  }

  /// Refuses what a stream of samples cannot have.
  void requireNoOrder() {
    if (shuffle || sampler != null || batchSampler != null) {
      throw new IllegalArgumentException(
          "DataLoader: an IterableDataset has an order of its own; shuffle or sample there");
    }
    if (workers > 0) {
      throw new IllegalArgumentException(
          "DataLoader: one thread reads an IterableDataset: %d workers; use none"
              .formatted(workers));
    }
  }

  /// The batches that these describe.
  BatchSampler batches(Dataset dataset) {
    BatchSampler given = batchSampler;
    return given != null ? given : BatchSampler.of(order(dataset), batchSize, dropLast);
  }

  private Sampler order(Dataset dataset) {
    Sampler given = sampler;
    if (given != null) {
      return given;
    }
    Generator source = generator;
    return shuffle
        ? new RandomSampler(dataset, source == null ? Generator.shared() : source)
        : new SequentialSampler(dataset);
  }
}
