package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// Where the parameters are: in their layer, or all of them by name. A gradient is there once
/// something was propagated backward.
final class ReadingParameters {
  private ReadingParameters() {}

  static Sequential network() {
    return new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 1));
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var net = network()) {
      net.stateDict().forEach((name, tensor) -> out.println(name + ": " + tensor.describe()));

      Linear last = (Linear) net.get(2);
      out.println(last.bias());
      out.println("gradient of the last weight: " + last.weight().grad());

      Tensor x = Tensor.rand(2, 4);
      net.forward(x).sum().backward();
      out.println("and after backward: " + last.weight().grad());
    }
  }
}
