package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;
import java.util.Objects;

/// One layer in two places: one set of parameters, two names, and the sum of two gradients.
final class SharingParameters {
  private SharingParameters() {}

  static Sequential network() {
    Linear shared = new Linear(8, 8);
    return new Sequential(
        new Linear(4, 8), new ReLU(), shared, new ReLU(), shared, new ReLU(), new Linear(8, 1));
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var net = network()) {
      out.println("saved under: " + net.stateDict().keySet());
      out.println("trained as:  " + net.namedParameters().keySet());

      Linear here = (Linear) net.get(2);
      Linear there = (Linear) net.get(4);
      try (var _ = NoGrad.open()) {
        here.weight().fill_(0.5);
      }
      out.println("what is written here is read there: " + there.weight().get(0, 0));

      Tensor x = Tensor.rand(2, 4);
      net.forward(x).sum().backward();
      out.println("one gradient: " + Objects.equals(here.weight().grad(), there.weight().grad()));
    }
  }
}
