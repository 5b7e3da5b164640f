package dev.gatun.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The resources were written by NumPy 1.24.2, `np.savez` and `np.savez_compressed`.
class NpzTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "compressed.npz"})
  void readsWhatNumPyWrote(String name) throws IOException {
    Path file = FileBytes.copyOf(name, folder);
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> arrays = Npz.load(file);
      assertEquals(
          List.of("x", "y", "fortran", "small", "scalar"), new ArrayList<>(arrays.keySet()));
      assertArrayEquals(
          new float[] {0, 1, 2, 3, 4, 5}, Objects.requireNonNull(arrays.get("x")).toFloatArray());
      assertArrayEquals(
          new boolean[] {true, false}, Objects.requireNonNull(arrays.get("y")).toBooleanArray());
      assertArrayEquals(
          new double[] {0, 1, 2, 3, 4, 5},
          Objects.requireNonNull(arrays.get("fortran")).toDoubleArray());
      assertArrayEquals(new long[] {2, 3}, arrays.get("fortran").shape());
      assertTrue(arrays.get("fortran").isContiguous());
      assertArrayEquals(
          new int[] {-1, 2}, Objects.requireNonNull(arrays.get("small")).toIntArray());
      assertEquals(7, Objects.requireNonNull(arrays.get("scalar")).itemLong());
      assertEquals(2, arrays.get("x").add_(1).get(0, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writesWhatItReads(boolean deflate) throws IOException {
    Path file = folder.resolve("t.npz");
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> arrays = new LinkedHashMap<>();
      arrays.put("w", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).t());
      arrays.put("größe", Tensor.scalar(DType.F64, 3));
      arrays.put("zeros", Tensor.zeros(100_000));
      if (deflate) {
        Npz.saveCompressed(file, arrays);
      } else {
        Npz.save(file, arrays);
      }
      Map<String, Tensor> loaded = Npz.load(file);
      assertEquals(List.copyOf(arrays.keySet()), List.copyOf(loaded.keySet()));
      assertArrayEquals(
          new float[] {1, 3, 2, 4}, Objects.requireNonNull(loaded.get("w")).toFloatArray());
      assertEquals(3, Objects.requireNonNull(loaded.get("größe")).item());
      assertEquals(0, Objects.requireNonNull(loaded.get("zeros")).abs().sum().item());
    }
    assertEquals(deflate, Files.size(file) < 10_000);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path array = Files.write(folder.resolve("a.npy"), zip.getInputStream(entry).readAllBytes());
        assertTrue(Npy.load(array).numel() > 0);
      }
    }
  }

  @Test
  void refusesWhatIsNoArchiveOfArrays() throws IOException {
    Path array = FileBytes.copyOf("f4.npy", folder);
    assertEquals(
        "npz: " + array + ": is one array; read it with Npy.load",
        assertThrows(TensorFormatException.class, () -> Npz.load(array)).getMessage());
    Path other = Files.write(folder.resolve("other"), zip("readme.txt", new byte[10]));
    assertEquals(
        "npz: " + other + ": entry 'readme.txt' is not an npy array",
        assertThrows(TensorFormatException.class, () -> Npz.load(other)).getMessage());
    Path bad = Files.write(folder.resolve("bad"), zip("a.npy", new byte[100]));
    assertEquals(
        "npz: " + bad + ": array 'a': does not begin with NumPy's magic; this is not an npy file",
        assertThrows(TensorFormatException.class, () -> Npz.load(bad)).getMessage());
    assertThrows(
        DTypeException.class,
        () -> Npz.save(folder.resolve("x"), Map.of("b", Tensor.zeros(DType.BF16, 1))));
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "compressed.npz", "state.pt", "deflated.pt"})
  void survivesEveryCutAndManyKindsOfDamage(String name) throws IOException {
    byte[] good = FileBytes.resource(name);
    for (int length = 0; length < good.length; length++) {
      if (!Part.has(length)) {
        continue;
      }
      Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(good, length));
      String message = assertThrows(TensorFormatException.class, () -> read(file)).getMessage();
      assertEquals(1, message.lines().count(), message);
    }
    Random random = new Random(Part.seed(2));
    int refused = 0;
    for (int i = 0; i < Part.of(1500); i++) {
      byte[] bad = good.clone();
      for (int n = 0; n <= i % 3; n++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("fuzz"), bad);
      try {
        read(file);
      } catch (TensorFormatException e) {
        refused++;
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
    assertTrue(refused > Part.of(150), refused + " refused");
  }

  private static void read(Path file) throws IOException {
    try (Scope _ = Scope.open();
        TensorFile opened = TensorFile.open(file)) {
      for (Tensor tensor : opened.tensors().values()) {
        assertEquals(tensor.numel(), tensor.copy().numel());
      }
    }
  }
}
