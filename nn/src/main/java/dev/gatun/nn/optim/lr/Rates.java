package dev.gatun.nn.optim.lr;

import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.ParameterGroup;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What schedulers share.
final class Rates {
  private Rates() {}

  static List<Double> of(Optimizer optimizer) {
    return optimizer.groups().stream().map(ParameterGroup::lr).toList();
  }

  /// One value for each group, repeated where one is given for all.
  static List<Double> perGroup(String what, Optimizer optimizer, List<Double> values) {
    int groups = optimizer.groups().size();
    if (values.size() == 1) {
      return Collections.nCopies(groups, values.getFirst());
    }
    requireCount(what, groups, values.size());
    return List.copyOf(values);
  }

  static void requireCount(String what, int groups, int values) {
    if (values != groups) {
      throw new IllegalArgumentException(
          "%s: one for all groups or one for each is needed: %d for %d groups"
              .formatted(what, values, groups));
    }
  }

  static double get(String scheduler, Map<String, Double> state, String name) {
    Double value = state.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s: loadStateDict: no '%s': %s".formatted(scheduler, name, state.keySet()));
    }
    return value;
  }

  static void saveLast(Map<String, Double> state, List<Double> rates) {
    for (int i = 0; i < rates.size(); i++) {
      state.put("_last_lr." + i, rates.get(i));
    }
  }

  static List<Double> loadLast(String scheduler, Map<String, Double> state, int groups) {
    return IntStream.range(0, groups)
        .mapToObj(i -> get(scheduler, state, "_last_lr." + i))
        .toList();
  }

  /// The part of a state whose names begin with `prefix`, without it.
  static Map<String, Double> part(Map<String, Double> state, String prefix) {
    Map<String, Double> part = new LinkedHashMap<>();
    state.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        part.put(name.substring(prefix.length()), value);
      }
    });
    return part;
  }

  static void requirePositive(String what, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(what + " must be positive: " + value);
    }
  }
}
