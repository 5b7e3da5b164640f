package dev.gatun.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.testing.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Other code in the process that changes the number of threads of the library.
@Tag("stress")
class SharedLibraryTest {
  @Test
  void manyCallersSurviveOtherCodeThatSetsThreads() throws Exception {
    assumeTrue(Backends.available().contains(Backend.OPENBLAS));
    ChildJvm child =
        ChildJvm.run(
            // The last one counts.
            Load.flags("-Xmx256m", "-Dgatun.backend=openblas"),
            SharedLibraryProgram.class,
            String.valueOf(Math.min(30, Load.share(3))),
            "gatun");
    assertEquals(0, child.status(), child.out());
    assertTrue(child.out().contains("right: "), child.out());
  }
}
