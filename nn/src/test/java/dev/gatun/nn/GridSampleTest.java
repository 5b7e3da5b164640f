package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.GradCheck;
import dev.gatun.tensor.InterpolateMode;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GridSampleTest {
  static Stream<Golden.Case> cases() {
    return Golden.load(GridSampleTest.class, "grids.txt").cases().stream();
  }

  private static Tensor compute(String name, Tensor... in) {
    String[] words = name.replace("-3d", "").split("-", -1);
    if (words[0].equals("affineGrid")) {
      long[] size = name.contains("3d") ? new long[] {1, 1, 2, 3, 2} : new long[] {2, 5, 3, 1};
      return F.affineGrid(in[0], size, words[1].equals("True"));
    }
    return F.gridSample(
        in[0],
        in[1],
        InterpolateMode.valueOf(words[1].toUpperCase(Locale.ROOT)),
        PaddingMode.valueOf(words[2].toUpperCase(Locale.ROOT)),
        words[words.length - 1].equals("True"));
  }

  private static Tensor[] inputs(Golden.Case golden, DType dtype) {
    return golden.inputs().values().stream()
        .map(array -> Checks.tensor(array).to(dtype).requiresGrad_())
        .toArray(Tensor[]::new);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithPyTorch(Golden.Case golden) {
    compare(golden, DType.F64, 1e-10);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesInF32(Golden.Case golden) {
    compare(golden, DType.F32, 1e-4);
  }

  private static void compare(Golden.Case golden, DType dtype, double tolerance) {
    try (var _ = Scope.open()) {
      Tensor[] in = inputs(golden, dtype);
      Tensor y = compute(golden.name(), in);
      Checks.assertClose(
          golden.output("y").values(), y.detach().toDoubleArray(), tolerance, tolerance);
      assertArrayEquals(golden.output("y").shape(), y.shape());
      y.backward(Checks.tensor(golden.seed()).to(dtype));
      int i = 0;
      for (String key : golden.inputs().keySet()) {
        Tensor g = in[i].grad();
        double[] actual = g == null ? new double[(int) in[i].numel()] : g.toDoubleArray();
        Checks.assertClose(golden.grad(key).values(), actual, tolerance, tolerance);
        i++;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreThoseOfTheFunction(Golden.Case golden) {
    try (var _ = Scope.open()) {
      GradCheck.check(
          in -> compute(golden.name(), in.toArray(Tensor[]::new)), inputs(golden, DType.F64));
      GradCheck.checkSecond(
          in -> compute(golden.name(), in.toArray(Tensor[]::new)), inputs(golden, DType.F64));
    }
  }

  @Test
  void whatIsNoNumberIsOutside() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(1, 1, 2, 2);
      Tensor grid =
          Tensor.of(
              new float[] {Float.NaN, 0, Float.POSITIVE_INFINITY, 0, 0, -Float.MAX_VALUE, 0, 0},
              1,
              1,
              4,
              2);
      assertArrayEquals(new float[] {0, 0, 0, 1}, F.gridSample(x, grid).toFloatArray());
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(1, 1, 2, 2);
      Tensor grid = Tensor.zeros(1, 3, 3, 2);
      assertMessage(
          "gridSample: needs [N,C,H,W] and [N,h,w,2], or [N,C,D,H,W] and [N,d,h,w,3]: [1,1,2,2]"
              + " and [2,3,3,2]",
          () -> F.gridSample(x, Tensor.zeros(2, 3, 3, 2)));
      assertMessage(
          "gridSample: TRILINEAR is for 3 dims: [1,1,2,2]",
          () -> F.gridSample(x, grid, InterpolateMode.TRILINEAR, PaddingMode.ZEROS, false));
      assertMessage(
          "gridSample: BICUBIC is for 2 dims: [1,1,2,2,2]",
          () ->
              F.gridSample(
                  Tensor.ones(1, 1, 2, 2, 2),
                  Tensor.zeros(1, 1, 1, 1, 3),
                  InterpolateMode.BICUBIC,
                  PaddingMode.ZEROS,
                  false));
      assertMessage(
          "gridSample: mode must be NEAREST, BILINEAR, TRILINEAR or BICUBIC: AREA",
          () -> F.gridSample(x, grid, InterpolateMode.AREA, PaddingMode.ZEROS, false));
      assertMessage(
          "gridSample: padding must be zeros, replicate or reflect: circular",
          () -> F.gridSample(x, grid, InterpolateMode.NEAREST, PaddingMode.CIRCULAR, false));
      assertMessage(
          "affineGrid: needs [N,2,3] and 4 sizes, or [N,3,4] and 5 sizes, all positive: [1,2,3]"
              + " and [2,1,4,4]",
          () -> F.affineGrid(Tensor.zeros(1, 2, 3), new long[] {2, 1, 4, 4}, false));
    }
  }

  private static void assertMessage(String expected, Supplier<Tensor> call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call::get).getMessage());
  }
}
