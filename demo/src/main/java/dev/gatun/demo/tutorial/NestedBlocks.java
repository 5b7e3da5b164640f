package dev.gatun.demo.tutorial;

import dev.gatun.demo.tutorial.OrdinaryJava.FixedHiddenMLP;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// A block in a block in a `Sequential`: any module may stand where a layer may.
final class NestedBlocks {
  private NestedBlocks() {}

  static final class NestMLP extends Module {
    private final Sequential net =
        child(
            "net", new Sequential(new Linear(20, 64), new ReLU(), new Linear(64, 32), new ReLU()));
    private final Linear linear = child("linear", new Linear(32, 16));

    @Override
    public Tensor forward(Tensor x) {
      return linear.call(net.call(x));
    }
  }

  static Sequential chimera() {
    return new Sequential(new NestMLP(), new Linear(16, 20), new FixedHiddenMLP());
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var net = chimera()) {
      Tensor x = Tensor.rand(2, 20);
      out.println(net);
      out.println(net.forward(x));
    }
  }
}
