package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.testing.PyTorchTable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `PYTORCH.md` beside the public API: what it names exists, and what exists is in it.
final class PyTorchTableTest {
  /// Classes whose methods are operations.
  private static final List<Class<?>> API =
      List.of(
          Tensor.class,
          Linalg.class,
          Autograd.class,
          AutogradFunction.class,
          AutogradContext.class,
          Functional.class,
          Checkpoint.class,
          NoGrad.class,
          EnableGrad.class,
          InferenceMode.class,
          Anomaly.class,
          GradCheck.class,
          Generator.class,
          Index.class);

  @Test
  void namesWhatExists() throws IOException {
    Set<String> unknown = new TreeSet<>(table().signatures());
    unknown.removeAll(methods());
    assertEquals(Set.of(), unknown);
  }

  @Test
  void namesAllThatExists() throws IOException {
    Set<String> missing = new TreeSet<>(methods());
    missing.removeAll(table().signatures());
    assertEquals(Set.of(), missing);
  }

  @Test
  void namesEachOperationOnce() throws IOException {
    PyTorchTable table = table();
    assertEquals(Set.of(), table.repeated());
    assertTrue(table.names().size() > 250, () -> table.names().size() + " rows");
  }

  private static PyTorchTable table() throws IOException {
    return PyTorchTable.read(Path.of("PYTORCH.md"));
  }

  private static Set<String> methods() {
    return API.stream()
        .flatMap(PyTorchTableTest::methods)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass().getPackage() == Tensor.class.getPackage())
        .filter(method -> !method.isBridge() && !method.isSynthetic())
        .map(method -> signature(type, method));
  }

  /// `add(Tensor, double)` of a tensor, else with the class in front.
  private static String signature(Class<?> type, Method method) {
    boolean plain = type == Tensor.class && !Modifier.isStatic(method.getModifiers());
    return (plain ? "" : type.getSimpleName() + ".") + PyTorchTable.signature(method);
  }
}
