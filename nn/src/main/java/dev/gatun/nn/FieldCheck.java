package dev.gatun.nn;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds modules and parameters that sit in a field and were never registered.
final class FieldCheck {
  /// Instance fields that may hold a module or parameter, of the class and what it extends.
  private static final ClassValue<List<Field>> CANDIDATES =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          List<Field> fields = new ArrayList<>();
          for (Class<?> c = type; c != null && c != Module.class; c = c.getSuperclass()) {
            Arrays.stream(c.getDeclaredFields())
                .filter(FieldCheck::isCandidate)
                .forEach(fields::add);
          }
          return List.copyOf(fields);
        }
      };

  private FieldCheck() {}

  static void check(Module module) {
    check(module, Field::trySetAccessible);
  }

  /// @param readable whether the value of a field can be had; false in packages not open to us
  static void check(Module module, Predicate<Field> readable) {
    List<Field> fields = CANDIDATES.get(module.getClass());
    if (fields.isEmpty()) {
      return;
    }
    Set<Object> registered = registeredBelow(module);
    List<Field> unreadable = new ArrayList<>();
    Set<Object> held = ModuleTree.identitySet();
    for (Field field : fields) {
      if (readable.test(field)) {
        for (Object value : heldBy(field, module)) {
          requireRegistered(value, field, module, registered);
          held.add(value);
        }
      } else {
        unreadable.add(field);
      }
    }
    compareCounts(module, unreadable, held);
  }

  /// Synthetic fields are the enclosing instance and captured variables of inner classes.
  private static boolean isCandidate(Field field) {
    Class<?> type = field.getType();
    return !Modifier.isStatic(field.getModifiers())
        && !Modifier.isTransient(field.getModifiers())
        && !field.isSynthetic()
        && (mayBeOurs(type) || holdsOurs(field));
  }

  private static boolean mayBeOurs(Class<?> type) {
    return isOurs(type)
        || type.isAssignableFrom(Module.class)
        || type.isAssignableFrom(Parameter.class)
        || (type.isInterface() && !isContainer(type));
  }

  private static boolean isContainer(Class<?> type) {
    return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
  }

  private static boolean isOurs(Class<?> type) {
    return Module.class.isAssignableFrom(type) || Parameter.class.isAssignableFrom(type);
  }

  /// Whether the field is declared as an array, collection or map of modules or parameters.
  private static boolean holdsOurs(Field field) {
    Class<?> type = field.getType();
    if (type.isArray()) {
      return isOurs(type.componentType());
    }
    return isContainer(type)
        && field.getGenericType() instanceof ParameterizedType generic
        && Arrays.stream(generic.getActualTypeArguments()).anyMatch(FieldCheck::namesOurs);
  }

  private static boolean namesOurs(Type argument) {
    Type bound = argument instanceof WildcardType wild ? wild.getUpperBounds()[0] : argument;
    return bound instanceof Class<?> type && isOurs(type);
  }

  private static Set<Object> registeredBelow(Module module) {
    Set<Object> registered = ModuleTree.identitySet();
    for (Module each : ModuleTree.walk(module).values()) {
      registered.add(each);
      registered.addAll(each.registry().parameters.values());
    }
    return registered;
  }

  private static List<Object> heldBy(Field field, Module module) {
    @Nullable Object value;
    try {
      value = field.get(module);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    Collection<?> held =
        switch (value) {
          case null -> List.of();
          case Object[] array -> Arrays.asList(array);
          case Collection<?> collection -> collection;
          case Map<?, ?> map -> map.values();
          default -> List.of(value);
        };
    List<Object> ours = new ArrayList<>();
    for (Object each : held) {
      if (each instanceof Module || each instanceof Parameter) {
        ours.add(each);
      }
    }
    return ours;
  }

  private static void requireRegistered(
      Object value, Field field, Module module, Set<Object> registered) {
    if (registered.contains(value)) {
      return;
    }
    String how = value instanceof Module ? "child" : "parameter";
    throw new IllegalStateException(
        """
        parameters: field '%s' of %s holds a %s that is not registered; \
        register it with %s(name, %s), or mark the field transient\
        """
            .formatted(
                field.getName(),
                ModuleTree.typeName(module),
                ModuleTree.typeName(value),
                how,
                how.equals("child") ? "module" : "tensor"));
  }

  /// Where values cannot be read, each field of a type needs a registered child of that type that
  /// no readable field accounts for.
  private static void compareCounts(Module module, List<Field> unreadable, Set<Object> held) {
    List<Object> spare = new ArrayList<>(module.registry().children.values());
    spare.addAll(module.registry().parameters.values());
    spare.removeIf(held::contains);
    for (Field field : unreadable) {
      Class<?> type = field.getType();
      if (!isOurs(type)) {
        continue;
      }
      long fields = unreadable.stream().filter(f -> type.isAssignableFrom(f.getType())).count();
      long values = spare.stream().filter(type::isInstance).count();
      if (fields > values) {
        throw new IllegalStateException(
            """
            parameters: %s has %d unreadable fields of type %s but registered %d; \
            register each with child or parameter, or open its package to dev.gatun.nn\
            """
                .formatted(ModuleTree.typeName(module), fields, type.getSimpleName(), values));
      }
    }
  }
}
