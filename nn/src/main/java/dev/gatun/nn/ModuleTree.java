package dev.gatun.nn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Walks over a module and everything below it.
final class ModuleTree {
  private ModuleTree() {}

  /// Every module once, parents first, by dotted name; fields are checked.
  static Map<String, Module> modules(Module root) {
    check(root);
    return walk(root);
  }

  static void check(Module root) {
    walk(root).values().forEach(FieldCheck::check);
  }

  /// The same without the check of fields.
  static Map<String, Module> walk(Module root) {
    Map<String, Module> found = new LinkedHashMap<>();
    walk("", root, found, identitySet());
    return found;
  }

  private static void walk(
      String name, Module module, Map<String, Module> found, Set<Module> seen) {
    if (seen.add(module)) {
      found.put(name, module);
      module
          .registry()
          .children
          .forEach((child, value) -> walk(join(name, child), value, found, seen));
    }
  }

  /// The parameters or buffers of every module, each once, by dotted name.
  static <T> Map<String, T> members(Module root, Function<Registry, Map<String, T>> select) {
    Map<String, T> members = new LinkedHashMap<>();
    Set<T> seen = identitySet();
    modules(root)
        .forEach((prefix, module) ->
            select
                .apply(module.registry())
                .forEach((name, member) -> {
                  if (seen.add(member)) {
                    members.put(join(prefix, name), member);
                  }
                }));
    return members;
  }

  static <T> List<T> distinct(Collection<T> values) {
    Set<T> seen = identitySet();
    List<T> distinct = new ArrayList<>(values);
    distinct.removeIf(value -> !seen.add(value));
    return Collections.unmodifiableList(distinct);
  }

  /// The same values, each under its first name alone.
  static <T> Map<String, T> distinct(Map<String, T> values) {
    Set<T> seen = identitySet();
    Map<String, T> distinct = new LinkedHashMap<>(values);
    distinct.values().removeIf(value -> !seen.add(value));
    return distinct;
  }

  static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  static String join(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "." + name;
  }

  /// The simple name of the class; for an anonymous one that of what it extends.
  static String typeName(Object value) {
    Class<?> type = value.getClass();
    while (type.isAnonymousClass() && type.getSuperclass() != null) {
      type = type.getSuperclass();
    }
    return type.getSimpleName();
  }

  /// PyTorch's `__repr__`.
  static String describe(Module module, String extra) {
    List<String> lines = new ArrayList<>(extra.isEmpty() ? List.of() : extra.lines().toList());
    Map<String, Module> children = module.registry().children;
    if (lines.size() == 1 && children.isEmpty()) {
      return module.typeName() + "(" + lines.getFirst() + ")";
    }
    children.forEach(
        (name, child) -> lines.add("(" + name + "): " + child.toString().replace("\n", "\n  ")));
    String body = lines.isEmpty() ? "" : "\n  " + String.join("\n  ", lines) + "\n";
    return module.typeName() + "(" + body + ")";
  }
}
