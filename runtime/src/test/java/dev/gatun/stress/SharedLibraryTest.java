package dev.gatun.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Other code in the process that changes the number of threads of the library.
@Tag("stress")
class SharedLibraryTest {
  @Test
  void manyCallersSurviveOtherCodeThatSetsThreads() throws Exception {
    assumeTrue(Backends.available().contains(Backend.OPENBLAS));
    List<String> flags = new ArrayList<>(ChildJvm.FLAGS);
    flags.add("-Xmx256m");
    flags.add("-Dgatun.backend=openblas");
    ChildJvm child =
        ChildJvm.run(flags, SharedLibraryProgram.class, String.valueOf(Load.share(3)), "gatun");
    assertEquals(0, child.status(), child.out());
    assertTrue(child.out().contains("right: "), child.out());
  }
}
