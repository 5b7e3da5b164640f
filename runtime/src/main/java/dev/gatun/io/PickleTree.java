package dev.gatun.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a pickle holds, as a flat list of names.
final class PickleTree {
  /// What a tensor is called that is alone in its file.
  static final String ONLY = "tensor";

  private static final int MAX_DEPTH = 64;
  private static final int MAX_VISITS = 4_000_000;

  private final String where;
  private final Map<String, PickledTensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private int visits;

  private PickleTree(String where) {
    this.where = where;
  }

  /// Names everything, `a.b.0`; a pickle that contains itself, or is nested too deeply, is refused.
  static PickleTree of(String where, Object root) throws TensorFormatException {
    PickleTree tree = new PickleTree(where);
    tree.visit("", root, 0);
    return tree;
  }

  Map<String, PickledTensor> tensors() {
    return tensors;
  }

  Map<String, String> texts() {
    return texts;
  }

  private void visit(String name, Object value, int depth) throws TensorFormatException {
    if (depth > MAX_DEPTH) {
      throw error("containers are nested more than %d deep".formatted(MAX_DEPTH));
    }
    if (++visits > MAX_VISITS) {
      throw error("more than %d values".formatted(MAX_VISITS));
    }
    switch (value) {
      case PickledTensor tensor -> {
        if (tensors.put(name.isEmpty() ? ONLY : name, tensor) != null) {
          throw error("two tensors are named %s".formatted(Bytes.quote(name)));
        }
      }
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          visit(join(name, keyText(entry.getKey())), entry.getValue(), depth + 1);
        }
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          visit(join(name, Integer.toString(i)), list.get(i), depth + 1);
        }
      }
      case Optional<?> _ -> texts.put(name, "None");
      case byte[] bytes -> texts.put(name, bytes.length + " bytes");
      case PickledStorage storage -> texts.put(name, "storage " + Bytes.quote(storage.key()));
      default -> texts.put(name, value.toString());
    }
  }

  private static String keyText(Object key) {
    return key instanceof Optional ? "None" : key.toString();
  }

  private static String join(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "." + name;
  }

  /// Names of equal views, two and more each.
  List<List<String>> shared() {
    Map<PickledTensor, List<String>> groups = new LinkedHashMap<>();
    Map<PickledTensor, String> first = new HashMap<>();
    tensors.forEach((name, tensor) -> {
      if (tensor.storage().numel() == 0) {
        return;
      }
      String before = first.putIfAbsent(tensor, name);
      if (before != null) {
        groups.merge(tensor, List.of(before, name), PickleTree::joined);
      }
    });
    return List.copyOf(groups.values());
  }

  private static List<String> joined(List<String> names, List<String> two) {
    List<String> all = new ArrayList<>(names);
    all.add(two.getLast());
    return List.copyOf(all);
  }

  private TensorFormatException error(String problem) {
    return new TensorFormatException(where + ": " + problem);
  }
}
