package dev.gatun.bench;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// One answer of a 20-256-10 network, nothing recorded. What it costs is mostly not arithmetic.
@SuppressWarnings("NullAway.Init")
public class InferenceBenchmark extends BackendBenchmark {
  /// Samples in a batch.
  @Param("2")
  public int batch;

  private Tensor x;
  private Sequential model;

  @Override
  void prepare() {
    Generator generator = Generator.seeded(1);
    x = Tensor.rand(generator, batch, 20);
    model =
        new Sequential(new Linear(20, 256, generator), new ReLU(), new Linear(256, 10, generator));
    model.eval();
  }

  @Override
  void check() {
    double[] want = Models.reference(model).forward(Reference.doubles(x), batch);
    try (var _ = NoGrad.open()) {
      Reference.requireClose("inference", model.forward(x), want, 1e-5);
    }
  }

  @Override
  void release() {
    model.close();
  }

  /// Returns the output, whose scope is closed.
  @Benchmark
  public Tensor inference() {
    try (var _ = Scope.open();
        var _ = NoGrad.open()) {
      return model.forward(x);
    }
  }
}
