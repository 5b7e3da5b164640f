package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.InferenceMode;
import dev.gatun.tensor.Program;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every module of the catalogue as a [Program]: on other values than those that it was traced
/// with, and run twice, it computes what the module does, to rounding.
@SuppressWarnings("MustBeClosedChecker") // what is not closed was never made
class TracedModulesTest {
  /// Modules that look at elements of their input to find out what to do.
  private static final Pattern READS =
      Pattern.compile("EmbeddingBag-module(-max|-sum)?|AdaptiveLogSoftmax(-bias|-row)?");

  static Stream<ModuleCatalogTest.Subject> subjects() {
    return ModuleCatalogTest.subjects();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void computesAsTheModuleDoes(ModuleCatalogTest.Subject subject) {
    try (Module module = subject.module(DType.F32);
        var _ = InferenceMode.open();
        var _ = Scope.open("test")) {
      module.eval();
      List<String> names = new ArrayList<>(subject.inputs(DType.F32).tensors().keySet());
      List<Tensor> examples = List.copyOf(subject.inputs(DType.F32).tensors().values());
      List<Tensor> others = examples.stream().map(TracedModulesTest::other).toList();
      if (READS.matcher(subject.row().name()).matches()) {
        assertThrows(
            IllegalStateException.class,
            () ->
                Program.trace(in -> subject.row().run(module, named(names, in)), examples).close());
        return;
      }
      List<Tensor> expected = subject.row().run(module, named(names, others));
      try (Program program =
          Program.trace(in -> subject.row().run(module, named(names, in)), examples)) {
        for (int run = 0; run < 2; run++) {
          assertSame(expected, program.run(others));
        }
      }
    }
  }

  private static Tensor other(Tensor x) {
    return x.dtype().isFloating() ? x.mul(0.875) : x;
  }

  private static Checks.Inputs named(List<String> names, List<Tensor> tensors) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      inputs.put(names.get(i), tensors.get(i));
    }
    return new Checks.Inputs(inputs);
  }

  private static void assertSame(List<Tensor> expected, List<Tensor> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).shape(), actual.get(i).shape());
      assertArrayEquals(expected.get(i).toDoubleArray(), actual.get(i).toDoubleArray(), 1e-5);
    }
  }
}
