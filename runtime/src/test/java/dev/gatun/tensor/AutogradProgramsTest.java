package dev.gatun.tensor;

import dev.gatun.tensor.Programs.Program;
import dev.gatun.testing.Golden;
import dev.gatun.testing.NoOpenScopes;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Programs about the graph itself that PyTorch ran too, `autograd.txt`.
@ExtendWith(NoOpenScopes.class)
final class AutogradProgramsTest {
  private static final Golden GOLDEN = Golden.load(AutogradProgramsTest.class, "autograd.txt");

  static Stream<Arguments> layouts() {
    return Stream.concat(InPlacePrograms.entries(), AutogradPrograms.entries())
        .flatMap(program -> Stream.of(Layout.values()).map(l -> Arguments.of(program, l)));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void agreesWithPyTorch(Program program, Layout layout) {
    ProgramsTest.check(GOLDEN.get(program.name()), program, layout);
  }
}
