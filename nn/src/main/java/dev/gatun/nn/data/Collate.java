package dev.gatun.nn.data;

import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes a batch of samples: PyTorch's `collate_fn`. It runs in the thread that reads the samples.
@FunctionalInterface
public interface Collate {
  /// Puts samples together.
  ///
  /// @param samples at least one, each as the data set gave it
  /// @return the tensors of the batch
  List<Tensor> collate(List<List<Tensor>> samples);

  /// Stacks the first tensors of all samples, the second ones, and so on, each along a new first
  /// dimension. They must agree in shape and dtype.
  ///
  /// @param samples at least one
  /// @return as many tensors as each sample has
  /// @throws IllegalArgumentException if the samples do not agree
  static List<Tensor> stack(List<List<Tensor>> samples) {
    List<Tensor> first = samples.getFirst();
    for (int i = 1; i < samples.size(); i++) {
      check(first, samples.get(i), i);
    }
    List<Tensor> batch = new ArrayList<>();
    for (int part = 0; part < first.size(); part++) {
      int which = part;
      batch.add(Tensor.stack(samples.stream().map(sample -> sample.get(which)).toList(), 0));
    }
    return batch;
  }

  private static void check(List<Tensor> first, List<Tensor> sample, int place) {
    if (sample.size() != first.size()) {
      throw new IllegalArgumentException(
          "DataLoader: samples of a batch differ in their number of tensors (%d != %d, sample %d of the batch)"
              .formatted(first.size(), sample.size(), place));
    }
    for (int part = 0; part < first.size(); part++) {
      Tensor a = first.get(part);
      Tensor b = sample.get(part);
      if (a.dtype() != b.dtype() || !Arrays.equals(a.shape(), b.shape())) {
        throw new IllegalArgumentException(
            "DataLoader: samples of a batch differ: %s %s and %s %s (tensor %d, sample %d of the batch); collate them otherwise"
                .formatted(a.dtype(), a.describe(), b.dtype(), b.describe(), part, place));
      }
    }
  }
}
