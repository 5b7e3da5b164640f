package dev.gatun.demo.compare;

import dev.gatun.memory.Scope;
import dev.gatun.nn.CrossEntropyLoss;
import dev.gatun.nn.Linear;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// A piece of work that every backend does alike.
///
/// @param name what it is
/// @param operations floating-point operations of one repetition
/// @param warmup how many repetitions it takes until all of it is compiled
/// @param work one repetition
/// @param memory the tensors that it works on
record Workload(String name, double operations, int warmup, Runnable work, Memory memory)
    implements AutoCloseable {
  private static final int SMALLEST = 8;
  private static final int BATCH = 64;
  private static final double FIRST_WEIGHTS = 784.0 * 256;
  private static final double WEIGHTS = FIRST_WEIGHTS + 256.0 * 128 + 128.0 * 10;

  /// A step calls each of many methods a few times only.
  private static final int STEPS_TO_WARM_UP = 300;

  /// What has to be given back when a workload is over.
  @FunctionalInterface
  interface Memory {
    void free();
  }

  /// Square products of 8, 16, … up to a size, then inference and a training step.
  ///
  /// @param largest the largest size of a product
  /// @return all workloads; each is to be closed
  static List<Workload> all(int largest) {
    List<Workload> workloads = new ArrayList<>();
    for (int n = SMALLEST; n <= largest; n *= 2) {
      workloads.add(matmul(n));
    }
    workloads.add(inference(1));
    workloads.add(inference(BATCH));
    workloads.add(trainingStep());
    return workloads;
  }

  private static Workload matmul(int n) {
    Generator generator = Generator.seeded(n);
    Tensor a = random(generator, n, n);
    Tensor b = random(generator, n, n);
    Runnable product =
        () -> {
          try (var _ = Scope.open("matmul")) {
            Tensor _ = a.matmul(b);
          }
        };
    return new Workload(
        "matmul " + n,
        2.0 * n * n * n,
        1,
        product,
        () -> {
          a.free();
          b.free();
        });
  }

  private static Sequential network(Generator generator) {
    return new Sequential(
        new Linear(784, 256, generator),
        new ReLU(),
        new Linear(256, 128, generator),
        new ReLU(),
        new Linear(128, 10, generator));
  }

  /// The outputs of a 784-256-128-10 network, nothing recorded.
  private static Workload inference(int batch) {
    Generator generator = Generator.seeded(batch);
    Sequential net = network(generator);
    net.optimizeForInference();
    Tensor x = random(generator, batch, 784);
    Runnable answer =
        () -> {
          try (var _ = Scope.open("inference");
              var _ = NoGrad.open()) {
            Tensor _ = net.forward(x);
          }
        };
    return new Workload(
        "inference, batch " + batch,
        2.0 * batch * WEIGHTS,
        STEPS_TO_WARM_UP,
        answer,
        () -> {
          net.close();
          x.free();
        });
  }

  /// Forward, loss, backward and update of a 784-256-128-10 network on 64 samples.
  private static Workload trainingStep() {
    Generator generator = Generator.seeded(0);
    Sequential net = network(generator);
    SGD optimizer = new SGD(net.parameters(), 0.01);
    CrossEntropyLoss loss = new CrossEntropyLoss();
    Tensor x = random(generator, BATCH, 784);
    Tensor y = labels(generator);
    Runnable step =
        () -> {
          try (var _ = Scope.open("step")) {
            optimizer.zeroGrad();
            loss.forward(net.forward(x), y).backward();
            optimizer.step();
          }
        };
    return new Workload(
        "training step",
        stepOperations(),
        STEPS_TO_WARM_UP,
        step,
        () -> {
          optimizer.close();
          net.close();
          x.free();
          y.free();
        });
  }

  /// Each layer multiplies three times: for its output, for its weight's gradient, and, but for the
  /// first, for its input's.
  private static double stepOperations() {
    return 2 * BATCH * (3 * WEIGHTS - FIRST_WEIGHTS);
  }

  private static Tensor random(Generator generator, long... shape) {
    try (var _ = Scope.open("workload")) {
      return Tensor.rand(generator, shape).shared();
    }
  }

  private static Tensor labels(Generator generator) {
    try (var _ = Scope.open("workload")) {
      return Tensor.randint(generator, 0, 10, BATCH).shared();
    }
  }

  @Override
  public void close() {
    memory.free();
  }
}
