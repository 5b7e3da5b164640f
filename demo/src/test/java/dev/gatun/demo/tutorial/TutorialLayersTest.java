package dev.gatun.demo.tutorial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.gatun.memory.Scope;
import dev.gatun.nn.Module;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chapters on lazy layers, layers of one's own and files of tensors, against PyTorch.
class TutorialLayersTest {
  private static final String FILE = "tutorial-layers.txt";

  @Test
  void deferredInitialization() throws IOException {
    check("deferred", DeferredInitialization.network());
  }

  @Test
  void layersWithoutParameters() throws IOException {
    check("centered", LayersWithoutParameters.network());
  }

  @Test
  void layersWithParameters() throws IOException {
    check(
        "my-linear",
        new dev.gatun.nn.Sequential(
            new LayersWithParameters.MyLinear(16, 8), new LayersWithParameters.MyLinear(8, 1)));
  }

  private static void check(String name, Module net) throws IOException {
    GoldenCase golden = GoldenCase.read(FILE, name);
    try (var _ = Scope.open("test");
        net) {
      net.load(GoldenCase.path(name + ".safetensors"));
      Tensor y = net.forward(golden.input());
      float[] expected = golden.values("out y");
      assertArrayEquals(expected, Arrays.copyOf(y.toFloatArray(), expected.length), 1e-4f);
      y.square().sum().backward();
      for (var parameter : net.namedParameters().entrySet()) {
        Tensor gradient = parameter.getValue().grad();
        assertNotNull(gradient);
        double sum = golden.values("grad " + parameter.getKey() + ".sum")[0];
        double actual = gradient.sum().item();
        assertEquals(sum, actual, 1e-4 * Math.abs(sum) + 1e-3, parameter.getKey());
      }
    }
  }

  @Test
  void theFirstInputInitializes() {
    try (var _ = Scope.open("test");
        var net = DeferredInitialization.initialized(Tensor.rand(2, 20))) {
      double bound = Math.sqrt(6.0 / (20 + 256));
      Tensor weight = net.getParameter("0.weight").detach();
      assertArrayEquals(new long[] {256, 20}, weight.shape());
      assertEquals(bound, weight.abs().max().item(), 0.05 * bound);
    }
  }

  @Test
  void readsTensorsThatPyTorchAndNumPyWrote() throws IOException {
    GoldenCase golden = GoldenCase.read(FILE, "tensors");
    try (var _ = Scope.open("test")) {
      Path file = GoldenCase.path("tensors.safetensors");
      List<Tensor> list = SavingTensors.loadList(file);
      assertEquals(2, list.size());
      assertArrayEquals(golden.values("out 0"), list.get(0).toFloatArray());
      assertArrayEquals(golden.values("out 1"), list.get(1).toFloatArray());
      assertEquals(List.of("0", "1"), List.copyOf(SavingTensors.loadMap(file).keySet()));
      Tensor one = SavingTensors.loadOne(GoldenCase.path("tensor.npy"));
      assertArrayEquals(golden.shape("out 1"), one.shape());
      assertArrayEquals(golden.values("out 1"), one.toFloatArray());
    }
  }

  @Test
  void readsWhatItWrote(@TempDir Path folder) throws IOException {
    try (var _ = Scope.open("test")) {
      Tensor x = Tensor.rand(2, 3);
      Tensor y = Tensor.arange(4);
      Map<String, Tensor> map = new LinkedHashMap<>(Map.of("x", x, "y", y));
      SavingTensors.saveMap(folder.resolve("map"), map);
      SavingTensors.saveList(folder.resolve("list"), List.of(x, y));
      SavingTensors.saveOne(folder.resolve("one"), y);
      assertEquals(map.keySet(), SavingTensors.loadMap(folder.resolve("map")).keySet());
      assertArrayEquals(
          x.toFloatArray(), SavingTensors.loadList(folder.resolve("list")).get(0).toFloatArray());
      assertArrayEquals(
          y.toLongArray(), SavingTensors.loadOne(folder.resolve("one")).toLongArray());
    }
  }
}
