package dev.gatun.bench.compare;

import dev.gatun.bench.ReferenceMlp;

/// The outputs of a network for a batch, nothing recorded.
///
/// @param network which
/// @param batch how many samples
public record Inference(Network network, int batch) implements Workload {
  @Override
  public String name() {
    return "mlp " + network + " batch " + batch;
  }

  /// The samples.
  ///
  /// @return `[batch,inputs]`
  public float[] x() {
    return network.samples(batch);
  }

  @Override
  public Group group() {
    return Group.NETWORK;
  }

  @Override
  public void check(double[] got) {
    double[] want = ReferenceMlp.of(network.layers()).forward(Inputs.doubles(x()), batch);
    Inputs.requireClose(name(), got, want, 1e-5);
  }
}
