package dev.gatun.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Other code in the process that changes the number of threads of the library.
@Tag("stress")
class SharedLibraryTest {
  @Test
  void manyCallersSurviveOtherCodeThatSetsThreads() throws Exception {
    assumeTrue(Backends.current() == Backend.OPENBLAS);
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            SharedLibraryProgram.class,
            60 + Load.SECONDS,
            List.of("-Xmx256m"),
            String.valueOf(Load.share(3)),
            "gatun");
    assertEquals(0, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("right: "), outcome.output());
  }
}
