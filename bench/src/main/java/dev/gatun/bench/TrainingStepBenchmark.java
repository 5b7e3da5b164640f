package dev.gatun.bench;

import dev.gatun.bench.compare.Network;
import dev.gatun.bench.compare.Training;
import dev.gatun.memory.Scope;
import dev.gatun.nn.CrossEntropyLoss;
import dev.gatun.nn.Sequential;
import dev.gatun.nn.optim.Adam;
import dev.gatun.nn.optim.Optimizer;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// One step of training a 784-256-128-10 network: forward, cross-entropy, backward, update.
@SuppressWarnings("NullAway.Init")
public class TrainingStepBenchmark extends BackendBenchmark {
  private static final double SGD_LR = 1e-2;
  private static final double ADAM_LR = 1e-3;

  /// Samples in a batch.
  @Param({"64", "512"})
  public int batch;

  /// What updates.
  @Param({"sgd", "adam"})
  public String optimizer = "sgd";

  private final CrossEntropyLoss criterion = new CrossEntropyLoss();
  private Tensor x;
  private Tensor target;
  private Sequential model;
  private Optimizer update;

  @Override
  void prepare() {
    Generator generator = Generator.seeded(1);
    x = Tensor.rand(generator, batch, 784);
    target = Tensor.randint(generator, 0, 10, batch);
    model = Models.sequential(Network.DIGITS);
    update = isAdam() ? new Adam(model.parameters(), ADAM_LR) : new SGD(model.parameters(), SGD_LR);
  }

  @Override
  void check() {
    ReferenceMlp reference = Models.reference(model);
    // twice: the second step shows that gradients do not pile up
    for (int i = 0; i < 2; i++) {
      double want = referenceStep(reference);
      double loss = trainingStep();
      if (!(Math.abs(loss - want) <= 1e-5)) {
        throw new IllegalStateException(
            "training step: wrong loss: %s (want %s)".formatted(loss, want));
      }
    }
    List<double[]> want = reference.parameters();
    for (int i = 0; i < want.size(); i++) {
      String name = "training step, parameter " + i;
      // Adam divides by the size of gradients, also of those that are hardly more than rounding.
      double tolerance = isAdam() ? 3e-3 : 2e-6;
      Reference.requireClose(name, model.parameters().get(i), want.get(i), tolerance);
    }
  }

  private double referenceStep(ReferenceMlp reference) {
    double[] samples = Reference.doubles(x);
    long[] classes = target.toLongArray();
    return isAdam()
        ? reference.adamStep(
            samples, classes, ADAM_LR, Training.BETA1, Training.BETA2, Training.EPSILON)
        : reference.step(samples, classes, SGD_LR);
  }

  private boolean isAdam() {
    return optimizer.equals("adam");
  }

  @Override
  void release() {
    update.close();
    model.close();
  }

  /// Returns the loss before the step.
  @Benchmark
  public double trainingStep() {
    try (var _ = Scope.open()) {
      update.zeroGrad();
      Tensor loss = criterion.forward(model.forward(x), target);
      loss.backward();
      update.step();
      return loss.item();
    }
  }
}
