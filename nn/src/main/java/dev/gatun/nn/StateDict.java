package dev.gatun.nn;

import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  static IncompatibleKeys load(Module module, Map<String, Tensor> state, boolean strict) {
    Map<String, Tensor> own = entries(module);
    IncompatibleKeys keys = new IncompatibleKeys(without(own, state), without(state, own));
    List<String> problems = new ArrayList<>();
    if (strict) {
      addKeys(problems, "missing", keys.missing());
      addKeys(problems, "unexpected", keys.unexpected());
    }
    own.forEach((name, tensor) -> addMisfit(problems, name, tensor, state));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("stateDict: " + String.join("; ", problems));
    }
    own.keySet().forEach(name -> touch(state.get(name)));
    copy(own, state);
    return keys;
  }

  /// Fails, while nothing is changed yet, where the scope of a tensor is closed or not ours.
  private static void touch(@Nullable Tensor value) {
    if (value != null && value.numel() > 0) {
      double _ = value.get(new long[value.dim()]);
    }
  }

  private static void copy(Map<String, Tensor> own, Map<String, Tensor> state) {
    try (var _ = NoGrad.open()) {
      own.forEach((name, tensor) -> {
        Tensor value = state.get(name);
        if (value != null) {
          materialize(tensor, value);
          tensor.copy_(value);
        }
      });
    }
  }

  /// Gives what has no shape yet that of `value`.
  private static void materialize(Tensor tensor, Tensor value) {
    if (tensor instanceof Parameter parameter && parameter.isUninitialized()) {
      parameter.materialize(value.shape());
    } else if (tensor instanceof Buffer buffer && buffer.isUninitialized()) {
      buffer.materialize(value.shape());
    }
  }

  private static List<String> without(Map<String, Tensor> some, Map<String, Tensor> others) {
    return some.keySet().stream().filter(name -> !others.containsKey(name)).toList();
  }

  private static void addKeys(List<String> problems, String what, List<String> names) {
    if (!names.isEmpty()) {
      problems.add(names.stream().collect(Collectors.joining("', '", what + " '", "'")));
    }
  }

  private static void addMisfit(
      List<String> problems, String name, Tensor own, Map<String, Tensor> state) {
    if (!state.containsKey(name)) {
      return;
    }
    Tensor value = state.get(name);
    if (value == null) {
      problems.add("'" + name + "' is null");
    } else if (!isUninitialized(own) && !Arrays.equals(value.shape(), own.shape())) {
      problems.add(
          "'%s' has shape %s, module expects %s"
              .formatted(name, Numbers.text(value.shape()), Numbers.text(own.shape())));
    }
  }
}
