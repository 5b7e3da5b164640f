package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.F;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// The same network as a class: what it consists of, and what it does with that. A block that uses
/// others calls them by `call`, PyTorch's `hidden(x)`: it is `forward` and whatever hooks they
/// have.
final class CustomBlock {
  private CustomBlock() {}

  static final class MLP extends Module {
    private final Linear hidden = child("hidden", new Linear(20, 256));
    private final Linear out = child("out", new Linear(256, 10));

    @Override
    public Tensor forward(Tensor x) {
      return out.call(F.relu(hidden.call(x)));
    }
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var net = new MLP()) {
      Tensor x = Tensor.rand(2, 20);
      out.println(net);
      out.println(net.forward(x));
    }
  }
}
