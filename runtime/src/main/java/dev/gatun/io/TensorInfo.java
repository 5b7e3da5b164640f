package dev.gatun.io;

import dev.gatun.memory.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One tensor in a file, as the file describes it.
///
/// @param name by which [TensorFile#tensor] finds it
/// @param storedAs the dtype in the file, as safetensors names it, such as `F32`, `I8` or `F8_E4M3`
/// @param dtype what it is read as; null where there is no dtype for it and it cannot be read
/// @param shape sizes
/// @param bytes how many it takes in the file
public record TensorInfo(
    String name, String storedAs, @Nullable DType dtype, List<Long> shape, long bytes) {
  /// Copies the shape.
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /// {@return the number of elements}
  public long numel() {
    long numel = 1;
    for (long size : shape) {
      numel *= size;
    }
    return numel;
  }
}
