package dev.gatun.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The resources were written by PyTorch 1.13, see `ci/scripts/golden_nn_files.py`.
class PyTorchFileTest {
  @TempDir private Path folder;

  @MustBeClosed
  private PyTorchFile open(String name) throws IOException {
    return PyTorchFile.open(FileBytes.copyOf(name, folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state.pt", "deflated.pt"})
  void readsAStateDict(String name) throws IOException {
    try (PyTorchFile file = open(name)) {
      assertEquals(
          List.of(
              "fc.weight",
              "fc.bias",
              "norm.weight",
              "norm.bias",
              "norm.running_mean",
              "norm.running_var",
              "norm.num_batches_tracked",
              "out.weight",
              "out.bias"),
          file.list().stream().map(TensorInfo::name).toList());
      assertArrayEquals(new long[] {2, 3}, file.tensor("fc.weight").shape());
      assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, file.tensor("fc.weight").toFloatArray());
      assertArrayEquals(new float[] {50, 51}, file.tensor("norm.running_var").toFloatArray());
      assertEquals(60, file.tensor("norm.num_batches_tracked").itemLong());
      assertArrayEquals(new long[0], file.tensor("norm.num_batches_tracked").shape());
      assertEquals(0, file.tensor("out.weight").segment().address() % 4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f64    | F64  | F64  | [1.0, 2.0, 3.0, 4.0]",
        "f32    | F32  | F32  | [1.0, 2.0, 3.0, 4.0]",
        "f16    | F16  | F16  | [1.0, 2.0, 3.0, 4.0]",
        "bf16   | BF16 | BF16 | [1.0, 2.0, 3.0, 4.0]",
        "i64    | I64  | I64  | [1.0, 2.0, 3.0, 4.0]",
        "i32    | I32  | I32  | [1.0, 2.0, 3.0, 4.0]",
        "i16    | I16  | I32  | [-32768.0, 32767.0]",
        "i8     | I8   | I32  | [-128.0, 127.0]",
        "u8     | U8   | U8   | [1.0, 2.0, 3.0, 4.0]",
        "bool   | BOOL | BOOL | [1.0, 0.0, 1.0]",
        "scalar | F32  | F32  | [7.5]",
        "empty  | F32  | F32  | []",
      })
  void readsEveryDtype(String name, String stored, DType dtype, String values) throws IOException {
    try (PyTorchFile file = open("dtypes.pt")) {
      TensorInfo info =
          file.list().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
      assertEquals(stored, info.storedAs());
      Tensor tensor = file.tensor(name);
      assertEquals(dtype, tensor.dtype());
      assertEquals(values, Arrays.toString(tensor.to(DType.F64).toDoubleArray()));
    }
  }

  @Test
  void refusesComplexNumbersOnlyWhenTheyAreRead() throws IOException {
    try (PyTorchFile file = open("complex.pt")) {
      assertEquals(2, file.tensor("x").sum().item());
      assertTrue(
          assertThrows(TensorFormatException.class, () -> file.tensor("c"))
              .getMessage()
              .contains("tensor 'c': dtype 'C64' is not supported; convert it to one of [F32"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t         | [6, 4]  | [1, 6]    | 23",
        "part      | [2, 3]  | [6, 2]    | 17",
        "expanded  | [4, 3]  | [6, 0]    | 18",
        "diagonal  | [4]     | [7]       | 21",
        "windows   | [3, 4]  | [2, 1]    | 7",
        "permuted  | [4,2,3] | [1,12,4]  | 23",
        "element   | []      | []        | 15",
      })
  void readsViewsOfOneStorage(String name, String shape, String strides, double last)
      throws IOException {
    try (PyTorchFile file = open("views.pt")) {
      Tensor base = file.tensor("base");
      Tensor view = file.tensor(name);
      assertEquals(shape.replace(" ", ""), Arrays.toString(view.shape()).replace(" ", ""));
      assertEquals(strides.replace(" ", ""), Arrays.toString(view.strides()).replace(" ", ""));
      long[] end = Arrays.stream(view.shape()).map(size -> size - 1).toArray();
      assertEquals(last, view.get(end));
      assertEquals(base.get(0, 0), 0);
      assertEquals(0, file.tensor("nothing").numel());
    }
  }

  @Test
  void viewsHaveTheValuesThatPyTorchHas() throws IOException {
    try (PyTorchFile file = open("views.pt")) {
      Tensor base = file.tensor("base");
      assertSame(base.t(), file.tensor("t"));
      assertSame(base.narrow(0, 1, 2).slice(1, 1, 6, 2), file.tensor("part"));
      assertSame(base.narrow(1, 0, 1).expand(4, 3), file.tensor("expanded"));
      assertSame(base.diagonal(), file.tensor("diagonal"));
      assertSame(base.flatten().unfold(0, 4, 2).narrow(0, 0, 3), file.tensor("windows"));
      assertSame(base.reshape(2, 3, 4).permute(2, 0, 1), file.tensor("permuted"));
    }
  }

  private static void assertSame(Tensor expected, Tensor actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray());
  }

  @Test
  void tellsTiedWeights() throws IOException {
    try (PyTorchFile file = open("tied.pt")) {
      assertEquals(List.of(List.of("embed.weight", "head.weight")), file.shared());
      assertEquals(
          file.tensor("embed.weight").segment().address(),
          file.tensor("head.weight").segment().address());
      assertArrayEquals(new float[] {0, 1}, file.tensor("row").toFloatArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint.pt", "protocol4.pt"})
  void readsAWholeCheckpoint(String name) throws IOException {
    try (PyTorchFile file = open(name)) {
      Map<String, String> texts = file.metadata();
      assertEquals("3", texts.get("epoch"));
      assertEquals("0.25", texts.get("best"));
      assertEquals("-5", texts.get("steps"));
      assertEquals("None", texts.get("none"));
      assertEquals("true", texts.get("flag"));
      assertEquals("1180591620717411303424", texts.get("large"));
      assertEquals("-1099511627776", texts.get("negative"));
      assertEquals("torch.float16", texts.get("dtype"));
      assertEquals("cpu", texts.get("device"));
      assertEquals("ä", texts.get("names.1"));
      assertEquals("0.5", texts.get("optimizer.param_groups.0.lr"));
      assertArrayEquals(new long[] {2, 3}, file.tensor("model.fc.weight").shape());
      assertArrayEquals(new long[] {2, 3}, file.tensor("optimizer.state.0.exp_avg").shape());
      assertTrue(file.content() instanceof Map<?, ?>);
      Map<?, ?> content = (Map<?, ?>) file.content();
      assertEquals(Optional.empty(), content.get("none"));
      assertEquals(Set.of(1L, 2L), content.get("seen"));
      assertEquals(List.of(2L, 3L), content.get("size"));
      assertTrue(
          content.get("names") instanceof List<?> names
              && names.get(2) instanceof byte[] bytes
              && Arrays.equals(bytes, new byte[] {0, -1}));
      assertTrue(
          content.get("model") instanceof Map<?, ?> model
              && model.get("fc.bias") instanceof Tensor);
    }
  }

  @Test
  void readsATensorAlone() throws IOException {
    try (PyTorchFile file = open("alone.pt")) {
      assertArrayEquals(new float[] {0, 1, 2}, file.tensor("tensor").toFloatArray());
      assertTrue(file.content() instanceof Tensor);
    }
  }

  @Test
  void readsTheOtherByteOrder() throws IOException {
    try (PyTorchFile file = open("big.pt")) {
      assertArrayEquals(new float[] {1.5f, -2}, file.tensor("x").toFloatArray());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "legacy.pt | was saved in the format before PyTorch 1.6, which is not read; save it again in"
            + " Python: torch.save(torch.load(old), new)",
        "evil.pt   | refused: global posix.system at offset 13; only tensors, containers, numbers"
            + " and texts are read (save model.state_dict())",
        "module.pt | refused: global torch.nn.modules.activation.ReLU at offset 2; only tensors,"
            + " containers, numbers and texts are read (save model.state_dict())",
        "script.pt | is a TorchScript archive; save model.state_dict() with torch.save instead",
      })
  void refusesWhatIsNoData(String name, String problem) throws IOException {
    Path file = FileBytes.copyOf(name, folder);
    assertEquals(
        "pytorch: " + file + ": " + problem,
        assertThrows(
                TensorFormatException.class,
                () -> {
                  try (TensorFile opened = TensorFile.open(file)) {
                    throw new AssertionError(opened.list());
                  }
                })
            .getMessage());
  }
}
