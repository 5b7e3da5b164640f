package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Init;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// Layers come initialized as PyTorch's do. `apply` visits every module to do it another way: with
/// what [Init] offers, or by hand.
final class InitializingParameters {
  private InitializingParameters() {}

  static void normal(Module module) {
    if (module instanceof Linear linear) {
      Init.normal_(linear.weight(), 0, 0.01);
      if (linear.bias() != null) {
        Init.zeros_(linear.bias());
      }
    }
  }

  static void ones(Module module) {
    if (module instanceof Linear linear) {
      Init.constant_(linear.weight(), 1);
      if (linear.bias() != null) {
        Init.zeros_(linear.bias());
      }
    }
  }

  /// Uniform in -10 to 10, and whatever is nearer to 0 than 5 becomes 0.
  static void far(Module module) {
    if (module instanceof Linear linear) {
      Tensor weight = Init.uniform_(linear.weight(), -10, 10);
      // Changes made by hand are no part of what is learned from.
      try (var _ = NoGrad.open()) {
        Tensor isFar = weight.abs().ge(5).to(weight.dtype());
        weight.mul_(isFar);
      }
    }
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var net = ReadingParameters.network()) {
      Linear first = (Linear) net.get(0);

      net.apply(InitializingParameters::normal);
      out.println("normal:   " + first.weight().detach().select(0, 0));

      net.apply(InitializingParameters::ones);
      out.println("constant: " + first.weight().detach().select(0, 0));

      Init.xavierUniform_(first.weight());
      Init.constant_(((Linear) net.get(2)).weight(), 42);
      out.println("each its own: " + first.weight().detach().select(0, 0));

      net.apply(InitializingParameters::far);
      out.println("by hand:  " + first.weight().detach().select(0, 0));
    }
  }
}
