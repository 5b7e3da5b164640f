package dev.gatun.nn.optim;

import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Collects and loads the state of an optimizer.
final class StateTransfer {
  private static final String STATE = "state.";
  private static final String GROUPS = "param_groups.";
  private static final String STEP = "step";

  private final Optimizer optimizer;
  private final List<Tensor> parameters = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /// One name in its parts: `state.3.exp_avg` is 3 and `exp_avg`.
  private record Key(int index, String name) {}

  private StateTransfer(Optimizer optimizer) {
    this.optimizer = optimizer;
    optimizer.groups().forEach(group -> parameters.addAll(group.parameters()));
  }

  static OptimizerState save(Optimizer optimizer) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, Double> numbers = new LinkedHashMap<>();
    List<Tensor> parameters = new StateTransfer(optimizer).parameters;
    for (int i = 0; i < parameters.size(); i++) {
      String prefix = STATE + i + ".";
      ParameterState state = optimizer.state(parameters.get(i));
      state.tensors().forEach((name, tensor) -> tensors.put(prefix + name, tensor.detach()));
      if (state.steps() > 0) {
        numbers.put(prefix + STEP, (double) state.steps());
      }
      state.numberNames().forEach(name -> numbers.put(prefix + name, state.number(name, 0)));
    }
    int first = 0;
    for (int g = 0; g < optimizer.groups().size(); g++) {
      ParameterGroup group = optimizer.groups().get(g);
      String prefix = GROUPS + g + ".";
      group.numbers().forEach((name, value) -> numbers.put(prefix + name, value));
      for (int i = 0; i < group.parameters().size(); i++) {
        numbers.put(prefix + "params." + i, (double) first++);
      }
    }
    return new OptimizerState(tensors, numbers);
  }

  static void load(Optimizer optimizer, OptimizerState saved) {
    new StateTransfer(optimizer).load(saved);
  }

  private void load(OptimizerState saved) {
    Map<Key, Tensor> tensors = new LinkedHashMap<>();
    Map<Key, Double> numbers = new LinkedHashMap<>();
    Map<Key, Double> options = new LinkedHashMap<>();
    saved.tensors().forEach((name, value) -> split(tensors, name, STATE, parameters.size(), value));
    saved
        .numbers()
        .forEach((name, value) -> {
          if (name.startsWith(GROUPS)) {
            split(options, name, GROUPS, optimizer.groups().size(), value);
          } else {
            split(numbers, name, STATE, parameters.size(), value);
          }
        });
    tensors.forEach(this::checkTensor);
    checkGroups(options);
    List<Map<String, Double>> perGroup = changes(options);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: loadStateDict: %s"
              .formatted(optimizer.getClass().getSimpleName(), String.join("; ", problems)));
    }
    apply(tensors, numbers, perGroup);
  }

  private <T> void split(Map<Key, T> into, String name, String prefix, int count, T value) {
    int dot = name.startsWith(prefix) ? name.indexOf('.', prefix.length()) : -1;
    String digits = dot < 0 ? "" : name.substring(prefix.length(), dot);
    if (!digits.matches("[0-9]{1,9}") || value == null) {
      problems.add("unexpected '" + name + "'");
    } else if (Integer.parseInt(digits) >= count) {
      problems.add("'%s', where %d are known".formatted(name, count));
    } else {
      into.put(new Key(Integer.parseInt(digits), name.substring(dot + 1)), value);
    }
  }

  private void checkTensor(Key key, Tensor value) {
    Tensor parameter = parameters.get(key.index);
    if (value.numel() > 0) {
      // Fails, while nothing is changed yet, where the scope of the tensor is closed or not ours.
      double _ = value.get(new long[value.dim()]);
    }
    if (!optimizer.fits(parameter, value)) {
      problems.add(
          "'state.%d.%s' has shape %s, the parameter has %s"
              .formatted(key.index, key.name, text(value), text(parameter)));
    }
  }

  private void checkGroups(Map<Key, Double> options) {
    for (int g = 0; g < optimizer.groups().size(); g++) {
      int group = g;
      long sizes =
          options.keySet().stream()
              .filter(key -> key.index == group && key.name.startsWith("params."))
              .count();
      int own = optimizer.groups().get(g).parameters().size();
      if (sizes != own) {
        problems.add("group %d has %d parameters, the state has %d".formatted(g, own, sizes));
      }
    }
  }

  /// The options to set, tried on copies so that what is refused is refused before any change.
  private List<Map<String, Double>> changes(Map<Key, Double> options) {
    List<Map<String, Double>> changes = new ArrayList<>();
    optimizer.groups().forEach(_ -> changes.add(new LinkedHashMap<>()));
    options.forEach((key, value) -> {
      if (!key.name.startsWith("params.")) {
        changes.get(key.index).put(key.name, value);
      }
    });
    for (int g = 0; g < changes.size(); g++) {
      OptimizerOptions tried = optimizer.groups().get(g).options();
      Map<String, Double> known = tried.numbers();
      try {
        for (var change : changes.get(g).entrySet()) {
          tried =
              known.containsKey(change.getKey())
                  ? tried.with(change.getKey(), change.getValue())
                  : tried;
        }
        tried.validate();
      } catch (IllegalArgumentException e) {
        problems.add("group %d: %s".formatted(g, e.getMessage()));
      }
    }
    return changes;
  }

  private void apply(
      Map<Key, Tensor> tensors, Map<Key, Double> numbers, List<Map<String, Double>> options) {
    // Copied before the old ones are freed: they may be the same.
    Map<Key, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach(
        (key, value) -> copies.put(key, value.to(parameters.get(key.index).dtype()).shared()));
    parameters.forEach(parameter -> optimizer.state(parameter).free());
    copies.forEach((key, copy) -> optimizer.state(parameters.get(key.index)).adopt(key.name, copy));
    numbers.forEach((key, value) -> {
      ParameterState state = optimizer.state(parameters.get(key.index));
      if (key.name.equals(STEP)) {
        state.steps(value.longValue());
      } else {
        state.put(key.name, (double) value);
      }
    });
    for (int g = 0; g < options.size(); g++) {
      ParameterGroup group = optimizer.groups().get(g);
      options.get(g).forEach((name, value) -> group.set(name, Objects.requireNonNull(value)));
    }
  }

  private static String text(Tensor tensor) {
    return Arrays.toString(tensor.shape()).replace(" ", "");
  }
}
