package dev.gatun.demo.tutorial;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/// Parameters go to a file that PyTorch reads, and come back into another network of this shape.
final class SavingParameters {
  private SavingParameters() {}

  static void run(PrintWriter out) throws IOException {
    Path file = Files.createTempFile("mlp", ".safetensors");
    try (var _ = Scope.open("chapter");
        var net = new CustomBlock.MLP();
        var clone = new CustomBlock.MLP()) {
      net.save(file);
      out.println("saved in %d bytes: %s".formatted(Files.size(file), net.stateDict().keySet()));

      Tensor x = Tensor.rand(2, 20);
      out.println("equal before: " + net.forward(x).equal(clone.forward(x)));
      clone.load(file);
      out.println("equal after:  " + net.forward(x).equal(clone.forward(x)));
    } finally {
      Files.delete(file);
    }
  }
}
