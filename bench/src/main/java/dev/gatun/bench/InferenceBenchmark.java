package dev.gatun.bench;

import dev.gatun.bench.compare.Network;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// One answer of a network, nothing recorded. What the smallest costs is mostly not arithmetic.
@SuppressWarnings("NullAway.Init")
public class InferenceBenchmark extends BackendBenchmark {
  /// The sizes of its layers, and how many samples there are in a batch.
  @Param({
    "20-256-10 batch 2",
    "784-256-128-10 batch 1",
    "784-256-128-10 batch 64",
    "784-256-128-10 batch 1024"
  })
  public String network;

  private Tensor x;
  private Sequential model;
  private int batch;

  @Override
  void prepare() {
    String[] parts = network.split(" batch ", -1);
    Network layers = Network.of(parts[0]);
    batch = Integer.parseInt(parts[1]);
    x = Tensor.rand(Generator.seeded(1), batch, layers.inputs());
    model = Models.sequential(layers);
    model.optimizeForInference();
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
