package dev.gatun.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What all formats have in common, and what safetensors files have beside the reference's dtypes.
class TensorFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "reference.safetensors, SAFETENSORS",
    "state.pt, PYTORCH",
    "deflated.pt, PYTORCH",
    "f4.npy, NPY",
    "stored.npz, NPZ",
    "compressed.npz, NPZ",
  })
  void tellsFormatsByTheirContent(String name, TensorFileFormat format) throws IOException {
    Path file = Files.write(folder.resolve("of-no-name"), FileBytes.resource(name));
    assertEquals(format, TensorFile.format(file));
    try (TensorFile opened = TensorFile.open(file)) {
      assertEquals(format, opened.format());
      for (TensorInfo info : opened.list()) {
        Tensor tensor = opened.tensor(info.name());
        assertEquals(info.dtype(), tensor.dtype());
        assertArrayEquals(Bytes.toArray(info.shape()), tensor.shape());
        assertEquals(info.numel(), tensor.numel());
        assertThrows(UnsupportedOperationException.class, tensor::zero_);
      }
      assertEquals(opened.list().size(), opened.tensors().size());
      assertTrue(
          String.valueOf(
                  assertThrows(IllegalArgumentException.class, () -> opened.tensor("no such"))
                      .getMessage())
              .endsWith("'no such'"));
    }
  }

  @Test
  void refusesFilesOfNoFormat() throws IOException {
    for (String text : List.of("", "hello", "GIF89a..........", "\0\0\0\0\0\0\0\0\0\0")) {
      Path file = Files.writeString(folder.resolve("x"), text);
      assertEquals(
          "tensor file: "
              + file
              + ": is none of safetensors, its index (JSON), PyTorch's zip, npy and npz",
          assertThrows(TensorFormatException.class, () -> TensorFile.format(file)).getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I8      | 80 ff 00 7f | I32 | [-128.0, -1.0, 0.0, 127.0]",
        "I16     | 00 80 ff 7f | I32 | [-32768.0, 32767.0]",
        "U16     | 00 80 ff ff | I32 | [32768.0, 65535.0]",
        "U32     | ff ff ff ff | I64 | [4.294967295E9]",
        "F8_E4M3 | 38 b8 7e 01 08 07 7f | F32 | [1.0, -1.0, 448.0, 0.001953125, 0.015625,"
            + " 0.013671875, NaN]",
        "F8_E5M2 | 3c bc 7b 01 7c 7e | F32 | [1.0, -1.0, 57344.0, 1.52587890625E-5, Infinity,"
            + " NaN]",
      })
  void widensDtypesWithoutLoss(String name, String hex, DType dtype, String values)
      throws IOException {
    String[] digits = hex.split(" ", -1);
    ElementType type = ElementType.valueOf(name);
    String header =
        "{\"a\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(name, digits.length / type.byteSize(), digits.length);
    byte[] bytes = FileBytes.safetensors(header, digits.length);
    for (int i = 0; i < digits.length; i++) {
      bytes[bytes.length - digits.length + i] = (byte) Integer.parseInt(digits[i], 16);
    }
    Path file = Files.write(folder.resolve("wide"), bytes);
    try (TensorFile opened = TensorFile.open(file)) {
      assertEquals(name, opened.list().getFirst().storedAs());
      assertEquals(digits.length, opened.list().getFirst().bytes());
      Tensor tensor = opened.tensor("a");
      assertEquals(dtype, tensor.dtype());
      assertEquals(values, Arrays.toString(tensor.to(DType.F64).toDoubleArray()));
    }
    assertEquals(dtype, Objects.requireNonNull(Safetensors.load(file).get("a")).dtype());
  }

  @Test
  void listsDtypesThatItRefuses() throws IOException {
    String header =
        "{\"u\":{\"dtype\":\"U64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"f\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
    Path file = Files.write(folder.resolve("u64"), FileBytes.safetensors(header, 12));
    try (TensorFile opened = TensorFile.open(file)) {
      assertNull(opened.list().getFirst().dtype());
      assertThrows(TensorFormatException.class, () -> opened.tensor("u"));
      assertEquals(0, opened.tensor("f").get(0));
    }
  }

  /// A gigabyte that takes no room on the disk.
  @Test
  void opensAGigabyteWithoutReadingIt() throws IOException {
    long bytes = 1L << 30;
    String json =
        "{\"big\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(bytes / 4, bytes);
    Path file =
        Files.write(
            folder.resolve("big"), FileBytes.safetensors(json + " ".repeat(-json.length() & 7), 0));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sparse.length() + bytes);
    }
    open(file); // classes are loaded once
    Garbage.collect();
    long native0 = MemoryStats.now().liveBytes();
    open(file);
    assertEquals(native0, MemoryStats.now().liveBytes());
  }

  private static void open(Path file) throws IOException {
    long before = allocated();
    try (TensorFile opened = TensorFile.open(file)) {
      assertEquals(0, opened.tensor("big").get(12345));
      long grown = allocated() - before;
      assertTrue(grown < 256 << 20, grown + " bytes of heap");
    }
  }

  private static long allocated() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /// The kernel takes the pages away; what was not asked for yet is refused in one line, what was
  /// is an error of the machine that Java survives.
  @Test
  void survivesAFileThatIsCutShort() throws IOException {
    Path file = folder.resolve("cut");
    try (Scope _ = Scope.open()) {
      Safetensors.save(file, Map.of("w", Tensor.ones(1 << 16)), Map.of());
    }
    try (TensorFile opened = TensorFile.open(file)) {
      Tensor early = opened.tensor("w");
      assertEquals(1, early.get(60_000));
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(100);
      }
      assertEquals(
          "safetensors: "
              + file
              + ": the file was cut short while it was open: 100 of "
              + (262_144 + headerBytes())
              + " bytes are left",
          assertThrows(TensorFormatException.class, () -> opened.tensor("w")).getMessage());
      assertThrows(InternalError.class, () -> early.get(60_000));
    }
  }

  private static int headerBytes() {
    int json = "{\"w\":{\"dtype\":\"F32\",\"shape\":[65536],\"data_offsets\":[0,262144]}}".length();
    return 8 + (json + 7) / 8 * 8;
  }

  /// As many bytes of JSON as are allowed, all in one name, and one more.
  @Test
  void readsAHeaderOfAHundredMegabytesAndNoMore() throws IOException {
    Path file = folder.resolve("long");
    int most = SafetensorsHeader.MAX_BYTES;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer text = ByteBuffer.allocate(8 + most).order(ByteOrder.LITTLE_ENDIAN).putLong(most);
      text.put((byte) '{').put((byte) '"');
      Arrays.fill(text.array(), text.position(), text.capacity(), (byte) 'n');
      channel.write(text.clear());
    }
    assertTrue(
        assertThrows(TensorFormatException.class, () -> Safetensors.load(file))
            .getMessage()
            .contains("header is not valid JSON"));
  }
}
