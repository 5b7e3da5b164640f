package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// A multilayer perceptron from the layers that exist: 20 features, 256 hidden units, 10 outputs.
final class StackedLayers {
  private StackedLayers() {}

  static Sequential network() {
    return new Sequential(new Linear(20, 256), new ReLU(), new Linear(256, 10));
  }

  static void run(PrintWriter out) {
    // Every tensor below lives until the scope closes; the network's parameters, until it does.
    try (var _ = Scope.open("chapter");
        var net = network()) {
      Tensor x = Tensor.rand(2, 20);
      out.println(net);
      out.println(net.forward(x));
    }
  }
}
