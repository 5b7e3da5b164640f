package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.nn.ReLU;
import dev.gatun.tensor.Tensor;
import java.io.PrintWriter;

/// `Sequential` again, written by hand: it registers its blocks and calls them in that order.
final class HandWrittenSequential {
  private HandWrittenSequential() {}

  static final class MySequential extends Module {
    MySequential(Module... blocks) {
      for (int i = 0; i < blocks.length; i++) {
        child(Integer.toString(i), blocks[i]);
      }
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = x;
      for (Module block : children()) {
        y = block.call(y);
      }
      return y;
    }
  }

  static MySequential network() {
    return new MySequential(new Linear(20, 256), new ReLU(), new Linear(256, 10));
  }

  static void run(PrintWriter out) {
    try (var _ = Scope.open("chapter");
        var net = network()) {
      Tensor x = Tensor.rand(2, 20);
      out.println(net);
      out.println(net.forward(x));
    }
  }
}
