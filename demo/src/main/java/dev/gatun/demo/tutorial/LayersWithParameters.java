package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Module;
import dev.gatun.nn.Parameter;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// A layer of one's own that learns: what it registers with `parameter` is trained, saved and
/// counted like that of the layers that exist.
final class LayersWithParameters {
  private LayersWithParameters() {}

  static final class MyLinear extends Module {
    private final Parameter weight;
    private final Parameter bias;

    MyLinear(long inUnits, long units) {
      // The values are copied to where parameters live; what was drawn here ends with the scope.
      try (var _ = Scope.open("MyLinear")) {
        weight = parameter("weight", Tensor.randn(inUnits, units));
        bias = parameter("bias", Tensor.randn(units));
      }
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.matmul(weight).add(bias).relu();
    }
  }

  static Sequential network() {
    return new Sequential(new MyLinear(64, 8), new MyLinear(8, 1));
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var linear = new MyLinear(5, 3);
        var net = network()) {
      out.println(linear.getParameter("weight"));
      out.println(linear.forward(Tensor.rand(2, 5)));
      out.println(net.forward(Tensor.rand(2, 64)));
      out.println(net.namedParameters().keySet());
    }
  }
}
