package dev.gatun.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same bits, whatever number of threads a process is given.
@Tag("stress")
class ThreadCountTest {
  private static List<String> results(int threads) throws Exception {
    ChildJvm child =
        ChildJvm.run(
            Load.flags("-Xmx256m", "-Dgatun.threads=" + threads), ThreadCountProgram.class);
    assertEquals(0, child.status(), child.out());
    return child.out().lines().filter(line -> line.startsWith("result ")).toList();
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() throws Exception {
    List<String> alone = results(1);
    assertTrue(alone.size() > 10, alone::toString);
    assertEquals(alone, results(2));
    assertEquals(alone, results(7));
  }
}
