package dev.gatun.tensor;

import static dev.gatun.tensor.CatalogInputs.assertGolden;
import static dev.gatun.tensor.CatalogInputs.assertSame;
import static dev.gatun.tensor.CatalogInputs.floatingAs;
import static dev.gatun.tensor.CatalogInputs.leaves;
import static dev.gatun.tensor.CatalogInputs.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.OpCatalog.Entry;
import dev.gatun.testing.Golden;
import dev.gatun.testing.NoOpenScopes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoOpenScopes.class)
final class OpCatalogTest {
  static Stream<Entry> entries() {
    return OpCatalog.entries();
  }

  static Stream<Entry> smooth() {
    return entries().filter(entry -> entry.golden().hasSeed() && !entry.row().kink());
  }

  static Stream<Entry> withInputs() {
    return entries().filter(entry -> !entry.golden().inputs().isEmpty());
  }

  static Stream<Entry> repeatable() {
    return withInputs().filter(entry -> !entry.row().counts());
  }

  static Stream<Arguments> layouts() {
    return withInputs()
        .flatMap(entry -> Stream.of(Layout.values()).map(layout -> Arguments.of(entry, layout)));
  }

  static Stream<Arguments> factories() {
    return entries()
        .filter(entry -> entry.golden().inputs().isEmpty())
        .map(entry -> Arguments.of(entry, Layout.CONTIGUOUS));
  }

  @ParameterizedTest
  @MethodSource({"layouts", "factories"})
  void agreesWithPyTorch(Entry entry, Layout layout) {
    try (var _ = Scope.open()) {
      Golden.Case golden = entry.golden();
      List<Tensor> inputs = leaves(golden, layout::place);
      List<Tensor> results = entry.apply(inputs);
      int i = 0;
      for (var expected : golden.outputs().entrySet()) {
        assertGolden(expected.getKey(), expected.getValue(), results.get(i++), 1e-12, 1e-14);
      }
      backward(golden, results);
      i = 0;
      for (String name : golden.inputs().keySet()) {
        Tensor input = inputs.get(i++);
        if (golden.grads().containsKey(name)) {
          assertGolden("gradient of " + name, golden.grad(name), input.grad(), 1e-12, 1e-14);
        }
      }
    }
  }

  /// F64 was compared with PyTorch above; F32 starts here from the same, rounded, inputs.
  @ParameterizedTest
  @MethodSource("layouts")
  void agreesInF32WithF64(Entry entry, Layout layout) {
    try (var _ = Scope.open()) {
      UnaryOperator<Tensor> rounded = floatingAs(DType.F32);
      List<Tensor> inputs = leaves(entry.golden(), x -> layout.place(rounded.apply(x)));
      List<Tensor> exact =
          leaves(entry.golden(), x -> floatingAs(DType.F64).apply(rounded.apply(x)));
      compare(entry, rounded, inputs, exact, 4e-6, 2e-6);
    }
  }

  /// Every input in turn has its first slice along each dimension repeated, by stride 0.
  @ParameterizedTest
  @MethodSource("repeatable")
  void readsRepeatedOperands(Entry entry) {
    int count = entry.golden().inputs().size();
    for (int i = 0; i < count; i++) {
      for (int dim = 0;
          dim < new ArrayList<>(entry.golden().inputs().values()).get(i).shape().length;
          dim++) {
        try (var _ = Scope.open()) {
          compare(
              entry,
              UnaryOperator.identity(),
              repeated(entry, i, dim, false),
              repeated(entry, i, dim, true),
              1e-12,
              1e-14);
        }
      }
    }
  }

  private static List<Tensor> repeated(Entry entry, int which, int dim, boolean copied) {
    List<Tensor> inputs = leaves(entry.golden(), UnaryOperator.identity());
    Tensor x = inputs.get(which).detach();
    if (x.size(dim) > 0) {
      Tensor expanded = x.narrow(dim, 0, 1).expandAs(x);
      boolean grad = inputs.get(which).requiresGrad();
      inputs.set(which, (copied ? expanded.copy() : expanded.detach()).requiresGrad_(grad));
    }
    return inputs;
  }

  private static void compare(
      Entry entry,
      UnaryOperator<Tensor> rounded,
      List<Tensor> inputs,
      List<Tensor> reference,
      double rtol,
      double atol) {
    List<Tensor> results = entry.apply(inputs);
    List<Tensor> expected = entry.apply(reference);
    for (int i = 0; i < results.size(); i++) {
      Tensor y = rounded.apply(expected.get(i));
      assertSame("result " + i, y, results.get(i), rtol, atol);
    }
    backward(entry.golden(), results);
    backward(entry.golden(), expected);
    for (int i = 0; i < inputs.size(); i++) {
      Tensor g = reference.get(i).grad();
      if (g != null) {
        assertSame("gradient " + i, rounded.apply(g), inputs.get(i).grad(), rtol, atol);
      }
    }
  }

  private static void backward(Golden.Case golden, List<Tensor> results) {
    if (golden.hasSeed()) {
      Tensor y = results.get(0);
      y.backward(tensor(golden.seed()).to(y.dtype()));
    }
  }

  /// Along one direction: PyTorch's gradients name the element that is wrong.
  @ParameterizedTest
  @MethodSource("smooth")
  void agreesWithDifferences(Entry entry) {
    try (var _ = Scope.open()) {
      GradCheck.checkAll(
          GradCheck.Options.DEFAULT.fastMode(true),
          in -> List.of(entry.apply(in).get(0)),
          array(entry));
    }
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void agreesWithDifferencesOfGradients(Entry entry) {
    try (var _ = Scope.open()) {
      GradCheck.checkSecond(in -> entry.apply(in).get(0), array(entry));
    }
  }

  private static Tensor[] array(Entry entry) {
    return leaves(entry.golden(), UnaryOperator.identity()).toArray(Tensor[]::new);
  }

  @Test
  void hasOneRowForEveryCase() throws IOException {
    List<String> rows = new ArrayList<>();
    entries().forEach(entry -> rows.add(entry.file() + " " + entry.row().name()));
    Programs.entries().forEach(entry -> rows.add("programs.txt " + entry.name()));
    List<String> cases = new ArrayList<>();
    Path folder = Golden.path(OpCatalogTest.class, "add.txt").resolveSibling(".");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        // What is printed, and programs about the graph, have tests of their own.
        if (name.endsWith(".txt") && !name.startsWith("print") && !name.equals("autograd.txt")) {
          Golden.load(OpCatalogTest.class, name).cases().forEach(c -> cases.add(name + " " + c));
        }
      }
    }
    assertEquals(new TreeSet<>(cases), new TreeSet<>(rows));
    assertEquals(cases.size(), rows.size(), "a row is there twice");
  }
}
