package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.Configuration;
import dev.gatun.Fingerprint;
import dev.gatun.backend.Backends;
import dev.gatun.memory.Scope;
import dev.gatun.nn.optim.Adam;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReproducibleTrainingTest {
  /// Products of these sizes are cut for four threads, and no larger: a new JVM computes slowly.
  private static final int BATCH = 400;

  private static final int WIDTH = 128;

  /// Trains and prints the fingerprints of the configuration and of the parameters.
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      Generator generator = Generator.seeded(1);
      try (var net =
              new Sequential(
                  new Linear(WIDTH, WIDTH, generator),
                  new Tanh(),
                  new Linear(WIDTH, 10, generator));
          var optimizer = new Adam(net.parameters(), 0.01)) {
        var criterion = new CrossEntropyLoss();
        for (int i = 0; i < 2; i++) {
          try (var _ = Scope.open("step")) {
            Tensor x = Tensor.randn(generator, BATCH, WIDTH);
            Tensor target = Tensor.randint(generator, 0, 10, BATCH);
            optimizer.zeroGrad();
            criterion.forward(net.forward(x), target).backward();
            optimizer.step();
          }
        }
        System.out.println(
            "trained " + Configuration.current().fingerprint() + Fingerprint.of(net.stateDict()));
      }
    }
  }

  @Test
  void everyRunAndNumberOfThreadsGivesTheSameBits() throws Exception {
    String backend = Backends.current().name().toLowerCase(Locale.ROOT);
    List<ChildJvm.Running> runs = new ArrayList<>();
    for (int threads : new int[] {1, 1, 2, 4}) {
      List<String> flags = new ArrayList<>(ChildJvm.FLAGS);
      flags.addAll(List.of("-Xmx256m", "-Dgatun.backend=" + backend, "-Dgatun.threads=" + threads));
      runs.add(ChildJvm.start(flags, Program.class));
    }
    List<String> results = new ArrayList<>();
    for (ChildJvm.Running run : runs) {
      ChildJvm end = run.end();
      assertEquals(0, end.status(), end.out());
      results.add(
          end.out().lines().filter(line -> line.startsWith("trained")).findFirst().orElse(""));
    }
    assertTrue(results.getFirst().matches("trained [0-9a-f]{32}"), results.getFirst());
    assertEquals(1, results.stream().distinct().count(), results.toString());
  }
}
