package dev.gatun.demo.tutorial;

import dev.gatun.io.Npy;
import dev.gatun.io.Safetensors;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One tensor in a file of NumPy's, a list or a map of them in a safetensors file: both are read by
/// PyTorch's side too, and neither can run code.
final class SavingTensors {
  private SavingTensors() {}

  static void saveOne(Path file, Tensor x) throws IOException {
    Npy.save(file, x);
  }

  static Tensor loadOne(Path file) throws IOException {
    return Npy.load(file);
  }

  /// A list goes into the file under its positions.
  static void saveList(Path file, List<Tensor> tensors) throws IOException {
    Map<String, Tensor> numbered = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      numbered.put(Integer.toString(numbered.size()), tensor);
    }
    Safetensors.save(file, numbered, Map.of());
  }

  static List<Tensor> loadList(Path file) throws IOException {
    Map<String, Tensor> numbered = Safetensors.load(file);
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < numbered.size(); i++) {
      tensors.add(numbered.get(Integer.toString(i)));
    }
    return tensors;
  }

  static void saveMap(Path file, Map<String, Tensor> tensors) throws IOException {
    Safetensors.save(file, tensors, Map.of());
  }

  static Map<String, Tensor> loadMap(Path file) throws IOException {
    return Safetensors.load(file);
  }

  static void run(PrintWriter out) throws IOException {
    Path folder = Files.createTempDirectory("tensors");
    Path one = folder.resolve("x.npy");
    Path more = folder.resolve("xy.safetensors");
    try (var _ = Scope.open("chapter")) {
      Tensor x = Tensor.arange(4);
      Tensor y = Tensor.zeros(4);
      saveOne(one, x);
      out.println("one:  " + loadOne(one));
      saveList(more, List.of(x, y));
      out.println("list: " + loadList(more));
      saveMap(more, Map.of("x", x, "y", y));
      out.println("map:  " + loadMap(more).get("y"));
    } finally {
      Files.deleteIfExists(one);
      Files.deleteIfExists(more);
      Files.delete(folder);
    }
  }
}
