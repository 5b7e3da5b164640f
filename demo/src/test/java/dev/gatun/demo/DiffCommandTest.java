package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.io.Safetensors;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Activations;
import dev.gatun.nn.BatchNorm1d;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Index;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
  @TempDir private Path folder;

  @Test
  void namesTheFirstLayerThatDeparts() throws IOException {
    Path a = folder.resolve("a.safetensors");
    Path b = folder.resolve("b.safetensors");
    try (Linear first = new Linear(3, 4);
        Linear second = new Linear(4, 2);
        Sequential net = new Sequential(first, new ReLU(), second);
        var _ = Scope.open();
        var _ = NoGrad.open()) {
      first.weight().fill_(0.5);
      second.weight().fill_(0.25);
      Tensor x = Tensor.ones(2, 3);
      Activations.save(a, Activations.record(net, x));
      second.weight().put_(0.75, Index.of(1), Index.of(0));
      Activations.save(b, Activations.record(net, x));
    }
    Cli same = Cli.run("diff", a, a);
    assertEquals(0, same.status());
    assertEquals("all 4 agree", same.out().lines().toList().getLast());
    Cli differ = Cli.run("diff", a, b);
    assertEquals(1, differ.status());
    List<String> lines = differ.out().lines().toList();
    assertEquals("0", lines.get(1).split(" ", -1)[0]);
    assertEquals(
        true,
        lines.getLast().matches("first to depart: 2: max abs .*, first at \\[0,1]"),
        lines.getLast());
    assertEquals(0, Cli.run("diff", a, b, "--atol", "100").status());
  }

  /// The whole way of a model from PyTorch: its weights are loaded, its activations recorded here
  /// and compared with those that were recorded there.
  @Test
  void agreesWithWhatPyTorchRecorded() throws IOException {
    Path python = Golden.path(DiffCommandTest.class, "recorded.pt");
    Path java = folder.resolve("java.safetensors");
    Map<String, Module> layers = new LinkedHashMap<>();
    layers.put("fc", new Linear(3, 2));
    layers.put("norm", new BatchNorm1d(2));
    layers.put("out", new Linear(2, 1));
    try (Sequential net = new Sequential(layers);
        var _ = Scope.open();
        var _ = NoGrad.open()) {
      assertEquals("model.", net.load(Golden.path(DiffCommandTest.class, "network.pt")).prefix());
      net.eval();
      Tensor x = Tensor.arange(12).to(DType.F32).reshape(4, 3).div(10);
      Activations.save(java, Activations.record(net, x));
      List<String> lines = Cli.lines("diff", java, python);
      assertEquals(List.of("fc", "norm", "out", "output"), names(lines));
      assertEquals("all 4 agree", lines.getLast());
      net.train();
      Activations.save(java, Activations.record(net, x));
      assertEquals(
          true, Cli.run("diff", java, python).out().contains("first to depart: norm: max abs"));
    }
  }

  private static List<String> names(List<String> lines) {
    return lines.subList(1, lines.size() - 1).stream().map(line -> line.split(" ", -1)[0]).toList();
  }

  @Test
  void comparesShapesAndNamesToo() throws IOException {
    Path a = folder.resolve("a.safetensors");
    Path b = folder.resolve("b.safetensors");
    try (var _ = Scope.open()) {
      Map<String, Tensor> left = new LinkedHashMap<>();
      left.put("nan", Tensor.of(Float.NaN, 1, Float.POSITIVE_INFINITY));
      left.put("shape", Tensor.ones(2));
      left.put("only", Tensor.ones(2));
      Safetensors.save(a, left, Map.of());
      Safetensors.save(b, Map.of("nan", left.get("nan"), "shape", Tensor.ones(3)), Map.of());
      assertEquals(
          List.of(
              "name   shape  max abs  max rel  beyond",
              "nan    [3]          0        0     0/3",
              "shape  [2]          -        -   shape",
              "only in " + a + ": only",
              "first to depart: shape: shapes [2] and [3]"),
          Cli.run("diff", a, b).out().lines().toList());
      Safetensors.save(b, Map.of("other", Tensor.ones(1)), Map.of());
    }
    assertEquals(
        "gatun diff: no tensor has the same name in both: " + a + ", " + b,
        Cli.refusal("diff", a, b));
  }
}
