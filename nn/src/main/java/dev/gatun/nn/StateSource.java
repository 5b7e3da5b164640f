package dev.gatun.nn;

import dev.gatun.io.TensorFile;
import dev.gatun.io.TensorInfo;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a state comes from, a map or a file: names, shapes and dtypes first, values later.
///
/// @param entries by name, in order
/// @param shared groups of names that are one memory
record StateSource(Map<String, Entry> entries, List<List<String>> shared) {

  @FunctionalInterface
  interface Reader {
    Tensor read() throws IOException;
  }

  /// @param dtype null where the file has one that there is no type for: reading it will say so
  record Entry(List<Long> shape, @Nullable DType dtype, Reader reader) {}

  static StateSource of(TensorFile file) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (TensorInfo info : file.list()) {
      String name = info.name();
      entries.put(name, new Entry(info.shape(), info.dtype(), () -> file.tensor(name)));
    }
    return new StateSource(entries, file.shared());
  }

  static StateSource of(Map<String, @Nullable Tensor> state) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<String> nulls = new ArrayList<>();
    state.forEach((name, tensor) -> {
      if (tensor == null) {
        nulls.add("'" + name + "' is null");
      } else {
        List<Long> shape = new ArrayList<>();
        for (long size : tensor.shape()) {
          shape.add(size);
        }
        entries.put(name, new Entry(List.copyOf(shape), tensor.dtype(), () -> tensor));
      }
    });
    if (!nulls.isEmpty()) {
      throw new IllegalArgumentException("stateDict: " + String.join("; ", nulls));
    }
    return new StateSource(entries, List.of());
  }

  Entry entry(String name) {
    return Objects.requireNonNull(entries.get(name), name);
  }
}
