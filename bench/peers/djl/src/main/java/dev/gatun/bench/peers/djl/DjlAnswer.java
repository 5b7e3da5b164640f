package dev.gatun.bench.peers.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import dev.gatun.bench.coldstart.Answer;
import dev.gatun.bench.coldstart.Digits;
import java.io.IOException;

/// The first answer of PyTorch through DJL's arrays, on one thread, with nothing looked for on the
/// network.
public final class DjlAnswer {
  private DjlAnswer() {}

  /// Answers once.
  ///
  /// @param args the file of numbers
  /// @throws IOException if it cannot be read
  public static void main(String[] args) throws IOException {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Digits digits = Digits.read(args[0]);
    int[] sizes = Digits.sizes();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray[] parameters = new NDArray[2 * (sizes.length - 1)];
      for (int i = 1; i < sizes.length; i++) {
        Shape shape = new Shape(sizes[i], sizes[i - 1]);
        parameters[2 * i - 2] = manager.create(digits.next(sizes[i] * sizes[i - 1]), shape);
        parameters[2 * i - 1] = manager.create(digits.next(sizes[i]), new Shape(sizes[i]));
      }
      NDArray y = manager.create(digits.next(sizes[0]), new Shape(1, sizes[0]));
      for (int i = 0; i < parameters.length; i += 2) {
        y = Linear.linear(y, parameters[i], parameters[i + 1]).singletonOrThrow();
        y = i + 2 < parameters.length ? Activation.relu(y) : y;
      }
      Answer.tell(y.toFloatArray());
    }
  }
}
