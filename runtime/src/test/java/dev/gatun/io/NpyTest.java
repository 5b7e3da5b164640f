package dev.gatun.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The resources were written by NumPy 1.24.2, `np.save` and `np.lib.format.write_array`.
class NpyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f4       | F32  | [2, 3]    | [1.5, -2.0, 3.25, 0.0, Infinity, -0.5]",
        "version2 | F32  | [2, 3]    | [1.5, -2.0, 3.25, 0.0, Infinity, -0.5]",
        "version3 | F32  | [2, 3]    | [1.5, -2.0, 3.25, 0.0, Infinity, -0.5]",
        "f8       | F64  | [2]       | [0.1, -1.0E300]",
        "i4       | I32  | [2, 1]    | [-1.0, 2.147483647E9]",
        "u1       | U8   | [3]       | [0.0, 128.0, 255.0]",
        "b1       | BOOL | [3]       | [1.0, 0.0, 1.0]",
        "unsigned | I32  | [1]       | [0.0]",
        "f2       | F16  | [2]       | [0.5, 65504.0]",
        "scalar   | F32  | []        | [7.0]",
        "empty    | F32  | [0, 3]    | []",
        "big-f4   | F32  | [2]       | [1.5, -2.0]",
        "big-f2   | F16  | [2]       | [0.5, 65504.0]",
      })
  void readsWhatNumPyWrote(String name, DType dtype, String shape, String values)
      throws IOException {
    Tensor tensor = Npy.load(FileBytes.copyOf(name + ".npy", folder));
    assertEquals(dtype, tensor.dtype());
    assertEquals(shape, Arrays.toString(tensor.shape()));
    assertEquals(values, Arrays.toString(tensor.to(DType.F64).toDoubleArray()));
    assertTrue(tensor.isContiguous());
  }

  @ParameterizedTest
  @ValueSource(strings = {"i8.npy", "big-i8.npy"})
  void readsLongsExactly(String name) throws IOException {
    assertArrayEquals(
        new long[] {-9007199254740993L}, Npy.load(FileBytes.copyOf(name, folder)).toLongArray());
  }

  @Test
  void readsFortranOrderAsRows() throws IOException {
    try (Scope scope = Scope.open()) {
      Tensor tensor = Npy.load(FileBytes.copyOf("fortran.npy", folder));
      assertArrayEquals(new long[] {2, 3, 4}, tensor.shape());
      assertTrue(tensor.isContiguous());
      float[] expected = new float[24];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = i;
      }
      assertArrayEquals(expected, tensor.toFloatArray());
      assertEquals(128, scope.bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"f4", "f8", "i4", "i8", "u1", "b1", "f2", "scalar", "empty"})
  void writesWhatNumPyWrites(String name) throws IOException {
    Path copy = folder.resolve("copy.npy");
    Npy.save(copy, Npy.load(FileBytes.copyOf(name + ".npy", folder)));
    assertArrayEquals(FileBytes.resource(name + ".npy"), Files.readAllBytes(copy));
  }

  @Test
  void savesViewsByValue() throws IOException {
    Path file = folder.resolve("t.npy");
    try (Scope _ = Scope.open()) {
      Npy.save(file, Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).requiresGrad_().t());
      Tensor loaded = Npy.load(file);
      assertArrayEquals(new long[] {3, 2}, loaded.shape());
      assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, loaded.toFloatArray());
      assertEquals(2, loaded.add_(1).get(0, 0));
    }
  }

  @Test
  void refusesWhatCannotBeSaved() {
    Path file = folder.resolve("x.npy");
    assertEquals(
        "npy: NumPy has no BF16: tensor [2]; convert it with to(DType.F32)",
        assertThrows(DTypeException.class, () -> Npy.save(file, Tensor.zeros(DType.BF16, 2)))
            .getMessage());
    long[] ones = new long[65];
    Arrays.fill(ones, 1);
    assertEquals(
        "npy: NumPy has at most 64 dimensions: tensor [%s1] (65)".formatted("1,".repeat(64)),
        assertThrows(ShapeException.class, () -> Npy.save(file, Tensor.scalar(1).expand(ones)))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "complex.npy    | dtype '<c8' is not supported; convert it in NumPy with astype('float32')",
        "structured.npy | structured dtypes are not supported; save one field",
      })
  void refusesDtypesThatWeDoNotHave(String name, String problem) throws IOException {
    Path file = FileBytes.copyOf(name, folder);
    assertEquals(
        "npy: " + file + ": " + problem,
        assertThrows(TensorFormatException.class, () -> Npy.load(file)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                  | header is malformed at character 0: expected '{'",
        "{}                  | header has no 'descr'",
        "{'descr': '<f4'}    | header has no 'fortran_order'",
        "{D,}                | header has no 'shape'",
        "{D, 'shape': (2,)} x | header is malformed at character 56: expected the end",
        "{D, 'shape': (2,)   | header is malformed at character 54: expected '}'",
        "{D, 'shape': (2     | header is malformed at character 52: expected ')'",
        "{D, 'shape': [2]}   | header is malformed at character 50: expected '('",
        "{D, 'shape': (a,)}  | header is malformed at character 51: expected a size",
        "{D, 'shape': (-2,)} | shape has a size out of range: '-2'",
        "{D, 'shape': (9223372036854775808,)} | shape has a size out of range:"
            + " '9223372036854775808'",
        "{D, 'shape': (4611686018427387904, 4)} | shape [4611686018427387904,4] has too many"
            + " elements",
        "{D, 'shape': (3,)}  | shape [3] of F32 needs 12 bytes, 8 follow the header",
        "{D, 'shape': (1,)}  | shape [1] of F32 needs 4 bytes, 8 follow the header",
        "{D, 'shape': (2,), 'x': 1} | header has unknown key 'x'",
        "{D, 'descr': '>f4'} | header has two values of 'descr'",
        "{'fortran_order': 1} | header is malformed at character 18: expected True or False",
        "{'descr': <f4}      | header is malformed at character 10: expected text in quotes",
        "{'descr             | header is malformed at character 1: expected text in quotes",
        "{'descr': '', 'fortran_order': False, 'shape': ()} | dtype '' is not supported; convert it"
            + " in NumPy with astype('float32')",
        "{'descr': 'xf4', 'fortran_order': False, 'shape': ()} | dtype 'xf4' has no byte order",
      })
  void refusesHeaders(String header, String problem) throws IOException {
    String dict = header.replace("D,", "'descr': '<f4', 'fortran_order': False,");
    assertProblem(problem, FileBytes.npy(dict, 8));
  }

  @Test
  void refusesOtherFiles() throws IOException {
    assertProblem("does not begin with NumPy's magic; this is not an npy file", new byte[0]);
    assertProblem("does not begin with NumPy's magic; this is not an npy file", new byte[100]);
    byte[] bytes = FileBytes.resource("f4.npy");
    bytes[6] = 4;
    assertProblem("version 4.0 is not supported (1.0 to 3.0 are)", bytes);
    bytes[6] = 2;
    Arrays.fill(bytes, 8, 12, (byte) 0xff);
    assertProblem("header of 4294967295 bytes (at most 1048576)", bytes);
    byte[] truths = FileBytes.resource("b1.npy");
    truths[truths.length - 1] = 3;
    assertProblem("element 2 of '|b1' is neither 0 nor 1", truths);
    assertProblem(
        "dtype '|f4' has no byte order",
        FileBytes.npy("{'descr': '|f4', 'fortran_order': False, 'shape': ()}", 4));
    String sizes = "1, ".repeat(65);
    assertProblem("shape has more than 64 sizes", FileBytes.npy("{'shape': (" + sizes + ")}", 4));
  }

  @Test
  void refusesEveryCut() throws IOException {
    for (String name : new String[] {"f4.npy", "version2.npy", "fortran.npy"}) {
      byte[] good = FileBytes.resource(name);
      for (int length = 0; length < good.length; length++) {
        if (!Part.has(length)) {
          continue;
        }
        Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(good, length));
        String message =
            assertThrows(TensorFormatException.class, () -> Npy.load(file)).getMessage();
        assertEquals(1, message.lines().count(), message);
      }
    }
  }

  private void assertProblem(String problem, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("bad"), bytes);
    assertEquals(
        "npy: " + file + ": " + problem,
        assertThrows(TensorFormatException.class, () -> Npy.load(file)).getMessage());
  }
}
