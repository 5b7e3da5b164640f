package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `PYTORCH.md` beside the public API: what it names exists, and what exists is in it.
final class PyTorchTableTest {
  private static final Path TABLE = Path.of("PYTORCH.md");

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

  private static final Pattern SIGNATURE = Pattern.compile("`((?:[A-Z]\\w*\\.)?\\w+\\([^`]*\\))`");

  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)`");

  @Test
  void namesWhatExists() throws IOException {
    Set<String> unknown = new TreeSet<>(listed());
    unknown.removeAll(methods());
    assertEquals(Set.of(), unknown);
  }

  @Test
  void namesAllThatExists() throws IOException {
    Set<String> missing = new TreeSet<>(methods());
    missing.removeAll(listed());
    assertEquals(Set.of(), missing);
  }

  @Test
  void namesEachOperationOnce() throws IOException {
    List<String> torch =
        Files.readAllLines(TABLE).stream()
            .flatMap(line -> ROW.matcher(line).results().limit(1))
            .map(found -> found.group(1))
            .filter(name -> name.startsWith("torch"))
            .toList();
    Set<String> again = new TreeSet<>(torch);
    again.removeIf(name -> torch.indexOf(name) == torch.lastIndexOf(name));
    assertEquals(Set.of(), again);
    assertTrue(torch.size() > 250, () -> torch.size() + " rows");
  }

  /// What stands in the second columns.
  private static Set<String> listed() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.startsWith("|"))
        .flatMap(line -> SIGNATURE.matcher(line.split("\\|", -1)[2]).results())
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
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
    String parameters =
        Arrays.stream(method.getParameters())
            .map(parameter -> simple(parameter.getType(), parameter.isVarArgs()))
            .collect(Collectors.joining(", "));
    boolean plain = type == Tensor.class && !Modifier.isStatic(method.getModifiers());
    return (plain ? "" : type.getSimpleName() + ".") + method.getName() + "(" + parameters + ")";
  }

  private static String simple(Class<?> type, boolean varArgs) {
    String name = type.getSimpleName();
    return varArgs ? name.substring(0, name.length() - 2) + "..." : name;
  }
}
