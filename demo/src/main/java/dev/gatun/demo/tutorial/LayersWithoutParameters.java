package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// A layer of one's own that only computes: it takes the mean away, and stands where any layer may.
final class LayersWithoutParameters {
  private LayersWithoutParameters() {}

  static final class CenteredLayer extends Module {
    @Override
    public Tensor forward(Tensor x) {
      return x.sub(x.mean());
    }
  }

  static Sequential network() {
    return new Sequential(new Linear(8, 128), new CenteredLayer());
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var layer = new CenteredLayer();
        var net = network()) {
      out.println(layer.forward(Tensor.of(new float[] {1, 2, 3, 4, 5}, 5)));
      Tensor y = net.forward(Tensor.rand(4, 8));
      out.println("mean of the output: %.6f".formatted(y.mean().item()));
    }
  }
}
