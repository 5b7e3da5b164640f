package dev.gatun.tensor;

import static dev.gatun.tensor.CatalogInputs.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Programs.Program;
import dev.gatun.testing.Golden;
import dev.gatun.testing.NoOpenScopes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoOpenScopes.class)
final class ProgramsTest {
  private static final Golden GOLDEN = Golden.load(ProgramsTest.class, "programs.txt");

  static Stream<Arguments> layouts() {
    return Programs.entries()
        .flatMap(program -> Stream.of(Layout.values()).map(l -> Arguments.of(program, l)));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void agreesWithPyTorch(Program program, Layout layout) {
    check(GOLDEN.get(program.name()), program, layout);
  }

  static void check(Golden.Case golden, Program program, Layout layout) {
    try (var _ = Scope.open()) {
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      var leaves = CatalogInputs.leaves(golden, layout::place).iterator();
      golden.inputs().keySet().forEach(name -> inputs.put(name, leaves.next()));
      Map<String, Tensor> results = program.body().apply(inputs);
      assertEquals(golden.outputs().keySet(), results.keySet());
      golden.outputs().forEach((name, y) -> assertGolden(name, y, results.get(name), 1e-12, 1e-13));
      golden
          .grads()
          .forEach((name, g) -> {
            Tensor leaf = inputs.get(name);
            assertNotNull(leaf, name);
            assertGolden("gradient of " + name, g, leaf.grad(), 1e-12, 1e-13);
          });
    }
  }
}
