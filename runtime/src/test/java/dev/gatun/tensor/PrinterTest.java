package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Golden;
import dev.gatun.testing.NoOpenScopes;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoOpenScopes.class)
final class PrinterTest {
  private static final Map<String, String> TEXTS = Golden.texts(PrinterTest.class, "print.txt");
  private static final Map<String, String> LAYOUTS =
      Golden.texts(PrinterTest.class, "print-layout.txt");
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  record Text(String name, Supplier<Tensor> tensor) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Text floats(String name, double... values) {
    return new Text(name, () -> Tensor.of(values, values.length).to(DType.F32));
  }

  private static Text longs(String name, long... values) {
    return new Text(name, () -> Tensor.of(values, values.length));
  }

  static Stream<Text> layouts() {
    return Stream.of(
        floats("ties", 0.03125, 0.09375, -0.03125, 2.00015),
        doubles("ties-f64", 0.03125, 2.00015, 1.00005),
        doubles("ties-scientific", 1.00005e-9, 100025, 3.0000000001),
        doubles("extremes", Double.MIN_VALUE, 1.7976931348623157e308),
        doubles("exponent-of-three", 1e-120, -2.5e150),
        floats("rounds-up", 9.99999e9, 0.00099999999),
        floats("negative-small", -0.00001, 1.5, -0.0),
        floats("zeros-among", 0, 1e-7, -0.0),
        new Text("signs", () -> Tensor.of(new float[][] {{-1.5f, 2}, {100, -0.25f}})),
        floats("nan-scientific", NAN, INF, 1e-7, -INF),
        floats("only-infinite", INF, -INF),
        new Text(
            "whole-and-nan-2d",
            () -> Tensor.of(new double[] {NAN, 10, -3, INF}, 2, 2).to(DType.F32)),
        floats("whole-ratio", 1, 1001),
        floats("whole-ratio-at-edge", 1, 1000),
        new Text("ints-negative", () -> Tensor.of(new long[] {-1, 20, 300, -4000}, 2, 2)),
        new Text("bool-3d", () -> Tensor.of(new boolean[] {true, false, false, true}, 2, 2, 1)),
        new Text("scalar-nan", () -> Tensor.scalar(NAN)),
        new Text("scalar-large", () -> Tensor.scalar(123456789)),
        new Text("one-by-one", () -> Tensor.full(2.5, 1, 1, 1)),
        new Text("empty-3d", () -> Tensor.zeros(DType.F64, 2, 0, 3)),
        new Text("empty-bool", () -> Tensor.zeros(DType.BOOL, 0)),
        new Text("wrapped-2d", () -> range(DType.F32, 60).reshape(2, 30).div(8)),
        new Text("wrapped-scientific", () -> Tensor.arange(DType.F32, 1, 22, 1).mul(1e10)),
        new Text("wrapped-bools", () -> Tensor.of(thirds(40), 40)),
        new Text("wrapped-3d", () -> Tensor.arange(60).reshape(1, 2, 30).mul(1000)),
        new Text("suffix-wrapped", () -> range(DType.F64, 12).div(7).add(1000)),
        new Text("suffix-of-2d", () -> range(DType.I32, 22).reshape(2, 11).mul(10000)),
        new Text("summarized-i32", () -> range(DType.I32, 2000)),
        new Text("summarized-row", () -> range(DType.F32, 2000).reshape(1, 2000)),
        new Text("summarized-column", () -> range(DType.F32, 2000).reshape(2000, 1)),
        new Text("summarized-4d", () -> Tensor.arange(4096).reshape(8, 8, 8, 8)),
        new Text("summarized-narrow", () -> range(DType.F32, 3000).reshape(6, 500).div(4)),
        new Text("summarized-seven", () -> range(DType.F32, 1050).reshape(7, 150)),
        new Text("summarized-bool", () -> Tensor.zeros(DType.BOOL, 40, 40)),
        new Text(
            "summarized-hidden",
            () -> Tensor.cat(0, Tensor.ones(500), Tensor.of(1e9f), Tensor.ones(600))),
        new Text("leaf-f64", () -> Tensor.ones(DType.F64, 2).requiresGrad_()),
        new Text("computed", () -> Tensor.ones(2).requiresGrad_().exp()),
        new Text("computed-f64", () -> Tensor.ones(DType.F64, 2, 2).requiresGrad_().tril()));
  }

  private static boolean[] thirds(int n) {
    boolean[] values = new boolean[n];
    for (int i = 0; i < n; i += 3) {
      values[i] = true;
    }
    return values;
  }

  private static Text doubles(String name, double... values) {
    return new Text(name, () -> Tensor.of(values, values.length));
  }

  static Stream<Text> texts() {
    return Stream.of(
        floats("float-1d", 1, -2.5, 3.25),
        floats("float-whole", 1, 2, 3),
        floats("float-digits", 0.1, 0.123456789, 12.5),
        new Text(
            "float-2d", () -> Tensor.of(new float[][] {{1.5f, -2, 0.25f}, {10, 0.5f, 100.125f}})),
        new Text("float-2d-row", () -> Tensor.of(new float[][] {{1.5f, 2.5f}})),
        new Text("float-f64", () -> Tensor.of(new double[] {0.1, -0.2}, 2)),
        longs("int-1d", 1, -20, 300),
        new Text("int-2d", () -> Tensor.of(new long[] {1, 2, 30, -4}, 2, 2)),
        new Text("int-i32", () -> Tensor.of(new int[] {1, 2}, 2)),
        new Text("int-u8", () -> Tensor.of(new byte[] {0, -1}, 2)),
        new Text("bool-1d", () -> Tensor.of(new boolean[] {true, false}, 2)),
        new Text("bool-2d", () -> Tensor.of(new boolean[] {true, false, false, false}, 2, 2)),
        floats("mixed-magnitudes", 1e-6, 1, 123456),
        floats("large-ratio", 0.001, 5000),
        floats("large-whole", 1, 1e9),
        floats("hundred-million", 1.5, 100000001),
        floats("small", 1e-5, 2e-5),
        floats("small-one", 0.0001, 0.0002),
        new Text("zeros", () -> Tensor.zeros(2, 3)),
        floats("nan-inf", NAN, INF, -INF, 1.5),
        floats("nan-inf-whole", NAN, INF, 1),
        floats("only-nan", NAN),
        floats("negative-zero", -0.0, 0),
        new Text("empty-1d", () -> Tensor.zeros(0)),
        new Text("empty-2d", () -> Tensor.zeros(0, 3)),
        new Text("empty-i64", () -> Tensor.zeros(DType.I64, 0)),
        new Text("scalar-float", () -> Tensor.scalar(3.5)),
        new Text("scalar-whole", () -> Tensor.scalar(3)),
        new Text("scalar-int", () -> Tensor.scalar(DType.I64, 7)),
        new Text("scalar-bool", () -> Tensor.scalar(DType.BOOL, 1)),
        new Text("scalar-f64", () -> Tensor.scalar(DType.F64, 0.1)),
        new Text("scalar-small", () -> Tensor.scalar(1e-7)),
        new Text("float-3d", () -> range(DType.F32, 12).reshape(2, 3, 2).div(4)),
        new Text("int-4d", () -> Tensor.arange(8).reshape(2, 1, 2, 2)),
        new Text("wrapped", () -> range(DType.F32, 30)),
        new Text("wrapped-ints", () -> Tensor.arange(40)),
        new Text("exactly-1000", () -> Tensor.arange(1000)),
        new Text("summarized-1d", () -> Tensor.arange(1001)),
        new Text("summarized-float", () -> Tensor.linspace(0, 1, 2000)),
        new Text("summarized-2d", () -> range(DType.F32, 10000).reshape(100, 100)),
        new Text("summarized-3d", () -> Tensor.arange(2000).reshape(8, 10, 25)),
        new Text("requires-grad", () -> Tensor.of(1.5f).requiresGrad_()),
        new Text("with-grad-fn", () -> Tensor.of(1.5f).requiresGrad_().mul(2).sum()),
        new Text("transposed", () -> Tensor.of(new float[][] {{1, 2}, {3, 4.5f}}).t()));
  }

  private static Tensor range(DType dtype, int end) {
    return Tensor.arange(dtype, 0, end, 1);
  }

  /// PyTorch's text with our names.
  private static String ours(String text) {
    return text.replace("torch.float64", "F64")
        .replace("torch.int64", "I64")
        .replace("torch.int32", "I32")
        .replace("torch.uint8", "U8")
        .replace("size=(0, 3)", "size=[0,3]")
        .replace("requires_grad=", "requiresGrad=")
        .replaceAll("size=\\((\\d), (\\d), (\\d)\\)", "size=[$1,$2,$3]")
        .replace("torch.bool", "BOOL")
        .replace("grad_fn=<SumBackward0>", "gradFn=<sum>")
        .replace("grad_fn=<ExpBackward0>", "gradFn=<exp>")
        .replace("grad_fn=<TrilBackward0>", "gradFn=<tril>")
        .replace("True", "true")
        .replace("False", "false");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void printsAsPyTorchDoes(Text text) {
    try (var _ = Scope.open()) {
      String expected = ours(Objects.requireNonNull(TEXTS.get(text.name())));
      assertEquals(expected, text.tensor().get().toString());
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void laysOutAsPyTorchDoes(Text text) {
    try (var _ = Scope.open()) {
      String expected = ours(Objects.requireNonNull(LAYOUTS.get(text.name())));
      assertEquals(expected, text.tensor().get().toString());
    }
  }

  @Test
  void coversEveryText() {
    assertEquals(TEXTS.keySet(), new TreeSet<>(texts().map(Text::name).toList()));
    assertEquals(LAYOUTS.keySet(), new TreeSet<>(layouts().map(Text::name).toList()));
  }

  @Test
  void namesTheDTypeOfHalfFloats() {
    try (var _ = Scope.open()) {
      assertEquals(
          "tensor([1.0000, 2.5000], dtype=BF16)", Tensor.of(1, 2.5f).to(DType.BF16).toString());
      assertEquals("tensor(2., dtype=F16)", Tensor.scalar(DType.F16, 2).toString());
    }
  }
}
