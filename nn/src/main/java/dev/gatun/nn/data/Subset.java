package dev.gatun.nn.data;

import dev.gatun.tensor.Tensor;
import java.util.List;

/// Some samples of another data set, in a given order: PyTorch's `Subset`.
public final class Subset implements Dataset {
  private final Dataset dataset;
  private final long[] indices;

  /// Makes the subset.
  ///
  /// @param dataset the samples to choose from
  /// @param indices those that it has; one may be there more than once
  /// @throws IndexOutOfBoundsException if there is no such sample
  public Subset(Dataset dataset, long... indices) {
    this.dataset = dataset;
    this.indices = indices.clone();
    long size = dataset.size();
    for (long index : indices) {
      Indices.check("Subset", index, size);
    }
  }

  /// {@return the samples that were chosen from}
  public Dataset dataset() {
    return dataset;
  }

  /// {@return the numbers that the samples have in [#dataset()], a copy}
  public long[] indices() {
    return indices.clone();
  }

  @Override
  public long size() {
    return indices.length;
  }

  @Override
  public List<Tensor> get(long index) {
    return dataset.get(origin(index));
  }

  /// {@return the number that a sample has in [#dataset()]}
  long origin(long index) {
    return indices[(int) Indices.check("Subset", index, indices.length)];
  }
}
