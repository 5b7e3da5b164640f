package dev.gatun.nn.data;

import dev.gatun.tensor.Tensor;
import java.util.List;

/// Samples by number: PyTorch's map-style `Dataset`. Several threads may ask for samples at once
/// where a [DataLoader] has workers; the tensors that samples come from must then be shared.
///
/// ```java
/// Dataset squares = Dataset.of(100, i -> List.of(Tensor.scalar(i), Tensor.scalar(i * i)));
/// ```
public interface Dataset {
  /// {@return the number of samples}
  long size();

  /// One sample, in the innermost open scope of the calling thread.
  ///
  /// @param index of the sample, from 0
  /// @return its tensors, as many for every sample
  List<Tensor> get(long index);

  /// A data set of a function.
  ///
  /// @param size the number of samples
  /// @param samples makes the sample of a number
  /// @return a data set that calls the function for every sample it is asked for
  static Dataset of(long size, Function samples) {
    if (size < 0) {
      throw new IllegalArgumentException("Dataset: size must not be negative: " + size);
    }
    return new Dataset() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public List<Tensor> get(long index) {
        return samples.get(Indices.check("Dataset", index, size));
      }
    };
  }

  /// Makes samples.
  @FunctionalInterface
  interface Function {
    /// One sample.
    ///
    /// @param index of the sample
    /// @return its tensors
    List<Tensor> get(long index);
  }
}
