package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Init;
import dev.gatun.nn.LazyLinear;
import dev.gatun.nn.Linear;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// A network that is not told how many inputs it will have. Its layers find out when the first
/// input comes; until then they have parameters without shapes, which cannot be read.
final class DeferredInitialization {
  private DeferredInitialization() {}

  static Sequential network() {
    return new Sequential(new LazyLinear(256), new ReLU(), new LazyLinear(10));
  }

  /// One input decides all shapes; only then can the parameters be drawn in another way.
  static Sequential initialized(Tensor x) {
    Sequential net = network();
    Tensor _ = net.forward(x);
    net.apply(module -> {
      if (module instanceof Linear linear) {
        Init.xavierUniform_(linear.weight());
      }
    });
    return net;
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var net = network()) {
      out.println(net);
      out.println("before: " + net.getParameter("0.weight"));

      Tensor x = Tensor.rand(2, 20);
      Tensor _ = net.forward(x);
      out.println("after:  " + net.getParameter("0.weight").describe());
      out.println(net);

      try (var other = initialized(Tensor.rand(2, 784))) {
        out.println("others: " + other.getParameter("0.weight").describe());
      }
    }
  }
}
