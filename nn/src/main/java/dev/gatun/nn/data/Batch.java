package dev.gatun.nn.data;

import dev.gatun.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some samples of a data set. Its tensors are made at their first use, in the scope that is
/// current then, and once: a loop that opens a scope for each step gives them back with the step.
public final class Batch {
  private final List<Tensor> sources;
  private final @Nullable Tensor[] tensors;
  private final long start;
  private final long size;
  private final long @Nullable [] order;

  /// @param order which sample comes when; null for the order of the data set
  Batch(List<Tensor> sources, long @Nullable [] order, long start, long size) {
    this.sources = sources;
    this.tensors = new Tensor[sources.size()];
    this.order = order;
    this.start = start;
    this.size = size;
  }

  /// {@return the number of samples}
  public long size() {
    return size;
  }

  /// The samples of one tensor of the data set: a view where nothing is shuffled, else a copy.
  ///
  /// @param index which tensor
  /// @return `[size, *]`
  public Tensor get(int index) {
    Tensor tensor = tensors[index];
    if (tensor == null) {
      Tensor source = sources.get(index);
      tensor =
          order == null
              ? source.narrow(0, start, size)
              : source.indexSelect(0, Tensor.of(indices(order), size));
      tensors[index] = tensor;
    }
    return tensor;
  }

  private long[] indices(long[] shuffled) {
    long[] indices = new long[Math.toIntExact(size)];
    System.arraycopy(shuffled, Math.toIntExact(start), indices, 0, indices.length);
    return indices;
  }

  /// {@return the samples of the first tensor}
  public Tensor input() {
    return get(0);
  }

  /// {@return the samples of the second tensor}
  public Tensor target() {
    return get(1);
  }
}
