package dev.gatun.demo.inspect;

import dev.gatun.io.TensorInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The names of a state dict as the tree of modules that they come from.
final class KeyTree {
  final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  final Map<String, KeyTree> children = new LinkedHashMap<>();

  static KeyTree of(List<TensorInfo> list) {
    KeyTree root = new KeyTree();
    for (TensorInfo info : list) {
      String[] path = info.name().split("\\.", -1);
      KeyTree node = root;
      for (int i = 0; i < path.length - 1; i++) {
        node = node.children.computeIfAbsent(path[i], _ -> new KeyTree());
      }
      node.tensors.put(path[path.length - 1], info);
    }
    return root;
  }

  boolean has(String tensor) {
    return tensors.containsKey(tensor);
  }

  /// Whether it has exactly these tensors, some of which may be left out, and no children.
  boolean isOnly(List<String> needed, String... optional) {
    return children.isEmpty()
        && tensors.keySet().containsAll(needed)
        && tensors.keySet().stream()
            .allMatch(name -> needed.contains(name) || List.of(optional).contains(name));
  }

  /// Whether its children are numbered, as those of a list are.
  boolean isList() {
    return tensors.isEmpty()
        && !children.isEmpty()
        && children.keySet().stream().allMatch(name -> name.matches("0|[1-9]\\d{0,3}"));
  }

  List<Long> shape(String tensor) {
    return Objects.requireNonNull(tensors.get(tensor), tensor).shape();
  }

  @Nullable KeyTree child(String name) {
    return children.get(name);
  }
}
