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
    registry.buffers.forEach((name, b) -> entries.put(ModuleTree.join(prefix, name), b));
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
          tensor.copy_(value);
        }
      });
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
    } else if (!Arrays.equals(value.shape(), own.shape())) {
      problems.add(
          "'%s' has shape %s, module expects %s"
              .formatted(name, Numbers.text(value.shape()), Numbers.text(own.shape())));
    }
  }
}
