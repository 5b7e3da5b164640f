package dev.gatun.nn.data;

import dev.gatun.tensor.Tensor;
import java.util.Iterator;
import java.util.List;

/// Samples one after the other: PyTorch's `IterableDataset`, for what has no numbers or no end,
/// such as lines of a log. A [DataLoader] puts them together in their order.
///
/// ```java
/// IterableDataset lines = () -> Files.lines(file).map(line -> List.of(parse(line))).iterator();
/// ```
@FunctionalInterface
public interface IterableDataset extends Iterable<List<Tensor>> {
  /// Starts a pass.
  ///
  /// @return the samples; [Iterator#next()] makes one in the innermost open scope of the thread, as
  ///   many tensors for each; an iterator that is AutoCloseable is closed after its last sample, or
  ///   with the pass
  @Override
  Iterator<List<Tensor>> iterator();
}
