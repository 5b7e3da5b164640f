package dev.gatun.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.testing.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pickles that no honest program wrote.
class UnpicklerTest {
  @TempDir private Path folder;

  /// `\xNN` and `\n` stand for bytes.
  private static byte[] bytes(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i)) {
        out.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else if (text.startsWith("\\n", i)) {
        out.write('\n');
        i++;
      } else {
        out.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  private static Object read(byte[] pickle) throws TensorFormatException {
    Object root = Unpickler.read(new PickleReader("p", ByteBuffer.wrap(pickle)));
    PickleTree tree = PickleTree.of("p", root);
    assertTrue(tree.shared().size() <= tree.tensors().size());
    return root;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\\x80\\x02c__builtin__\\neval\\nX\\x01\\x00\\x00\\x00x\\x85R. | refused: global"
            + " __builtin__.eval at offset 2; only tensors, containers, numbers and texts are read"
            + " (save model.state_dict())",
        "\\x8c\\x02os\\x8c\\x06system\\x93. | refused: global os.system at offset 12; only tensors,"
            + " containers, numbers and texts are read (save model.state_dict())",
        "ios\\nsystem\\n. | refused: opcode 0x69 at offset 0; only plain data is read",
        "P1\\n. | refused: opcode 0x50 at offset 0; only plain data is read",
        "\\x82\\x01. | refused: opcode 0x82 at offset 0; only plain data is read",
        "\\x80\\x09. | refused: pickle protocol 9 at offset 0",
        "K\\x01)R. | refused: a call of something that is no function at offset 3",
        "K\\x01}b. | refused: attributes of an object at offset 3",
        "K\\x01Q. | refused: a reference to something that is no storage at offset 2",
        "]. . | a",
        "ctorch._utils\\n_rebuild_tensor_v2\\n)R. | a tensor is not described at offset 34",
        "cnumpy\\ndtype\\nX\\x01\\x00\\x00\\x00f\\x85R0ccollections\\nOrderedDict\\nK\\x01R. |"
            + " refused: a call of something that is no function at offset 49",
        "}]]s. | refused: a key that is no number, text or tuple of them at offset 3",
        "]K\\x01K\\x02s. | items have no dict at offset 5",
        "K\\x01K\\x02a. | items have no list at offset 4",
        "(K\\x01\\x90. | a value is missing at offset 3",
        "K\\x01e. | a mark is missing at offset 2",
        "h\\x05. | nothing is remembered as 5 at offset 0",
        ". | a value is missing at offset 0",
        "K\\x01 | the pickle ends at offset 2 before its STOP",
        "X\\xff\\xff\\xff\\xffa. | 4294967295 bytes are wanted at offset 5, 2 are left",
        "\\x8b\\xff\\xff\\xff\\x7f. | a number of 2147483647 bytes at offset 5 (at most 64)",
        "X\\x01\\x00\\x00\\x00\\xff. | text at offset 5 is not UTF-8",
        "cos | a line that begins at offset 1 does not end",
        "]q\\x00h\\x00a. | containers are nested more than 64 deep",
      })
  void refuses(String pickle, String problem) throws IOException {
    if (problem.equals("a")) {
      assertEquals("[]", read(bytes(pickle)).toString());
      return;
    }
    assertEquals(
        "p: " + problem,
        assertThrows(TensorFormatException.class, () -> read(bytes(pickle))).getMessage());
  }

  /// Views that leave their storage, in every way.
  @ParameterizedTest
  @CsvSource({
    "0, 3, 1, true",
    "0, 4, 1, false",
    "1, 3, 1, false",
    "2, 1, 1, true",
    "3, 1, 1, false",
    "3, 0, 1, true",
    "4, 0, 1, false",
    "-1, 1, 1, false",
    "0, 2, 2, true",
    "0, 2, 3, false",
    "0, 9223372036854775807, 0, false",
    "0, 2, 9223372036854775807, false",
    "0, 4611686018427387904, 4611686018427387904, false",
    "9223372036854775807, 1, 1, false",
  })
  void checksEveryView(long offset, long size, long stride, boolean fits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes("ctorch._utils\\n_rebuild_tensor_v2\\n((X\\x07\\x00\\x00\\x00storage"));
    out.writeBytes(
        bytes("ctorch\\nFloatStorage\\nX\\x01\\x00\\x00\\x000X\\x03\\x00\\x00\\x00cpuK\\x03tQ"));
    // Sizes and strides are tuples, the offset is not.
    int numbers = 0;
    for (long number : new long[] {offset, size, stride}) {
      out.writeBytes(bytes("\\x8a\\x08"));
      for (int i = 0; i < 8; i++) {
        out.write((int) (number >> (8 * i)));
      }
      out.writeBytes(numbers++ == 0 ? new byte[0] : bytes("\\x85"));
    }
    out.writeBytes(bytes("tR."));
    if (fits) {
      assertTrue(reads(out.toByteArray()));
    } else {
      assertEquals(false, reads(out.toByteArray()));
    }
  }

  private static boolean reads(byte[] pickle) {
    try {
      return read(pickle) instanceof PickledTensor;
    } catch (TensorFormatException e) {
      return false;
    }
  }

  /// Each list holds the one before twice: two to the power of sixty values in a few bytes.
  @Test
  void refusesBombs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes("]q\\x00"));
    for (int i = 1; i < 60; i++) {
      out.writeBytes(bytes("]q"));
      out.write(i);
      out.writeBytes(bytes("(h"));
      out.write(i - 1);
      out.writeBytes(bytes("h"));
      out.write(i - 1);
      out.writeBytes(bytes("e"));
    }
    out.write('.');
    assertEquals(
        "p: more than 4000000 values",
        assertThrows(TensorFormatException.class, () -> read(out.toByteArray())).getMessage());
    byte[] many = new byte[3_000_000];
    Arrays.fill(many, (byte) ']');
    assertTrue(
        assertThrows(TensorFormatException.class, () -> read(many))
            .getMessage()
            .startsWith("p: more than 2000000 containers at offset"));
    byte[] tuples = new byte[1_000_002];
    Arrays.fill(tuples, (byte) 0x85);
    tuples[0] = ')';
    tuples[tuples.length - 1] = '.';
    assertEquals(
        "p: containers are nested more than 64 deep",
        assertThrows(TensorFormatException.class, () -> read(tuples)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint.pt", "protocol4.pt", "views.pt"})
  void survivesEveryKindOfDamage(String name) throws IOException {
    byte[] good = pickle(name);
    Random random = new Random(Part.seed(3));
    int refused = 0;
    for (int i = 0; i < Part.of(20_000); i++) {
      byte[] bad = good.clone();
      for (int n = 0; n <= i % 4; n++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      refused += damaged(bad);
    }
    byte[] noise = new byte[64];
    for (int i = 0; i < Part.of(50_000); i++) {
      random.nextBytes(noise);
      refused += damaged(noise);
    }
    assertTrue(refused > Part.of(50_000), refused + " refused");
  }

  private static int damaged(byte[] pickle) {
    try {
      Object _ = read(pickle);
      return 0;
    } catch (TensorFormatException e) {
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      return 1;
    }
  }

  private byte[] pickle(String name) throws IOException {
    Path file = FileBytes.copyOf(name, folder);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (entry.getName().endsWith("data.pkl")) {
          return zip.getInputStream(entry).readAllBytes();
        }
      }
    }
    throw new AssertionError(name);
  }
}
