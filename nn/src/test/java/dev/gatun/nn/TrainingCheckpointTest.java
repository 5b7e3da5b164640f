package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.io.Safetensors;
import dev.gatun.memory.Scope;
import dev.gatun.nn.optim.AdamW;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.RMSprop;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingCheckpointTest {
  @TempDir private Path folder;

  /// A network with dropout, plain momentum and the generators of both dropout and data.
  private static final class Run implements AutoCloseable {
    final Generator dropout = Generator.seeded(7);
    final Generator data = Generator.seeded(8);
    final Sequential net;
    final Momentum momentum;
    final TrainingCheckpoint checkpoint;

    Run() {
      net = new Sequential(new Linear(6, 16), new Dropout(0.5, dropout), new Linear(16, 2));
      momentum = new Momentum(net);
      checkpoint =
          TrainingCheckpoint.of(net)
              .with("momentum", momentum)
              .with("dropout", dropout)
              .with("data", data);
    }

    void start() {
      Generator init = Generator.seeded(1);
      for (Parameter parameter : net.parameters()) {
        try (var _ = NoGrad.open();
            var _ = Scope.open()) {
          parameter.copy_(Tensor.randn(init, parameter.shape()));
        }
      }
    }

    void train(int steps) {
      for (int i = 0; i < steps; i++) {
        try (var _ = Scope.open("step")) {
          net.zeroGrad();
          Tensor x = Tensor.randn(data, 4, 6);
          net.forward(x).pow(2).mean().backward();
          momentum.step();
        }
      }
    }

    @Override
    public void close() {
      momentum.close();
      net.close();
    }
  }

  /// `v = 0.9 v + g; p -= 0.01 v`, as small as an optimizer can be.
  private static final class Momentum implements TrainingState, AutoCloseable {
    private final List<Parameter> parameters;
    private final Map<String, Tensor> velocities = new LinkedHashMap<>();
    private double steps;

    Momentum(Module net) {
      parameters = net.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        try (var _ = Scope.open()) {
          velocities.put("v" + i, Tensor.zeros(parameters.get(i).shape()).shared());
        }
      }
    }

    void step() {
      steps++;
      try (var _ = NoGrad.open();
          var _ = Scope.open()) {
        for (int i = 0; i < parameters.size(); i++) {
          Tensor v = Objects.requireNonNull(velocities.get("v" + i));
          v.mul_(0.9).add_(Objects.requireNonNull(parameters.get(i).grad()));
          parameters.get(i).sub_(v.mul(0.01 / (1 + 1 / (steps + 3))));
        }
      }
    }

    @Override
    public Map<String, Tensor> tensors() {
      return velocities;
    }

    @Override
    public Map<String, Double> numbers() {
      return Map.of("steps", steps, "best", Double.POSITIVE_INFINITY, "third", 1.0 / 3);
    }

    @Override
    public void load(Map<String, Tensor> tensors, Map<String, Double> numbers) {
      assertEquals(Double.POSITIVE_INFINITY, numbers.get("best"));
      assertEquals(1.0 / 3, numbers.get("third"));
      velocities.forEach((name, v) -> v.copy_(Objects.requireNonNull(tensors.get(name))));
      steps = Objects.requireNonNull(numbers.get("steps"));
    }

    @Override
    public void close() {
      velocities.values().forEach(Tensor::free);
    }
  }

  @Test
  void resumesBitForBit() throws IOException {
    Path file = folder.resolve("training.safetensors");
    Map<String, float[]> expected = new LinkedHashMap<>();
    try (Run straight = new Run()) {
      straight.start();
      straight.train(20);
      straight.net.stateDict().forEach((name, t) -> expected.put(name, t.toFloatArray()));
    }
    try (Run first = new Run()) {
      first.start();
      first.train(10);
      first.checkpoint.save(file, 10, Map.of("epoch", "2"));
    }
    try (Run second = new Run()) {
      TrainingCheckpoint.Restored restored = second.checkpoint.load(file);
      assertEquals(new TrainingCheckpoint.Restored(10, Map.of("epoch", "2")), restored);
      second.train(10);
      second
          .net
          .stateDict()
          .forEach((name, t) -> assertArrayEquals(expected.get(name), t.toFloatArray(), name));
    }
    // The test would not notice if dropout or data did nothing.
    try (Run third = new Run()) {
      var _ = third.checkpoint.load(file);
      third.dropout.setState(new Generator.State(7, 0));
      third.train(10);
      assertTrue(
          Objects.requireNonNull(third.net.stateDict().get("0.weight")).toFloatArray()[0]
              != Objects.requireNonNull(expected.get("0.weight"))[0]);
    }
  }

  /// With an optimizer of the library, a schedule, and an average of the weights.
  @ParameterizedTest
  @ValueSource(strings = {"SGD", "AdamW", "RMSprop"})
  void resumesOptimizersSchedulesAndAverages(String kind) throws IOException {
    Path file = folder.resolve("optimizer.safetensors");
    float[] straight = trained(kind, 20, null, null);
    float[] _ = trained(kind, 10, null, file);
    assertArrayEquals(straight, trained(kind, 10, file, null));
  }

  private static float[] trained(String kind, int steps, @Nullable Path from, @Nullable Path to)
      throws IOException {
    Generator dropout = Generator.seeded(3);
    Generator init = Generator.seeded(from == null ? 1 : 99);
    double[] schedule = {0};
    try (Sequential net =
            new Sequential(new Linear(5, 8), new Dropout(0.3, dropout), new Linear(8, 1));
        Optimizer optimizer = optimizer(kind, net);
        var _ = Scope.open()) {
      for (Parameter parameter : net.parameters()) {
        try (var _ = NoGrad.open()) {
          parameter.copy_(Tensor.randn(init, parameter.shape()));
        }
      }
      Tensor average = Tensor.zeros(8, 5).shared();
      var checkpoint =
          TrainingCheckpoint.of(net)
              .with("optimizer", optimizer)
              .with(
                  "schedule",
                  TrainingState.ofNumbers(
                      () -> Map.of("last_epoch", schedule[0]),
                      numbers -> schedule[0] = Objects.requireNonNull(numbers.get("last_epoch"))))
              .with(
                  "average",
                  TrainingState.ofTensors(
                      () -> Map.of("0.weight", average),
                      tensors -> average.copy_(Objects.requireNonNull(tensors.get("0.weight")))))
              .with("dropout", dropout);
      if (from != null) {
        assertEquals(10, checkpoint.load(from).step());
      }
      for (int i = 0; i < steps; i++) {
        try (var _ = Scope.open("step")) {
          optimizer.lr(0.05 / (1 + schedule[0]++));
          optimizer.zeroGrad();
          net.forward(Tensor.ones(3, 5)).pow(2).mean().backward();
          optimizer.step();
          average.mul_(0.9).add_(net.parameters().getFirst().detach().mul(0.1));
        }
      }
      if (to != null) {
        checkpoint.save(to, steps);
      }
      return Tensor.cat(0, average.flatten(), net.parameters().getFirst().detach().flatten())
          .toFloatArray();
    }
  }

  private static Optimizer optimizer(String kind, Module net) {
    return switch (kind) {
      case "SGD" -> new SGD(net.parameters(), 0.05, 0.9);
      case "AdamW" -> new AdamW(net.parameters(), 0.05);
      default -> new RMSprop(net.parameters(), 0.05);
    };
  }

  @Test
  void refusesWhatWouldGoOnDifferently() throws IOException {
    Path file = folder.resolve("training.safetensors");
    try (Run run = new Run()) {
      run.start();
      run.checkpoint.save(file, 3);
      var less = TrainingCheckpoint.of(run.net).with("data", run.data);
      assertEquals(
          "checkpoint: "
              + file
              + " has the parts [momentum], not []; add or leave out what differs",
          assertThrows(IllegalArgumentException.class, () -> less.load(file)).getMessage());
      var other = TrainingCheckpoint.of(run.net).with("momentum", run.momentum);
      assertEquals(
          "checkpoint: "
              + file
              + " has the generators [data, dropout], not []; add or leave out what differs",
          assertThrows(IllegalArgumentException.class, () -> other.load(file)).getMessage());
      try (Module small = new Linear(1, 1)) {
        var misfit =
            TrainingCheckpoint.of(small)
                .with("momentum", run.momentum)
                .with("dropout", run.dropout)
                .with("data", run.data);
        assertTrue(
            String.valueOf(
                    assertThrows(IllegalArgumentException.class, () -> misfit.load(file))
                        .getMessage())
                .startsWith("checkpoint: " + file + ": missing 'weight', 'bias'; unexpected"));
      }
      run.net.save(file);
      assertEquals(
          "checkpoint: " + file + ": its metadata has no gatun.checkpoint = 1",
          assertThrows(IOException.class, () -> run.checkpoint.load(file)).getMessage());
      Safetensors.save(
          file,
          Map.of(),
          Map.of(
              "gatun.checkpoint",
              "1",
              "gatun.part.momentum",
              "",
              "gatun.generator.data",
              "1,x",
              "gatun.generator.dropout",
              "1,2",
              "gatun.step",
              "1"));
      assertEquals(
          "checkpoint: " + file + ": 'gatun.generator.data' is no number: 'x'",
          assertThrows(IOException.class, () -> run.checkpoint.load(file)).getMessage());
      assertEquals(
          "checkpoint: there is a part 'data' already",
          assertThrows(IllegalArgumentException.class, () -> run.checkpoint.with("data", run.data))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> run.checkpoint.with("a.b", run.data));
    }
  }

  @Test
  void aFailedSaveLeavesTheOldCheckpoint() throws IOException {
    Path file = folder.resolve("training.safetensors");
    try (Run run = new Run()) {
      run.start();
      run.checkpoint.save(file, 1);
      byte[] before = Files.readAllBytes(file);
      Objects.requireNonNull(run.momentum.velocities.get("v3")).free();
      assertThrows(IllegalStateException.class, () -> run.checkpoint.save(file, 2));
      assertArrayEquals(before, Files.readAllBytes(file));
      try (var files = Files.list(folder)) {
        assertEquals(1, files.count());
      }
    }
  }

  /// A process that saves one checkpoint after the other is killed in the midst of it, again and
  /// again: what is there afterwards is always whole.
  @Test
  void aKilledProcessLeavesAWholeCheckpoint() throws Exception {
    Path file = folder.resolve("killed.safetensors");
    for (int round = 0; round < 3; round++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--add-modules=jdk.incubator.vector",
                  "--enable-native-access=ALL-UNNAMED",
                  "-Dgatun.backend=scalar",
                  "-cp",
                  System.getProperty(
                      "surefire.real.class.path", System.getProperty("java.class.path")),
                  Saver.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.exists(file) && process.isAlive() && System.nanoTime() < deadline) {
        Thread.sleep(5);
      }
      Thread.sleep(30 + 37L * round);
      process.destroyForcibly().waitFor();
      try (Module net = Saver.net()) {
        long step = TrainingCheckpoint.of(net).load(file).step();
        assertTrue(step > 0, Files.readString(folder.resolve("log")));
        for (Parameter parameter : net.parameters()) {
          assertEquals((double) step, parameter.detach().min().item());
          assertEquals((double) step, parameter.detach().max().item());
        }
      }
    }
  }

  /// Saves networks all of whose weights are the number of the step.
  static final class Saver {
    private Saver() {}

    static Module net() {
      return new Linear(1000, 500);
    }

    public static void main(String[] args) throws IOException {
      try (Module net = net()) {
        for (long step = 1; step < 1_000_000; step++) {
          for (Parameter parameter : net.parameters()) {
            try (var _ = NoGrad.open()) {
              parameter.fill_((double) step);
            }
          }
          TrainingCheckpoint.of(net).save(Path.of(args[0]), step);
        }
      }
    }
  }
}
