package dev.gatun.io;

import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Copies a tree that was checked, with tensors in the places of their descriptions.
final class PickleContent {
  @FunctionalInterface
  interface Reader {
    Tensor read(String name, PickledTensor tensor) throws IOException;
  }

  private final Reader reader;

  PickleContent(Reader reader) {
    this.reader = reader;
  }

  Object of(String name, Object value) throws IOException {
    return switch (value) {
      case PickledTensor tensor -> reader.read(name, tensor);
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          copy.put(entry.getKey(), of(String.valueOf(entry.getKey()), entry.getValue()));
        }
        yield Collections.unmodifiableMap(copy);
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        for (Object item : list) {
          copy.add(of(name, item));
        }
        yield Collections.unmodifiableList(copy);
      }
      case PickledStorage storage -> "storage " + Bytes.quote(storage.key());
      case PickleGlobals.Type type -> type.name();
      default -> value;
    };
  }
}
