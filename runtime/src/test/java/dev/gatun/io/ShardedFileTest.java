package dev.gatun.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardedFileTest {
  @TempDir private Path folder;

  private Path saved() throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put("a", Tensor.of(1, 2));
      tensors.put("b", Tensor.of(3, 4));
      tensors.put("large", Tensor.arange(100));
      tensors.put("c", Tensor.of(5));
      List<Path> written = Safetensors.saveSharded(index, tensors, Map.of("format", "pt"), 16);
      assertEquals(
          List.of(
              folder.resolve("model-00001-of-00003.safetensors"),
              folder.resolve("model-00002-of-00003.safetensors"),
              folder.resolve("model-00003-of-00003.safetensors"),
              index),
          written);
    }
    return index;
  }

  @Test
  void writesAndReadsASet() throws IOException {
    Path index = saved();
    try (TensorFile set = TensorFile.open(index)) {
      assertEquals(TensorFileFormat.SHARDED_SAFETENSORS, set.format());
      assertEquals(
          List.of("a", "b", "large", "c"), set.list().stream().map(TensorInfo::name).toList());
      assertEquals(99, set.tensor("large").get(99));
      assertArrayEquals(
          new float[] {3, 4}, Objects.requireNonNull(set.tensors().get("b")).toFloatArray());
      assertEquals(Map.of("total_size", "820"), set.metadata());
    }
    assertEquals(
        List.of("a", "b"),
        List.copyOf(Safetensors.load(folder.resolve("model-00001-of-00003.safetensors")).keySet()));
  }

  @Test
  void opensOnlyTheShardsThatAreNeeded() throws IOException {
    Path index = saved();
    Files.writeString(folder.resolve("model-00002-of-00003.safetensors"), "broken");
    try (TensorFile set = TensorFile.open(index)) {
      assertEquals(5, set.tensor("c").get(0));
      assertThrows(TensorFormatException.class, () -> set.tensor("large"));
      assertThrows(TensorFormatException.class, set::list);
    }
  }

  @Test
  void tellsWhatTheIndexAndTheShardsDisagreeOn() throws IOException {
    Path index = saved();
    Path first = folder.resolve("model-00001-of-00003.safetensors");
    Path third = folder.resolve("model-00003-of-00003.safetensors");
    byte[] good = Files.readAllBytes(first);
    Files.delete(first);
    assertProblem(index, "shard 'model-00001-of-00003.safetensors' is missing");
    Safetensors.save(first, Map.of("a", Tensor.of(1)), Map.of());
    assertProblem(
        index,
        "shard 'model-00001-of-00003.safetensors' does not have tensor 'b', which the index puts"
            + " there");
    Files.write(first, good);
    Safetensors.save(third, Map.of("c", Tensor.of(1), "b", Tensor.of(1)), Map.of());
    assertProblem(
        index,
        "shard 'model-00003-of-00003.safetensors' has tensor 'b', which the index puts elsewhere");
    Safetensors.save(third, Map.of("c", Tensor.of(1), "d", Tensor.of(1)), Map.of());
    assertProblem(
        index,
        "shard 'model-00003-of-00003.safetensors' has tensor 'd', which the index does not name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                  | index has no weight_map",
        "{'weight_map':[]}   | weight_map is not an object",
        "{'weight_map':{'a':1}} | the shard of 'a' is not text",
        "{'weight_map':{'a':'../x'}} | shard '../x' of tensor 'a' is not a file of the same folder",
        "{'weight_map':{'a':'/etc/x'}} | shard '/etc/x' of tensor 'a' is not a file of the same"
            + " folder",
        "{'weight_map':{'a':'..'}} | shard '..' of tensor 'a' is not a file of the same folder",
        "{'weight_map':{'a':''}} | shard '' of tensor 'a' is not a file of the same folder",
        "{'weight_map':{'a':'x','a':'y'}} | tensor 'a' is there twice",
        "{'weight_map':{},'weight_map':{}} | weight_map is there twice",
        "{'weight_map':{}} 7 | index goes on after its last '}'",
        "{'weight_map':{'a'  | index is not valid JSON: Unexpected end-of-input within/between"
            + " Object entries",
      })
  void refusesIndexes(String json, String problem) throws IOException {
    Path index = Files.writeString(folder.resolve("bad.json"), json.replace('\'', '"'));
    assertProblem(index, problem);
  }

  @Test
  void refusesWhatCannotBeSaved() {
    Path index = folder.resolve("model.json");
    assertEquals(
        "safetensors: " + index + ": the name of an index must end with .safetensors.index.json",
        assertThrows(
                IllegalArgumentException.class,
                () -> Safetensors.saveSharded(index, Map.of(), Map.of(), 1))
            .getMessage());
    Path good = folder.resolve("m.safetensors.index.json");
    assertEquals(
        "safetensors: " + good + ": the size of a shard must be above 0: 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> Safetensors.saveSharded(good, Map.of(), Map.of(), 0))
            .getMessage());
  }

  private static void assertProblem(Path index, String problem) {
    assertEquals(
        "safetensors: " + index + ": " + problem,
        assertThrows(
                TensorFormatException.class,
                () -> {
                  try (TensorFile set = TensorFile.open(index)) {
                    throw new AssertionError(set.list());
                  }
                })
            .getMessage());
  }
}
