package dev.gatun.nn.data;

import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.List;

/// Tensors whose first dimension counts the samples. They stay where they are and are not copied:
/// they must outlive the data set, and be shared where another thread consumes the batches.
///
/// @param tensors at least one, of one first size
public record TensorDataset(List<Tensor> tensors) implements Dataset {
  /// Checks the sizes.
  public TensorDataset {
    tensors = List.copyOf(tensors);
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("TensorDataset: no tensors");
    }
    for (Tensor tensor : tensors) {
      if (tensor.dim() == 0) {
        throw new ShapeException("TensorDataset: a scalar has no samples");
      }
      if (tensor.size(0) != tensors.getFirst().size(0)) {
        throw new ShapeException(
            "TensorDataset: first sizes differ (%d != %d)"
                .formatted(tensors.getFirst().size(0), tensor.size(0)));
      }
    }
  }

  /// As [#TensorDataset(List)].
  ///
  /// @param tensors at least one, of one first size
  public TensorDataset(Tensor... tensors) {
    this(List.of(tensors));
  }

  @Override
  public long size() {
    return tensors.getFirst().size(0);
  }

  /// One sample.
  ///
  /// @param index of the sample
  /// @return a view of each tensor
  @Override
  public List<Tensor> get(long index) {
    return tensors.stream().map(tensor -> tensor.select(0, index)).toList();
  }
}
