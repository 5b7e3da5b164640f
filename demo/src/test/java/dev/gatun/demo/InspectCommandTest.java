package dev.gatun.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.io.Npy;
import dev.gatun.io.Safetensors;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir private Path folder;

  private Path saved() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (var _ = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put("w", Tensor.of(new float[] {1, 2, 3, Float.NaN}, 2, 2));
      tensors.put("half", Tensor.full(DType.F16, 0.5, 3));
      tensors.put("empty", Tensor.zeros(DType.I64, 0));
      tensors.put("inf", Tensor.of(Float.POSITIVE_INFINITY, 0.125f));
      Safetensors.save(file, tensors, Map.of("note", "two\nlines"));
    }
    return file;
  }

  @Test
  void listsTensorsWithStatistics() throws IOException {
    Path file = saved();
    assertEquals(
        List.of(
            file + ": safetensors, 4 tensors, 9 elements, 30 bytes",
            "name dtype shape bytes min max mean std NaN",
            "empty I64 [0] 0 - - - - 0",
            "w F32 [2,2] 16 1 3 2 1 1",
            "inf F32 [2] 8 0.12500 inf inf - 0",
            "half F16 [3] 6 0.50000 0.50000 0.50000 0 0",
            "note: two lines"),
        Cli.lines("inspect", file).stream().map(line -> line.replaceAll(" +", " ")).toList());
  }

  @Test
  void readsHeadersAloneWhenAsked() throws IOException {
    Path file = saved();
    List<String> lines = Cli.lines("inspect", "--no-stats", file);
    assertEquals("name   dtype  shape  bytes", lines.get(1));
    assertEquals("w      F32    [2,2]     16", lines.get(3));
  }

  @Test
  void looksAtAPrefixAlone() throws IOException {
    List<String> lines = Cli.lines("inspect", "--no-stats", "--prefix", "ha", saved());
    assertEquals("lf    F16    [3]        6", lines.get(2));
    assertEquals(
        "gatun inspect: no tensor begins with --prefix 'x.'",
        Cli.refusal("inspect", saved(), "--prefix", "x."));
  }

  @Test
  void readsArraysToo() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.save(file, Tensor.arange(5).to(DType.I64));
    List<String> lines = Cli.lines("inspect", file);
    assertEquals(file + ": npy, 1 tensors, 5 elements, 40 bytes", lines.getFirst());
    assertTrue(lines.get(2).matches("array +I64 +\\[5] +40 +0 +4 +2 +1.5811 +0"), lines.get(2));
  }

  @Test
  void refusesWhatIsNoFileOfTensors() throws IOException {
    assertEquals("gatun inspect: " + folder + ": is a folder", Cli.refusal("inspect", folder));
    assertEquals(
        "gatun inspect: --name is no name for a class: 7",
        Cli.refusal("inspect", saved(), "--skeleton", "--name", "7"));
  }
}
