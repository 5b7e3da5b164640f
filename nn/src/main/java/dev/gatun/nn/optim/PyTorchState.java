package dev.gatun.nn.optim;

import dev.gatun.io.PyTorchFile;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `torch.save` wrote of an optimizer's `state_dict()`, under the names of [OptimizerState].
///
/// What PyTorch keeps as a tensor of one element, and Gatun as a number, becomes a number. Options
/// that say how PyTorch computes, and not what, are left out, and so are `None` and texts.
final class PyTorchState {
  private static final String STATE = "state";
  private static final String GROUPS = "param_groups";
  private static final Set<String> SCALARS =
      Set.of("step", "eta", "mu", "mu_product", "H_diag", "ro");
  private static final Set<String> LEFT_OUT =
      Set.of("foreach", "fused", "capturable", "differentiable", "al");

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, Double> numbers = new LinkedHashMap<>();

  private PyTorchState() {}

  /// Reads a file into an optimizer.
  ///
  /// @param name where the state is in the file, `optimizers.0`; null for the only one
  static void load(Optimizer optimizer, Path path, @Nullable String name) throws IOException {
    String what = optimizer.getClass().getSimpleName();
    try (PyTorchFile file = PyTorchFile.open(path)) {
      Map<String, Map<?, ?>> found = new LinkedHashMap<>();
      find("", file.content(), found);
      optimizer.loadStateDict(of(choose(what, path, name, found)));
    }
  }

  private static void find(String name, Object value, Map<String, Map<?, ?>> found) {
    if (value instanceof Map<?, ?> map) {
      if (map.get(STATE) instanceof Map && map.get(GROUPS) instanceof List) {
        found.put(name, map);
      } else {
        map.forEach((key, child) -> find(join(name, String.valueOf(key)), child, found));
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        find(join(name, Integer.toString(i)), list.get(i), found);
      }
    }
  }

  private static String join(String name, String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  private static Map<?, ?> choose(
      String what, Path path, @Nullable String name, Map<String, Map<?, ?>> found) {
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: load: no state of an optimizer is in %s; save optimizer.state_dict()"
              .formatted(what, path));
    }
    Map<?, ?> chosen =
        name != null
            ? found.get(name)
            : found.size() == 1 ? found.values().iterator().next() : null;
    if (chosen == null) {
      throw new IllegalArgumentException(
          "%s: load: %s: %s has %s; name one of them"
              .formatted(
                  what,
                  name == null ? "several states of optimizers" : "no state '" + name + "'",
                  path,
                  found.keySet()));
    }
    return chosen;
  }

  private static OptimizerState of(Map<?, ?> saved) {
    PyTorchState state = new PyTorchState();
    state.add(STATE, STATE, saved.get(STATE));
    state.add(GROUPS, GROUPS, saved.get(GROUPS));
    return new OptimizerState(state.tensors, state.numbers);
  }

  /// @param key the last part of the name that is no number
  private void add(String name, String key, @Nullable Object value) {
    if (LEFT_OUT.contains(key)) {
      return;
    }
    switch (value) {
      case Map<?, ?> map -> map.forEach((k, child) -> addPart(name, key, String.valueOf(k), child));
      case List<?> list -> addAll(name, key, list);
      case Tensor tensor when tensor.dim() == 0 && SCALARS.contains(key) ->
          numbers.put(name, tensor.item());
      case Tensor tensor -> tensors.put(name, tensor);
      case Boolean on -> numbers.put(name, on ? 1.0 : 0.0);
      case Number number -> numbers.put(name, number.doubleValue());
      case null, default -> addSearch(name, key, value);
    }
  }

  private void addPart(String name, String key, String part, @Nullable Object value) {
    boolean isNumber = part.chars().allMatch(Character::isDigit);
    add(name + "." + part, isNumber ? key : part, value);
  }

  private void addAll(String name, String key, List<?> list) {
    if (key.equals("old_dirs")) {
      numbers.put(name.substring(0, name.lastIndexOf('.')) + ".history", (double) list.size());
    }
    for (int i = 0; i < list.size(); i++) {
      addPart(name, key, Integer.toString(i), list.get(i));
    }
  }

  /// Of the texts only the line search of LBFGS says what is computed.
  private void addSearch(String name, String key, @Nullable Object value) {
    if (key.equals("line_search_fn")) {
      String group = name.substring(0, name.lastIndexOf('.'));
      numbers.put(group + ".strong_wolfe", "strong_wolfe".equals(value) ? 1.0 : 0.0);
    }
  }
}
