package dev.gatun.nn.data;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.HandOver;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the tensors of a batch.
///
/// @param dataset the samples
/// @param collate puts them together; null to stack them
record Reader(Dataset dataset, @Nullable Collate collate) {
  /// The whole tensors that a batch is a part of, if it is one.
  @Nullable List<Tensor> wholes() {
    if (collate != null) {
      return null;
    }
    Dataset origin = dataset;
    while (origin instanceof Subset subset) {
      origin = subset.dataset();
    }
    return origin instanceof TensorDataset whole ? whole.tensors() : null;
  }

  /// Where the samples are in [#wholes()].
  long[] places(long[] indices) {
    long[] places = indices;
    Dataset origin = dataset;
    while (origin instanceof Subset subset) {
      places = Arrays.stream(places).map(subset::origin).toArray();
      origin = subset.dataset();
    }
    for (long place : places) {
      Indices.check("DataLoader", place, origin.size());
    }
    return places;
  }

  static Tensor part(Tensor whole, long[] places) {
    return places.length > 0 && Indices.areConsecutive(places)
        ? whole.narrow(0, places[0], places.length)
        : whole.indexSelect(0, Tensor.of(places, places.length));
  }

  /// Into the current scope. The samples are gone when they were stacked; of another function
  /// nobody knows whether the batch shares their memory.
  List<Tensor> read(long[] indices) {
    if (collate != null) {
      return make(indices);
    }
    try (var _ = Scope.open("batch")) {
      List<Tensor> batch = make(indices);
      batch.forEach(Tensor::keep);
      return batch;
    }
  }

  /// For another thread.
  List<HandOver> readAhead(long[] indices) {
    try (var _ = Scope.open("batch")) {
      return handOver(make(indices), collate);
    }
  }

  /// Of tensors that a function made nobody knows whether they share memory; what is handed over
  /// must not.
  static List<HandOver> handOver(List<Tensor> batch, @Nullable Collate collate) {
    List<Tensor> own =
        collate != null && batch.size() > 1 ? batch.stream().map(Tensor::copy).toList() : batch;
    return own.stream().map(Tensor::handOver).toList();
  }

  static List<Tensor> collate(List<List<Tensor>> samples, @Nullable Collate collate) {
    return List.copyOf(collate == null ? Collate.stack(samples) : collate.collate(samples));
  }

  private List<Tensor> make(long[] indices) {
    List<Tensor> wholes = wholes();
    if (wholes != null) {
      long[] places = places(indices);
      return wholes.stream().map(whole -> part(whole, places)).toList();
    }
    List<List<Tensor>> samples = new ArrayList<>(indices.length);
    for (long index : indices) {
      samples.add(sample(index));
    }
    return collate(samples, collate);
  }

  private List<Tensor> sample(long index) {
    try {
      return dataset.get(index);
    } catch (RuntimeException e) {
      throw unreadable(index, e);
    }
  }

  static IllegalStateException unreadable(long index, RuntimeException e) {
    return new IllegalStateException(
        "DataLoader: sample %d cannot be read: %s".formatted(index, e.getMessage()), e);
  }
}
