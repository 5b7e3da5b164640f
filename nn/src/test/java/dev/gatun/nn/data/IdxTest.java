package dev.gatun.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxTest {
  private static final String LABELS = "00000801 00000003 070809";

  @TempDir private Path folder;

  @Test
  void readsPlainAndCompressedFiles() throws IOException {
    Idx plain = Idx.read(file(bytes(LABELS)), 1);
    assertEquals(3, plain.size(0));
    assertArrayEquals(new byte[] {7, 8, 9}, plain.data());
    assertArrayEquals(plain.data(), Idx.read(file(gzip(bytes(LABELS))), 1).data());
  }

  @Test
  void readsThreeDimensions() throws IOException {
    String images = "00000803 00000002 00000001 00000002 01020304";
    Idx file = Idx.read(file(bytes(images)), 3);
    assertEquals(2, file.size(0));
    assertEquals(1, file.size(1));
    assertEquals(2, file.size(2));
    try (var _ = Scope.open()) {
      assertEquals(DType.U8, file.tensor().dtype());
      assertArrayEquals(new long[] {2, 1, 2}, file.tensor().shape());
      assertArrayEquals(new long[] {1, 2, 3, 4}, file.tensor().toLongArray());
    }
  }

  @Test
  void refusesToLookForNoDimensions() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Idx.read(folder, 0));
    assertEquals("Idx: dimensions must be of 1 to 255: 0", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          | IDX file is truncated: FILE (0 bytes where the magic takes 4)
          00 | IDX file is truncated: FILE (1 bytes where the magic takes 4)
          00000803 | IDX file has the wrong magic: FILE (0x00000803 where 0x00000801 is expected)
          00000d01 00000001 00 | IDX file has the wrong magic: FILE (0x00000d01 where 0x00000801 is expected)
          89504e47 0d0a1a0a | IDX file has the wrong magic: FILE (0x89504e47 where 0x00000801 is expected)
          00000801 0000 | IDX file is truncated: FILE (8 bytes of header, got 6)
          00000801 ffffffff | IDX file has a negative size: FILE (-1)
          00000801 7fffffff 01 | IDX file is too large: FILE (2147483647 elements)
          00000801 70000000 01 | IDX file is truncated: FILE (1879048192 = 1879048192 bytes, got 1)
          00000801 00000003 0708 | IDX file is truncated: FILE (3 = 3 bytes, got 2)
          00000801 00000003 07080900 | IDX file has bytes left over: FILE (3 = 3 bytes)
          1f8b | IDX file is truncated: FILE (its gzip stream just ends)
          1f8bffffffffffffffffffff | IDX file is damaged: FILE (gzip: Unsupported compression method)
          """)
  void refusesHostileFiles(String hex, String message) throws IOException {
    Path file = file(bytes(hex == null ? "" : hex));
    IOException e = assertThrows(IOException.class, () -> Idx.read(file, 1));
    assertEquals(message.replace("FILE", file.toString()), e.getMessage());
  }

  @Test
  void refusesSizesWhoseProductOverflows() throws IOException {
    Path file = file(bytes("00000803 7fffffff 7fffffff 7fffffff"));
    IOException e = assertThrows(IOException.class, () -> Idx.read(file, 3));
    assertTrue(String.valueOf(e.getMessage()).contains("is too large"), e.getMessage());
  }

  @Test
  void refusesEveryTruncationOfACompressedFile() throws IOException {
    byte[] whole = gzip(bytes(LABELS));
    for (int length = 0; length < whole.length; length++) {
      Path file = file(Arrays.copyOf(whole, length));
      IOException e = assertThrows(IOException.class, () -> Idx.read(file, 1));
      assertTrue(String.valueOf(e.getMessage()).contains("truncated"), e.getMessage());
    }
  }

  @Test
  void refusesFoldersAndMissingFiles() {
    assertThrows(IOException.class, () -> Idx.read(folder, 1));
    assertThrows(NoSuchFileException.class, () -> Idx.read(folder.resolve("none"), 1));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var compressed = new GZIPOutputStream(out)) {
      compressed.write(bytes);
    }
    return out.toByteArray();
  }
}
