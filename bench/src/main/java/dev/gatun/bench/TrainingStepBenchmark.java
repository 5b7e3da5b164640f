package dev.gatun.bench;

import dev.gatun.memory.Scope;
import dev.gatun.nn.CrossEntropyLoss;
import dev.gatun.nn.Linear;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// One step of training a 784-256-128-10 network: forward, cross-entropy, backward, plain SGD.
@SuppressWarnings("NullAway.Init")
public class TrainingStepBenchmark extends BackendBenchmark {
  private static final double LR = 0.01;

  /// Samples in a batch.
  @Param("64")
  public int batch;

  private final CrossEntropyLoss criterion = new CrossEntropyLoss();
  private Tensor x;
  private Tensor target;
  private Sequential model;
  private SGD optimizer;

  @Override
  void prepare() {
    Generator generator = Generator.seeded(1);
    x = Tensor.rand(generator, batch, 784);
    target = Tensor.randint(generator, 0, 10, batch);
    model =
        new Sequential(
            new Linear(784, 256, generator),
            new ReLU(),
            new Linear(256, 128, generator),
            new ReLU(),
            new Linear(128, 10, generator));
    optimizer = new SGD(model.parameters(), LR);
  }

  @Override
  void check() {
    ReferenceMlp reference = Models.reference(model);
    // twice: the second step shows that gradients do not pile up
    for (int i = 0; i < 2; i++) {
      double want = reference.step(Reference.doubles(x), target.toLongArray(), LR);
      double loss = trainingStep();
      if (!(Math.abs(loss - want) <= 1e-5)) {
        throw new IllegalStateException(
            "training step: wrong loss: %s (want %s)".formatted(loss, want));
      }
    }
    List<double[]> want = reference.parameters();
    for (int i = 0; i < want.size(); i++) {
      String name = "training step, parameter " + i;
      Reference.requireClose(name, model.parameters().get(i), want.get(i), 2e-6);
    }
  }

  @Override
  void release() {
    optimizer.close();
    model.close();
  }

  /// Returns the loss before the step.
  @Benchmark
  public double trainingStep() {
    try (var _ = Scope.open()) {
      optimizer.zeroGrad();
      Tensor loss = criterion.forward(model.forward(x), target);
      loss.backward();
      optimizer.step();
      return loss.item();
    }
  }
}
