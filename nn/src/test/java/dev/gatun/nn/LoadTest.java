package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.io.Npz;
import dev.gatun.io.Safetensors;
import dev.gatun.io.TensorFile;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Loading files that other programs wrote. `wrapped.pt` and `halves.pt` are PyTorch 1.13's.
class LoadTest {
  @TempDir private Path folder;

  /// Has the names of `wrapped.pt` but for those of its normalization.
  private static Sequential net() {
    Map<String, Module> modules = new LinkedHashMap<>();
    modules.put("fc", new Linear(3, 2));
    modules.put("out", new Linear(2, 1));
    return new Sequential(modules);
  }

  private static final class Tied extends Module {
    private final Linear mlp = child("mlp", new Linear(2, 3));
    private final Parameter embedding = parameter("embedding", Tensor.zeros(4, 2));
    private final Parameter head = parameter("head", embedding);

    @Override
    public Tensor forward(Tensor x) {
      return mlp.forward(x).add(head.sum());
    }
  }

  private static final KeyMap GPT =
      KeyMap.identity()
          .rename("h\\.\\d+\\.", "")
          .transpose("mlp\\.weight")
          .drop("mask")
          .replace(Map.of("wte", "embedding", "lm_head", "head"));

  @Test
  void stripsPrefixesThatItFinds() throws IOException {
    try (Sequential net = net()) {
      KeyMap keys = KeyMap.identity().drop("norm\\..*");
      LoadReport report =
          net.load(Golden.path(LoadTest.class, "wrapped.pt"), LoadOptions.defaults().keys(keys));
      assertEquals("state_dict.module.", report.prefix());
      assertTrue(report.isComplete());
      assertEquals("state_dict.module.fc.bias", report.loaded().get("fc.bias"));
      assertTrue(report.ignored().contains("optimizer.state.0.exp_avg"));
      assertArrayEquals(
          new float[] {0, 1, 2, 3, 4, 5}, net.parameters().getFirst().detach().toFloatArray());
      assertEquals(
          """
          loaded 4, prefix 'state_dict.module.' stripped
          ignored 6:
            state_dict.module.norm.weight
            state_dict.module.norm.bias
            state_dict.module.norm.running_mean
            state_dict.module.norm.running_var
            state_dict.module.norm.num_batches_tracked
            optimizer.state.0.exp_avg\
          """,
          report.toString());
    }
  }

  @Test
  void saysWhatDoesNotFit() throws IOException {
    Map<String, Module> modules = new LinkedHashMap<>();
    modules.put("fc", new Linear(3, 2));
    modules.put("out", new Linear(2, 3));
    modules.put("extra", new Linear(1, 1, false));
    Path file = Golden.path(LoadTest.class, "wrapped.pt");
    try (Sequential net = new Sequential(modules)) {
      double[] before = net.parameters().getFirst().detach().toDoubleArray();
      String problem =
          "stateDict: missing 'extra.weight'; unexpected 'state_dict.module.norm.weight',"
              + " 'state_dict.module.norm.bias', 'state_dict.module.norm.running_mean',"
              + " 'state_dict.module.norm.running_var',"
              + " 'state_dict.module.norm.num_batches_tracked'; 'out.weight' has shape [1,2], module"
              + " expects [3,2]; 'out.bias' has shape [1], module expects [3]";
      assertEquals(
          problem, assertThrows(IllegalArgumentException.class, () -> net.load(file)).getMessage());
      assertArrayEquals(before, net.parameters().getFirst().detach().toDoubleArray());
      LoadReport report = net.load(file, LoadOptions.defaults().dryRun(true));
      assertFalse(report.isComplete());
      assertArrayEquals(before, net.parameters().getFirst().detach().toDoubleArray());
      assertTrue(
          report.toString().contains("misshaped 2:\n  'out.weight' has shape [1,2]"),
          report::toString);
      LoadReport loaded =
          net.load(file, LoadOptions.defaults().strict(false).ignoreMisshaped(true));
      assertEquals(List.of("fc.weight", "fc.bias"), List.copyOf(loaded.loaded().keySet()));
      assertEquals(List.of("extra.weight"), loaded.keys().missing());
      assertEquals(5, net.parameters().getFirst().detach().get(1, 2));
    }
  }

  @Test
  void renamesTransposesConvertsAndTies() throws IOException {
    Path file = Golden.path(LoadTest.class, "halves.pt");
    try (Tied net = new Tied()) {
      LoadReport report = net.load(file, LoadOptions.defaults().keys(GPT));
      assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, net.mlp.weight().detach().toFloatArray());
      assertEquals(7, net.embedding.detach().get(3, 1));
      assertEquals(List.of("mlp.weight"), report.transposed());
      assertEquals(
          List.of("'mlp.weight' is F16, module has F32", "'mlp.bias' is F16, module has F32"),
          report.converted().stream().map(Object::toString).toList());
      assertEquals(List.of("h.0.mask"), report.ignored());
      assertTrue(report.isComplete());
    }
  }

  @Test
  void tiedNamesNeedNoValuesOfTheirOwn() throws IOException {
    Path file = Golden.path(LoadTest.class, "halves.pt");
    try (Tied net = new Tied()) {
      KeyMap noHead = KeyMap.identity().drop("lm_head").rename("^h\\.0\\.", "");
      KeyMap keys =
          noHead.transpose("mlp\\.weight").drop("mask").replace(Map.of("wte", "embedding"));
      LoadReport report = net.load(file, LoadOptions.defaults().keys(keys));
      assertEquals(Map.of("head", "embedding"), report.tied());
      assertTrue(report.isComplete());
      // The file has the head twice, the module once.
      KeyMap keepsHead =
          KeyMap.identity().rename("h\\.0\\.", "").drop("m.*").replace(Map.of("wte", "weight"));
      try (Module single = new Linear(2, 4, false)) {
        LoadReport second = single.load(file, LoadOptions.defaults().keys(keepsHead));
        assertEquals(Map.of("lm_head", "wte"), second.tied());
        assertTrue(second.isComplete());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXACT    | F32 | true",
        "EXACT    | F16 | false",
        "EXACT    | F64 | false",
        "LOSSLESS | F16 | true",
        "LOSSLESS | BF16 | true",
        "LOSSLESS | U8  | true",
        "LOSSLESS | F64 | false",
        "LOSSLESS | I32 | false",
        "CONVERT  | F64 | true",
        "CONVERT  | I64 | true",
      })
  void convertsAsFarAsItIsAllowed(DTypePolicy policy, DType dtype, boolean allowed) {
    try (Linear net = new Linear(1, 1, false);
        var _ = Scope.open()) {
      Map<String, Tensor> state = Map.of("weight", Tensor.full(dtype, 3, 1, 1));
      LoadOptions options = LoadOptions.defaults().dtypes(policy);
      if (allowed) {
        net.loadStateDict(state, options);
        assertEquals(3, net.weight().detach().item());
      } else {
        assertEquals(
            "stateDict: 'weight' is " + dtype + ", module has F32",
            assertThrows(IllegalArgumentException.class, () -> net.loadStateDict(state, options))
                .getMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"safetensors", "sharded", "npz"})
  void tellsTheFormatByTheContent(String format) throws IOException {
    Path file = folder.resolve("weights.bin");
    try (Sequential net = net();
        Sequential other = net()) {
      switch (format) {
        case "safetensors" -> net.save(file);
        case "npz" -> Npz.save(file, net.stateDict());
        default -> {
          Path index = folder.resolve("net.safetensors.index.json");
          Safetensors.saveSharded(index, net.stateDict(), Map.of(), 10);
          Files.copy(index, file);
        }
      }
      LoadReport report = other.load(file);
      assertTrue(report.isComplete());
      assertEquals("loaded 4", report.toString());
      for (String name : net.namedParameters().keySet()) {
        assertArrayEquals(
            Objects.requireNonNull(net.stateDict().get(name)).toFloatArray(),
            Objects.requireNonNull(other.stateDict().get(name)).toFloatArray());
      }
    }
  }

  @Test
  void saysThatAMappedFileIsGone() throws IOException {
    Path file = folder.resolve("cut.safetensors");
    try (Linear net = new Linear(256, 256)) {
      net.save(file);
      try (TensorFile opened = TensorFile.open(file)) {
        Map<String, Tensor> state = opened.tensors();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(100);
        }
        assertEquals(
            "stateDict: a mapped file was cut short while it was read; the module is partly"
                + " loaded",
            Objects.requireNonNull(
                    assertThrows(UncheckedIOException.class, () -> net.loadStateDict(state))
                        .getCause())
                .getMessage());
      }
    }
  }

  @Test
  void refusesRulesThatMakeTwoNamesOne() {
    try (Linear net = new Linear(1, 1);
        var _ = Scope.open()) {
      Map<String, Tensor> state = new LinkedHashMap<>();
      state.put("a.weight", Tensor.ones(1, 1));
      state.put("b.weight", Tensor.ones(1, 1));
      LoadOptions options =
          LoadOptions.defaults().keys(KeyMap.identity().stripPrefix("a.").stripPrefix("b."));
      assertEquals(
          "stateDict: 'a.weight' and 'b.weight' both become 'weight'",
          assertThrows(IllegalArgumentException.class, () -> net.loadStateDict(state, options))
              .getMessage());
      assertEquals("x.weight", KeyMap.identity().addPrefix("x.").apply("weight"));
    }
  }
}
