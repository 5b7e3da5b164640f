package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.GradCheck;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import dev.gatun.testing.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every module of the catalogue against PyTorch: names, shapes, initialization, text, values,
/// gradients and buffers.
class ModuleCatalogTest {
  /// How far F32 may be from PyTorch's F64, and F64 from F64.
  private static final double F32_TOLERANCE = 2e-4;

  private static final double F64_TOLERANCE = 1e-9;

  /// How many numbers the estimate of an initial deviation needs.
  private static final int DRAWS = 1500;

  /// One row and its expected values.
  record Subject(ModuleRow row, Golden.Case golden, String text) {
    Module module(DType dtype) {
      Module module = row.make().apply(dtype);
      Map<String, Tensor> state = new LinkedHashMap<>();
      golden.ofKind("param").forEach((name, array) -> state.put(name, Checks.tensor(array)));
      golden.ofKind("buffer").forEach((name, array) -> state.put(name, Checks.tensor(array)));
      module.loadStateDict(state);
      return module;
    }

    Checks.Inputs inputs(DType dtype) {
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      golden
          .inputs()
          .forEach((name, array) -> {
            Tensor input = Checks.tensor(array);
            Tensor typed = input.dtype().isFloating() ? input.to(dtype) : input;
            inputs.put(name, golden.grads().containsKey(name) ? typed.requiresGrad_() : typed);
          });
      return new Checks.Inputs(inputs);
    }

    @Override
    public String toString() {
      return row.name();
    }
  }

  static Stream<Subject> subjects() {
    return ModuleCatalog.families()
        .flatMap(family -> {
          Golden golden = Golden.load(ModuleCatalogTest.class, family.file());
          Map<String, String> texts =
              Golden.texts(ModuleCatalogTest.class, family.file().replace(".txt", "-text.txt"));
          return family.rows().stream()
              .map(row ->
                  new Subject(
                      row,
                      golden.get(row.name()),
                      Objects.requireNonNull(texts.get(row.name()), row.name())));
        });
  }

  @Test
  void everyGoldenCaseHasItsRow() {
    ModuleCatalog.families()
        .forEach(family -> {
          Golden golden = Golden.load(ModuleCatalogTest.class, family.file());
          List<String> cases = golden.cases().stream().map(Golden.Case::name).sorted().toList();
          List<String> rows = family.rows().stream().map(ModuleRow::name).sorted().toList();
          assertEquals(cases, rows, family.file());
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void hasPyTorchsNamesShapesAndText(Subject subject) {
    try (Module module = subject.row.make().apply(DType.F64)) {
      assertShapes(subject.golden.ofKind("param"), module.namedParameters());
      assertShapes(subject.golden.ofKind("buffer"), module.namedBuffers());
      assertEquals(subject.text, module.toString());
    }
  }

  private static void assertShapes(
      Map<String, Golden.Array> expected, Map<String, ? extends Tensor> actual) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
    expected.forEach((name, array) ->
        assertArrayEquals(array.shape(), Objects.requireNonNull(actual.get(name)).shape(), name));
  }

  /// Where the numbers are drawn does not depend on the backend.
  static Stream<Subject> someSubjects() {
    return Part.of(subjects().filter(subject -> !subject.golden.ofKind("init").isEmpty()));
  }

  @ParameterizedTest
  @MethodSource("someSubjects")
  void startsAsInPyTorch(Subject subject) {
    Map<String, Golden.Array> expected = subject.golden.ofKind("init");
    Map<String, List<double[]>> drawn = new LinkedHashMap<>();
    boolean isDrawn = expected.values().stream().anyMatch(array -> array.values()[1] > 0);
    int wanted = isDrawn ? DRAWS : 1;
    int least = wanted;
    for (int total = 0; total < wanted; total += least) {
      try (Module module = subject.row.make().apply(DType.F32)) {
        for (var entry : module.stateDict().entrySet()) {
          double[] values = entry.getValue().toDoubleArray();
          drawn.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(values);
          least = Math.clamp(values.length, 1, least);
        }
      }
    }
    expected.forEach(
        (name, array) -> assertStart(name, array.values(), drawn.getOrDefault(name, List.of())));
  }

  private static void assertStart(String name, double[] expected, List<double[]> drawn) {
    double[] all = drawn.stream().flatMapToDouble(Arrays::stream).toArray();
    double mean = Arrays.stream(all).average().orElse(0);
    double square = Arrays.stream(all).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double deviation = Math.sqrt(square);
    // Six times the deviation of an estimate from as many numbers.
    double slack = 6 * expected[1] / Math.sqrt(Math.min(all.length, DRAWS)) + 1e-6;
    assertTrue(
        Math.abs(mean - expected[0]) <= slack && Math.abs(deviation - expected[1]) <= slack,
        () ->
            "%s: mean %s and deviation %s, PyTorch %s and %s"
                .formatted(name, mean, deviation, expected[0], expected[1]));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void computesAsInPyTorch(Subject subject) {
    compare(subject, DType.F64, F64_TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void computesInF32(Subject subject) {
    compare(subject, DType.F32, F32_TOLERANCE);
  }

  private static void compare(Subject subject, DType dtype, double tolerance) {
    Golden.Case golden = subject.golden;
    try (Module module = subject.module(dtype);
        var _ = Scope.open()) {
      Checks.Inputs in = subject.inputs(dtype);
      List<Tensor> outputs = subject.row.run(module, in);
      List<String> names = List.copyOf(golden.outputs().keySet());
      assertEquals(names.size(), outputs.size());
      for (int i = 0; i < outputs.size(); i++) {
        close(names.get(i), golden.output(names.get(i)), outputs.get(i), tolerance);
      }
      if (golden.hasSeed()) {
        outputs.getFirst().backward(Checks.tensor(golden.seed()).to(dtype));
      }
      golden
          .grads()
          .forEach((name, array) ->
              close("gradient of " + name, array, gradient(in.get(name), name), tolerance));
      var parameters = module.namedParameters();
      golden
          .ofKind("pgrad")
          .forEach((name, array) -> {
            Tensor parameter = Objects.requireNonNull(parameters.get(name), name);
            close("gradient of " + name, array, gradient(parameter, name), tolerance);
          });
      var buffers = module.namedBuffers();
      golden
          .ofKind("after")
          .forEach((name, array) ->
              close(name, array, Objects.requireNonNull(buffers.get(name), name), tolerance));
    }
  }

  private static Tensor gradient(Tensor tensor, String name) {
    return Objects.requireNonNull(tensor.grad(), () -> "no gradient of " + name);
  }

  private static void close(String name, Golden.Array expected, Tensor actual, double tolerance) {
    assertArrayEquals(expected.shape(), actual.shape(), name);
    try (var _ = NoGrad.open()) {
      double[] values = actual.toDoubleArray();
      double largest = 1;
      for (double value : expected.values()) {
        largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
      }
      Checks.assertClose(expected.values(), values, tolerance, tolerance * largest);
    } catch (AssertionError e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void gradientIsThatOfTheFunction(Subject subject) {
    try (Module module = subject.module(DType.F64);
        var _ = Scope.open()) {
      Checks.Inputs in = subject.inputs(DType.F64);
      Tensor[] leaves =
          Stream.concat(
                  subject.golden.grads().keySet().stream().map(in::get),
                  module.parameters().stream().filter(Tensor::requiresGrad))
              .toArray(Tensor[]::new);
      if (leaves.length > 0 && subject.golden.hasSeed()) {
        // Along one direction: PyTorch's gradients name the element that is wrong.
        GradCheck.checkAll(
            GradCheck.Options.DEFAULT.fastMode(true),
            _ -> List.of(subject.row.run(module, in).getFirst()),
            leaves);
      }
    }
  }
}
