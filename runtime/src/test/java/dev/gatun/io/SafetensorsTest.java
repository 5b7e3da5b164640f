package dev.gatun.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `reference.safetensors` was written by safetensors 0.8.0 with PyTorch 1.13.
class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void readsWhatTheReferenceImplementationWrote() throws IOException {
    Map<String, Tensor> tensors =
        Safetensors.load(FileBytes.copyOf("reference.safetensors", folder));
    assertEquals(
        List.of("i64", "f64", "empty", "scalar", "weight", "i32", "bf16", "f16", "u8", "bool"),
        new ArrayList<>(tensors.keySet()));
    Tensor weight = get(tensors, "weight");
    assertEquals(DType.F32, weight.dtype());
    assertArrayEquals(new long[] {2, 3}, weight.shape());
    assertArrayEquals(
        new float[] {1.5f, -2, 3.25f, 0, Float.POSITIVE_INFINITY, -0.5f}, weight.toFloatArray());
    assertArrayEquals(new double[] {0.1, -1e300}, get(tensors, "f64").toDoubleArray());
    assertArrayEquals(new int[] {-1, Integer.MAX_VALUE}, get(tensors, "i32").toIntArray());
    assertArrayEquals(new long[] {2, 1}, get(tensors, "i32").shape());
    assertArrayEquals(new long[] {-9007199254740993L}, get(tensors, "i64").toLongArray());
    assertArrayEquals(new byte[] {0, -128, -1}, get(tensors, "u8").toByteArray());
    assertArrayEquals(new boolean[] {true, false, true}, get(tensors, "bool").toBooleanArray());
    assertEquals(DType.BF16, get(tensors, "bf16").dtype());
    assertArrayEquals(new float[] {1, -3}, get(tensors, "bf16").to(DType.F32).toFloatArray());
    assertArrayEquals(new float[] {0.5f, 65504}, get(tensors, "f16").to(DType.F32).toFloatArray());
    assertEquals(7, get(tensors, "scalar").item());
    assertArrayEquals(new long[] {0, 3}, get(tensors, "empty").shape());
  }

  @Test
  void writesWhatTheReferenceImplementationWrites() throws IOException {
    Path source = FileBytes.copyOf("reference.safetensors", folder);
    Path copy = folder.resolve("copy.safetensors");
    Safetensors.save(copy, Safetensors.load(source), Safetensors.metadata(source));
    assertArrayEquals(Files.readAllBytes(source), Files.readAllBytes(copy));
  }

  @Test
  void keepsOrderNamesAndTexts() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> saved = new LinkedHashMap<>();
      saved.put("bytes", Tensor.of(new byte[] {1, 2, 3}, 3));
      saved.put("z", Tensor.of(1, 2));
      saved.put("größe \"\n", Tensor.of(3));
      Map<String, String> texts = Map.of("layers", "[1, 2]", "note", "ä\n\"");
      Safetensors.save(file, saved, texts);
      assertEquals(texts, Safetensors.metadata(file));
    }
    Map<String, Tensor> loaded = Safetensors.load(file);
    assertEquals(List.of("z", "größe \"\n", "bytes"), new ArrayList<>(loaded.keySet()));
    assertArrayEquals(new float[] {1, 2}, get(loaded, "z").toFloatArray());
    assertArrayEquals(new byte[] {1, 2, 3}, get(loaded, "bytes").toByteArray());
  }

  @Test
  void savesViewsAndParametersByValueAndLeavesNoMemoryBehind() throws IOException {
    Path file = folder.resolve("views.safetensors");
    try (Scope _ = Scope.open()) {
      Tensor matrix = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).requiresGrad_();
      Map<String, Tensor> views =
          Map.of(
              "t", matrix.t(), "one", Tensor.scalar(7).expand(2, 2), "mid", matrix.narrow(1, 1, 1));
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      Safetensors.save(file, views, Map.of());
      assertEquals(before, MemoryStats.now().liveBytes());
    }
    Map<String, Tensor> loaded = Safetensors.load(file);
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, get(loaded, "t").toFloatArray());
    assertArrayEquals(new long[] {3, 2}, get(loaded, "t").shape());
    assertArrayEquals(new float[] {7, 7, 7, 7}, get(loaded, "one").toFloatArray());
    assertArrayEquals(new float[] {2, 5}, get(loaded, "mid").toFloatArray());
    assertFalse(get(loaded, "t").requiresGrad());
  }

  @Test
  void savesNothing() throws IOException {
    Path file = folder.resolve("none.safetensors");
    Safetensors.save(file, Map.of(), Map.of());
    assertEquals(Map.of(), Safetensors.load(file));
    assertEquals(Map.of(), Safetensors.metadata(file));
  }

  @Test
  void loadedTensorsAreReadOnly() throws IOException {
    Tensor weight =
        get(Safetensors.load(FileBytes.copyOf("reference.safetensors", folder)), "weight");
    assertEquals(
        "tensor [2,3] is read-only memory; copy it and write to the copy",
        assertThrows(UnsupportedOperationException.class, () -> weight.add_(1)).getMessage());
    assertThrows(
        UnsupportedOperationException.class, () -> weight.segment().asByteBuffer().putInt(0, 1));
    assertEquals(2.5, weight.copy().add_(1).get(0, 0));
  }

  @Test
  void loadedTensorsServeEveryThreadAndBelongToNoScope() throws IOException {
    Map<String, Tensor> loaded;
    try (Scope _ = Scope.open()) {
      loaded = Safetensors.load(FileBytes.copyOf("reference.safetensors", folder));
    }
    Tensor ints = get(loaded, "i32");
    assertTrue(ints.isShared());
    assertEquals(
        List.of(-1, Integer.MAX_VALUE),
        CompletableFuture.supplyAsync(() -> ints.toIntArray())
            .thenApply(values -> List.of(values[0], values[1]))
            .join());
  }

  @Test
  void aLoadedFileMayBeReplaced() throws IOException {
    Path file = FileBytes.copyOf("reference.safetensors", folder);
    Map<String, Tensor> loaded = Safetensors.load(file);
    Safetensors.save(file, Map.of("u8", get(loaded, "u8")), Map.of());
    assertEquals(1.5, get(loaded, "weight").get(0, 0));
    assertArrayEquals(new byte[] {0, -128, -1}, get(Safetensors.load(file), "u8").toByteArray());
  }

  @Test
  void copiesTensorsThatAnOldWriterDidNotAlign() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} ";
    byte[] bytes = FileBytes.safetensors(header.stripTrailing(), 8);
    assertTrue((bytes.length - 8) % 4 != 0);
    bytes[bytes.length - 1] = 0x40;
    Tensor a = get(Safetensors.load(Files.write(folder.resolve("odd"), bytes)), "a");
    assertArrayEquals(new float[] {0, 2}, a.toFloatArray());
    assertEquals(0, a.segment().address() % 4);
    assertThrows(UnsupportedOperationException.class, () -> a.zero_());
  }

  @Test
  void aClosedFileCanNoLongerBeRead() throws IOException {
    Path path = FileBytes.copyOf("reference.safetensors", folder);
    Tensor weight;
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      weight = get(file.tensors(), "weight");
      assertEquals(1.5, weight.get(0, 0));
      assertEquals(Map.of("format", "pt"), file.metadata());
      assertThrows(UnsupportedOperationException.class, () -> file.tensors().clear());
      Runnable closeFirst = file::close;
      closeFirst.run();
    }
    assertEquals(
        "the arena of wrapped memory is closed: tensor [2,3] was wrapped around it and can no"
            + " longer be read",
        assertThrows(IllegalStateException.class, weight::toFloatArray).getMessage());
  }

  @Test
  void aFailedSaveLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = FileBytes.copyOf("reference.safetensors", folder);
    Tensor gone;
    try (Scope _ = Scope.open("step")) {
      gone = Tensor.of(1, 2);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("good", Tensor.of(1));
    tensors.put("gone", gone);
    assertThrows(IllegalStateException.class, () -> Safetensors.save(file, tensors, Map.of()));
    assertArrayEquals(FileBytes.resource("reference.safetensors"), Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void savesThroughALink() throws IOException {
    Path file = FileBytes.copyOf("reference.safetensors", folder);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Safetensors.save(link, Map.of("a", Tensor.of(1)), Map.of());
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(1, get(Safetensors.load(file), "a").item());
  }

  @Test
  void refusesWhatCannotBeSaved() {
    Path file = folder.resolve("x");
    assertEquals(
        "safetensors: " + file + ": no tensor can be named '__metadata__'",
        assertThrows(
                IllegalArgumentException.class,
                () -> Safetensors.save(file, Map.of("__metadata__", Tensor.of(1)), Map.of()))
            .getMessage());
    assertEquals(
        "safetensors: " + file + ": tensor 'deep' has 65 dimensions (at most 64)",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Safetensors.save(
                        file, Map.of("deep", Tensor.scalar(1).expand(ones(65))), Map.of()))
            .getMessage());
    assertEquals(
        folder + ": is not a file that can be replaced",
        assertThrows(FileSystemException.class, () -> Safetensors.save(folder, Map.of(), Map.of()))
            .getMessage());
    assertEquals(
        folder.resolve("no").toString(),
        assertThrows(
                NoSuchFileException.class,
                () -> Safetensors.save(folder.resolve("no/x"), Map.of(), Map.of()))
            .getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void refusesBigEndianMachines() {
    assertEquals(
        "safetensors: this machine is big-endian: tensor files need a little-endian one",
        assertThrows(
                UnsupportedOperationException.class,
                () -> Bytes.requireLittleEndian("safetensors", ByteOrder.BIG_ENDIAN))
            .getMessage());
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Tensor get(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }
}
