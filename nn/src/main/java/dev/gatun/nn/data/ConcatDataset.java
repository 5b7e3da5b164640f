package dev.gatun.nn.data;

import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Data sets one after the other: PyTorch's `ConcatDataset`. Their sizes are asked for once.
public final class ConcatDataset implements Dataset {
  private final List<Dataset> datasets;
  private final long[] ends;

  /// Joins data sets.
  ///
  /// @param datasets at least one
  public ConcatDataset(List<? extends Dataset> datasets) {
    this.datasets = List.copyOf(datasets);
    if (datasets.isEmpty()) {
      throw new IllegalArgumentException("ConcatDataset: no data sets");
    }
    ends = this.datasets.stream().mapToLong(Dataset::size).toArray();
    Arrays.parallelPrefix(ends, Math::addExact);
  }

  /// As [#ConcatDataset(List)].
  ///
  /// @param datasets at least one
  public ConcatDataset(Dataset... datasets) {
    this(List.of(datasets));
  }

  /// {@return the data sets}
  public List<Dataset> datasets() {
    return datasets;
  }

  @Override
  public long size() {
    return ends[ends.length - 1];
  }

  @Override
  public List<Tensor> get(long index) {
    Indices.check("ConcatDataset", index, size());
    int which = 0;
    while (index >= ends[which]) {
      which++;
    }
    return datasets.get(which).get(which == 0 ? index : index - ends[which - 1]);
  }
}
