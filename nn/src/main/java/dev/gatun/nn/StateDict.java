package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// Collects and loads the state of a module.
final class StateDict {
  private StateDict() {}

  /// Detached views of all entries.
  static Map<String, Tensor> save(Module root, String prefix) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    entries(root)
        .forEach((name, tensor) -> {
          if (isUninitialized(tensor)) {
            throw new IllegalStateException(
                "stateDict: '%s' of %s is uninitialized; call the module with an input first"
                    .formatted(name, root.typeName()));
          }
          state.put(prefix + name, tensor.detach());
        });
    return state;
  }

  static boolean isUninitialized(Tensor tensor) {
    return switch (tensor) {
      case Parameter parameter -> parameter.isUninitialized();
      case Buffer buffer -> buffer.isUninitialized();
      default -> false;
    };
  }

  /// Every name, shared tensors under each of theirs: own parameters, own buffers, then children.
  static Map<String, Tensor> entries(Module root) {
    ModuleTree.check(root);
    Map<String, Tensor> entries = new LinkedHashMap<>();
    collect("", root, entries);
    return entries;
  }

  private static void collect(String prefix, Module module, Map<String, Tensor> entries) {
    Registry registry = module.registry();
    registry.parameters.forEach((name, p) -> entries.put(ModuleTree.join(prefix, name), p));
    registry.buffers.forEach((name, b) -> {
      if (!registry.unsaved.contains(name)) {
        entries.put(ModuleTree.join(prefix, name), b);
      }
    });
    registry.children.forEach(
        (name, child) -> collect(ModuleTree.join(prefix, name), child, entries));
  }

  /// Gives what has no shape yet that of `value`.
  static void materialize(Tensor tensor, Tensor value) {
    if (tensor instanceof Parameter parameter && parameter.isUninitialized()) {
      parameter.materialize(value.shape());
    } else if (tensor instanceof Buffer buffer && buffer.isUninitialized()) {
      buffer.materialize(value.shape());
    }
  }
}
