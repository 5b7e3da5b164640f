package dev.gatun.nn;

import dev.gatun.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one module registered itself, in order.
final class Registry {
  final Map<String, Module> children = new LinkedHashMap<>();
  final Map<String, Parameter> parameters = new LinkedHashMap<>();
  final Map<String, Buffer> buffers = new LinkedHashMap<>();

  /// Parameters that are computed, by the names that they had.
  private volatile Map<String, Reparametrization> computed = Map.of();

  /// The buffers that are no part of the state.
  final Set<String> unsaved = new HashSet<>();

  /// Whether a lazy module has seen its first input; set when all its parameters have their values.
  private volatile boolean inferred;

  /// Lets the first input initialize what has no shape yet.
  void infer(LazyModule module, Tensor x) {
    if (!inferred) {
      synchronized (this) {
        if (!inferred) {
          if (module.hasUninitializedParameters()) {
            module.initializeParameters(x);
          }
          inferred = true;
        }
      }
    }
  }

  /// How a parameter is computed; null for one that is read as it is.
  @Nullable Reparametrization computed(String name) {
    return computed.get(name);
  }

  /// Lets a parameter be computed from now on.
  void replace(String name, Reparametrization how) {
    Map<String, Reparametrization> more = new HashMap<>(computed);
    more.put(name, how);
    computed = Map.copyOf(more);
    parameters.remove(name);
  }

  /// Lets a parameter be read as it is again.
  void restore(String name, Parameter parameter) {
    Map<String, Reparametrization> less = new HashMap<>(computed);
    less.remove(name);
    computed = Map.copyOf(less);
    parameters.put(name, parameter);
  }

  boolean hasUninitialized() {
    return parameters.values().stream().anyMatch(Parameter::isUninitialized)
        || buffers.values().stream().anyMatch(Buffer::isUninitialized);
  }

  void checkName(String kind, @Nullable String name, @Nullable Object value, Module owner) {
    String type = ModuleTree.typeName(owner);
    if (name == null) {
      throw new NullPointerException(kind + " name in " + type + " is null");
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException(kind + " name in " + type + " is empty");
    }
    if (name.contains(".")) {
      throw new IllegalArgumentException(
          kind + " name '" + name + "' in " + type + " has a dot; dots separate nested modules");
    }
    if (value == null) {
      throw new NullPointerException(kind + " '" + name + "' in " + type + " is null");
    }
    String taken = kindOf(name);
    if (taken != null) {
      throw new IllegalArgumentException(
          kind + " '" + name + "' is already registered in " + type + suffix(kind, taken));
    }
  }

  private @Nullable String kindOf(String name) {
    if (children.containsKey(name)) {
      return "child";
    }
    if (parameters.containsKey(name)) {
      return "parameter";
    }
    return buffers.containsKey(name) ? "buffer" : null;
  }

  private static String suffix(String kind, String taken) {
    return kind.equals(taken) ? "" : " as a " + taken;
  }

  void free() {
    parameters.values().forEach(Tensor::free);
    buffers.values().forEach(Tensor::free);
  }
}
