package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.io.Safetensors;
import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.nn.data.Batch;
import dev.gatun.nn.data.DataLoader;
import dev.gatun.nn.data.TensorDataset;
import dev.gatun.nn.optim.Adam;
import dev.gatun.nn.optim.AdamOptions;
import dev.gatun.nn.optim.AdamW;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.Golden;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole trainings: against PyTorch, to a stated loss, and without growth of memory.
class TrainingTest {
  static Stream<Golden.Case> cases() {
    return Golden.load(TrainingTest.class, "training.txt").cases().stream();
  }

  private static Optimizer optimizer(String name, List<Parameter> parameters) {
    return switch (name.substring("training-".length(), name.lastIndexOf('-'))) {
      case "SGD" -> new SGD(parameters, 0.1);
      case "SGD-momentum" -> new SGD(parameters, 0.1, 0.9);
      case "Adam" -> new Adam(parameters, 0.01);
      case "AdamW" -> new AdamW(parameters, AdamOptions.of(0.01).weightDecay(0.1));
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsPyTorch(Golden.Case c) throws IOException {
    boolean wide = c.name().endsWith("f64");
    DType dtype = wide ? DType.F64 : DType.F32;
    double tolerance = wide ? 1e-9 : 2e-5;
    Golden.Array losses = c.output("losses");
    Map<String, Tensor> given =
        Safetensors.load(Golden.path(TrainingTest.class, "training.safetensors"));
    try (var _ = Scope.open();
        Sequential net =
            new Sequential(
                new Linear(20, 16, true, dtype), new ReLU(), new Linear(16, 3, true, dtype))) {
      Map<String, Tensor> weights = new LinkedHashMap<>(given);
      Tensor x = Objects.requireNonNull(weights.remove("x")).to(dtype);
      Tensor target = Objects.requireNonNull(weights.remove("target"));
      net.loadStateDict(weights);
      try (Optimizer optimizer = optimizer(c.name(), net.parameters())) {
        for (int step = 0; step < losses.values().length; step++) {
          try (var _ = Scope.open("step")) {
            optimizer.zeroGrad();
            Tensor loss = F.crossEntropy(net.forward(x), target);
            assertEquals(losses.values()[step], loss.item(), tolerance, "loss " + step);
            if (step < losses.values().length - 1) {
              loss.backward();
              optimizer.step();
            }
          }
        }
      }
      for (String name : List.of("2.weight", "2.bias")) {
        Tensor weight = Objects.requireNonNull(net.stateDict().get(name));
        Checks.assertClose(c.output(name), weight, tolerance, tolerance);
      }
    }
  }

  /// Two interleaved rings, which no linear model separates.
  private static TensorDataset rings(int count) {
    float[] points = new float[2 * count];
    long[] labels = new long[count];
    double[] noise = Tensor.rand(Generator.seeded(7), count, 2).toDoubleArray();
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
      double radius = 1 + labels[i] + 0.2 * noise[2 * i];
      double angle = 2 * Math.PI * noise[2 * i + 1];
      points[2 * i] = (float) (radius * Math.cos(angle));
      points[2 * i + 1] = (float) (radius * Math.sin(angle));
    }
    return new TensorDataset(Tensor.of(points, count, 2), Tensor.of(labels, count));
  }

  @CanIgnoreReturnValue
  private static double epoch(Module net, Optimizer optimizer, DataLoader loader) {
    double sum = 0;
    for (Batch batch : loader) {
      try (var _ = Scope.open("step")) {
        optimizer.zeroGrad();
        Tensor loss = F.crossEntropy(net.forward(batch.input()), batch.target());
        loss.backward();
        optimizer.step();
        sum += loss.item();
      }
    }
    return sum / loader.size();
  }

  private static Sequential net(Generator generator) {
    return new Sequential(
        new Linear(2, 32, generator),
        new ReLU(),
        new Dropout(0.05, generator),
        new Linear(32, 2, generator));
  }

  @Test
  void reachesALowLossOnRings() {
    Generator generator = Generator.seeded(1);
    try (var _ = Scope.open();
        Sequential net = net(generator);
        Optimizer optimizer = new Adam(net.parameters(), 0.02)) {
      DataLoader loader = new DataLoader(rings(256), 32, generator, false);
      double first = epoch(net, optimizer, loader);
      double last = first;
      for (int i = 1; i < 40; i++) {
        last = epoch(net, optimizer, loader);
      }
      assertTrue(first > 0.4, "first loss " + first);
      assertTrue(last < 0.08, "last loss " + last);
      net.eval();
      Batch all = new DataLoader(rings(256), 256).iterator().next();
      Tensor right = net.forward(all.input()).argmax(1).eq(all.target());
      assertTrue(right.sum().item() >= 253, () -> "right " + right.sum().item());
    }
  }

  @Test
  void memoryDoesNotGrow() {
    Generator generator = Generator.seeded(1);
    try (var _ = Scope.open();
        Sequential net = net(generator);
        Optimizer optimizer = new AdamW(net.parameters(), AdamOptions.of(0.01).amsgrad(true));
        Optimizer momentum = new SGD(net.parameters(), 0.01, 0.9)) {
      DataLoader loader = new DataLoader(rings(128), 32, generator, false);
      epoch(net, optimizer, loader);
      epoch(net, momentum, loader);
      Garbage.collect();
      MemoryStats before = MemoryStats.now();
      for (int i = 0; i < 50; i++) {
        epoch(net, optimizer, loader);
        epoch(net, momentum, loader);
      }
      MemoryStats after = MemoryStats.now();
      assertEquals(before.scopedBytes(), after.scopedBytes());
      assertEquals(before.gcBytes(), after.gcBytes());
      assertEquals(before.sharedBytes(), after.sharedBytes());
      // The pool may have given some back meanwhile.
      assertTrue(after.pooledBytes() <= before.pooledBytes());
      assertEquals(before.openScopes(), after.openScopes());
    }
  }
}
