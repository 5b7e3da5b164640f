package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.F;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// `forward` may do whatever Java can: here with a constant weight that takes no gradient, a layer
/// that is used twice, and a loop that runs as often as the values ask for.
final class OrdinaryJava {
  private OrdinaryJava() {}

  static final class FixedHiddenMLP extends Module {
    private final Tensor constant = buffer("rand_weight", Tensor.rand(20, 20));
    private final Linear linear = child("linear", new Linear(20, 20));

    @Override
    public Tensor forward(Tensor x) {
      Tensor hidden = F.relu(linear.call(x).matmul(constant).add(1));
      Tensor y = linear.call(hidden);
      while (y.abs().sum().item() > 1) {
        y = y.div(2);
      }
      return y.sum();
    }
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var net = new FixedHiddenMLP()) {
      Tensor x = Tensor.rand(2, 20);
      Tensor y = net.forward(x);
      y.backward();
      out.println(y);
      net.namedParameters()
          .forEach((name, parameter) ->
              out.println(name + " has a gradient: " + hasGradient(parameter)));
      net.namedBuffers()
          .forEach((name, buffer) -> out.println(name + " has a gradient: " + hasGradient(buffer)));
    }
  }

  private static boolean hasGradient(Tensor tensor) {
    return tensor.grad() != null;
  }
}
