package dev.gatun.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every damaged file ends in one line that names it.
class SafetensorsErrorsTest {
  @TempDir Path folder;

  /// In the headers below, `{T` stands for the fields of an F32 tensor of two elements.
  private static final String FIELDS = "'dtype':'F32','shape':[2],'data_offsets':[0,8]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                  | 0 | header does not begin with '{'; this is not a safetensors file",
        "{'a':{T}            | 8 | header is not valid JSON: Unexpected end-of-input: expected"
            + " close marker for Object",
        "{'a':{T}}{}         | 8 | header goes on after its last '}'",
        "{'a':7}             | 0 | tensor 'a': is not described by an object",
        "{'a':{T},'a':{T}}   | 8 | tensor 'a': is there twice",
        "{'a\\n':{}}         | 0 | tensor 'a\\u000a': has no dtype",
        "{'__metadata__':[]} | 0 | __metadata__ is not an object",
        "{'__metadata__':{'a':1}} | 0 | __metadata__: the value of 'a' is not text",
        "{'__metadata__':{'a':'b','a':'c'}} | 0 | __metadata__: 'a' is there twice",
        "{'__metadata__':{},'__metadata__':{}} | 0 | __metadata__ is there twice",
      })
  void refusesJsonOfOtherForms(String header, int dataBytes, String problem) throws IOException {
    assertHeader(header, dataBytes, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':{'shape':[2],'data_offsets':[0,8]}} | 8 | tensor 'a': has no dtype",
        "{'a':{'dtype':'F32','data_offsets':[0,8]}} | 8 | tensor 'a': has no shape",
        "{'a':{'dtype':'F32','shape':[2]}} | 8 | tensor 'a': has no data_offsets",
        "{'a':{T,'dtype':'F64'}} | 8 | tensor 'a': has two values of dtype",
        "{'a':{T,'shape':[2]}} | 8 | tensor 'a': has two values of shape",
        "{'a':{'dtype':3}} | 8 | tensor 'a': dtype is not text",
        "{'a':{'shape':2}} | 8 | tensor 'a': shape is not a list of numbers",
        "{'a':{'shape':['2']}} | 8 | tensor 'a': shape is not a list of whole numbers",
        "{'a':{'shape':[2.0]}} | 8 | tensor 'a': shape is not a list of whole numbers",
        "{'a':{'shape':[-2]}} | 8 | tensor 'a': shape has a number out of range: '-2'",
        "{'a':{'shape':[9223372036854775808]}} | 8 | tensor 'a': shape has a number out of range:"
            + " '9223372036854775808'",
        "{'a':{'dtype':'F32','shape':[],'data_offsets':[0]}} | 4 | tensor 'a': data_offsets has 1"
            + " numbers (expected 2)",
        "{'a':{'data_offsets':[0,4,8]}} | 8 | tensor 'a': data_offsets has more than 2 numbers",
      })
  void refusesFieldsOfOtherForms(String header, int dataBytes, String problem) throws IOException {
    assertHeader(header, dataBytes, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[8,0]}} | 8 | tensor 'a': range 8..0 ends"
            + " before it begins",
        "{'a':{T}} | 7 | tensor 'a': range 0..8 ends beyond the data (7 bytes); the file was cut"
            + " short",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[9223372036854775805,9223372036854775807]}}"
            + " | 8 | tensor 'a': range 9223372036854775805..9223372036854775807 ends beyond the"
            + " data (8 bytes); the file was cut short",
        "{'a':{'dtype':'F64','shape':[2],'data_offsets':[0,8]}} | 8 | tensor 'a': shape [2] of F64"
            + " needs 16 bytes, its range 0..8 has 8",
        "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,0]}} | 0 | tensor"
            + " 'a': shape [4611686018427387904,4] has too many elements",
        "{'a':{'dtype':'F32','shape':[4611686018427387904,0,4],'data_offsets':[0,0]}} | 0 | tensor"
            + " 'a': shape [4611686018427387904,0,4] has too many elements",
        "{'a':{T},'b':{'dtype':'U8','shape':[2],'data_offsets':[7,9]}} | 9 | tensor 'b': range 7..9"
            + " overlaps that of tensor 'a'",
        "{'a':{T},'b':{'dtype':'U8','shape':[2],'data_offsets':[9,11]}} | 11 | bytes 8..9 belong to"
            + " no tensor",
        "{'a':{T}} | 9 | bytes 8..9 belong to no tensor",
        "{} | 1 | bytes 0..1 belong to no tensor",
        "{'a':{'dtype':'U64','shape':[1],'data_offsets':[0,8]}} | 8 | tensor 'a': dtype"
            + " 'U64' is not supported; convert it to one of [F32, F64, I32, I64, U8, BOOL,"
            + " BF16, F16]",
        "{'a':{'dtype':'F4','shape':[2],'data_offsets':[0,2]}} | 2 | tensor 'a': dtype"
            + " 'F4' is not supported; convert it to one of [F32, F64, I32, I64, U8, BOOL,"
            + " BF16, F16]",
      })
  void refusesRangesThatDoNotFit(String header, int dataBytes, String problem) throws IOException {
    assertHeader(header, dataBytes, problem);
  }

  private void assertHeader(String header, int dataBytes, String problem) throws IOException {
    String json = header.replace("{T", "{" + FIELDS).replace('\'', '"');
    assertProblem(problem, FileBytes.safetensors(json, dataBytes));
  }

  @Test
  void refusesLengthsThatCannotBe() throws IOException {
    assertProblem("0 bytes are too few to be a safetensors file", new byte[0]);
    assertProblem("7 bytes are too few to be a safetensors file", new byte[7]);
    assertProblem(
        "header of 100000001 bytes (at most 100000000); this is not a safetensors file",
        FileBytes.prefixed(100_000_001, new byte[0], 0));
    assertProblem(
        "header of 18446744073709551615 bytes (at most 100000000); this is not a safetensors file",
        FileBytes.prefixed(-1, new byte[0], 0));
    assertProblem(
        "header of 100 bytes ends beyond the file (50 bytes)",
        FileBytes.prefixed(100, new byte[0], 42));
    assertProblem(
        "header does not begin with '{'; this is not a safetensors file",
        FileBytes.prefixed(0, new byte[0], 0));
  }

  @Test
  void refusesHeadersOfOtherEncodings() throws IOException {
    byte[] latin = "{\"ä\":1}".getBytes(StandardCharsets.ISO_8859_1);
    assertProblem("header is not UTF-8", FileBytes.prefixed(latin.length, latin, 0));
    byte[] wide = "{}".getBytes(StandardCharsets.UTF_16LE);
    TensorFormatException e = refused(FileBytes.prefixed(wide.length, wide, 0));
    assertTrue(e.getMessage().contains("header is not valid JSON"), e.getMessage());
  }

  @Test
  void refusesShapesOfTooManySizes() throws IOException {
    String shape = "1,".repeat(64) + "1";
    assertProblem(
        "tensor 'a': shape has more than 64 numbers",
        FileBytes.safetensors("{\"a\":{\"shape\":[" + shape + "]}}", 0));
  }

  @Test
  void refusesTruthValuesThatAreNone() throws IOException {
    byte[] bytes =
        FileBytes.safetensors(
            "{\"a\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[0,3]}}", 3);
    bytes[bytes.length - 1] = 2;
    assertProblem("tensor 'a': element 2 of BOOL is neither 0 nor 1", bytes);
  }

  @Test
  void refusesDeepJsonWithoutOverflow() throws IOException {
    TensorFormatException e =
        refused(FileBytes.safetensors("{\"a\":{\"x\":" + "[".repeat(100_000), 0));
    assertTrue(e.getMessage().contains("header is not valid JSON"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "metadata"})
  void namesFilesThatAreNotThere(String how) {
    Path missing = folder.resolve("no.safetensors");
    var notFound = assertThrows(NoSuchFileException.class, () -> read(how, missing));
    assertEquals(missing.toString(), notFound.getMessage());
    var aFolder = assertThrows(FileSystemException.class, () -> read(how, folder));
    assertEquals(folder + ": is a folder", aFolder.getMessage());
  }

  private static void read(String how, Path file) throws IOException {
    Object _ = how.equals("load") ? Safetensors.load(file) : Safetensors.metadata(file);
  }

  /// Whatever one byte of the header is, the file is read or refused.
  @Test
  void survivesEveryKindOfDamage() throws IOException {
    byte[] good = FileBytes.resource("reference.safetensors");
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(624)] = (byte) random.nextInt(256);
      Path file = Files.write(folder.resolve("fuzz-" + i), bad);
      try (SafetensorsFile mapped = SafetensorsFile.open(file)) {
        for (Tensor tensor : mapped.tensors().values()) {
          assertEquals(tensor.numel() * tensor.dtype().byteSize(), tensor.segment().byteSize());
          assertTrue(tensor.segment().toArray(ValueLayout.JAVA_BYTE).length <= 74);
        }
      } catch (TensorFormatException e) {
        refused++;
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
    assertTrue(refused > 500, refused + " refused");
  }

  /// However short the file is cut, it is refused.
  @Test
  void survivesEveryCut() throws IOException {
    byte[] good = FileBytes.resource("reference.safetensors");
    for (int length = 0; length < good.length; length++) {
      TensorFormatException e = refused(Arrays.copyOf(good, length));
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
  }

  private void assertProblem(String problem, byte[] bytes) throws IOException {
    assertEquals(
        "safetensors: " + folder.resolve("bad") + ": " + problem, refused(bytes).getMessage());
  }

  private TensorFormatException refused(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("bad"), bytes);
    TensorFormatException refused =
        assertThrows(TensorFormatException.class, () -> Safetensors.load(file));
    assertThrows(
        TensorFormatException.class,
        () -> {
          try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            throw new AssertionError("opened with " + opened.tensors().keySet());
          }
        });
    return refused;
  }
}
