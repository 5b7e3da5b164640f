package dev.gatun.bench.coldstart;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Init;
import dev.gatun.nn.Linear;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.util.Objects;

/// Gatun's library alone, as a program uses it.
public final class GatunAnswer {
  private GatunAnswer() {}

  /// Answers once.
  ///
  /// @param args the file of numbers
  /// @throws IOException if it cannot be read
  public static void main(String[] args) throws IOException {
    Digits digits = Digits.read(args[0]);
    int[] sizes = Digits.sizes();
    try (var _ = Scope.open();
        var _ = NoGrad.open();
        var net =
            new Sequential(
                linear(digits, sizes[0], sizes[1]),
                new ReLU(),
                linear(digits, sizes[1], sizes[2]),
                new ReLU(),
                linear(digits, sizes[2], sizes[3]))) {
      Tensor x = Tensor.of(digits.next(sizes[0]), 1, sizes[0]);
      Answer.tell(net.forward(x).toFloatArray());
    }
  }

  private static Linear linear(Digits digits, int in, int out) {
    Linear linear = Init.skip(() -> new Linear(in, out));
    linear.weight().copy_(Tensor.of(digits.next(out * in), out, in));
    Objects.requireNonNull(linear.bias()).copy_(Tensor.of(digits.next(out), out));
    return linear;
  }
}
