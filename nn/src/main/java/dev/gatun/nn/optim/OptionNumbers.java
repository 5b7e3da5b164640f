package dev.gatun.nn.optim;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Reads and changes records of numbers by the names that PyTorch has for them.
final class OptionNumbers {
  private static final Map<String, String> TUPLES =
      Map.of(
          "beta1", "betas.0",
          "beta2", "betas.1",
          "etaMinus", "etas.0",
          "etaPlus", "etas.1",
          "least", "step_sizes.0",
          "most", "step_sizes.1");

  private OptionNumbers() {}

  static Map<String, Double> of(OptimizerOptions options) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (RecordComponent component : components(options)) {
      numbers.put(name(component), number(value(options, component)));
    }
    return numbers;
  }

  static OptimizerOptions with(OptimizerOptions options, String name, double value) {
    RecordComponent[] components = components(options);
    Object[] values = new Object[components.length];
    boolean found = false;
    for (int i = 0; i < components.length; i++) {
      boolean here = name(components[i]).equals(name);
      found |= here;
      values[i] = here ? object(components[i].getType(), value) : value(options, components[i]);
    }
    if (!found) {
      throw new IllegalArgumentException(
          "optimizer: no option '%s': %s".formatted(name, of(options).keySet()));
    }
    return make(options, components, values);
  }

  private static RecordComponent[] components(OptimizerOptions options) {
    RecordComponent[] components = options.getClass().getRecordComponents();
    if (components == null) {
      throw new IllegalStateException("optimizer: options must be a record: " + options);
    }
    return components;
  }

  private static String name(RecordComponent component) {
    String name = component.getName();
    String tuple = TUPLES.get(name);
    return tuple != null ? tuple : name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static Object value(OptimizerOptions options, RecordComponent component) {
    try {
      return component.getAccessor().invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("optimizer: cannot read options: " + options, e);
    }
  }

  private static double number(Object value) {
    return value instanceof Boolean on ? (on ? 1 : 0) : ((Number) value).doubleValue();
  }

  private static Object object(Class<?> type, double value) {
    if (type == boolean.class) {
      return value != 0;
    }
    if (type == int.class) {
      return (int) value;
    }
    return type == long.class ? (Object) (long) value : (Object) value;
  }

  private static OptimizerOptions make(
      OptimizerOptions options, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return options.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("optimizer: cannot change options: " + options, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("optimizer: cannot change options: " + options, e);
    }
  }
}
