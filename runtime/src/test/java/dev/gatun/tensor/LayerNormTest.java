package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Layer norm against the operations that it stands for, and its gradients.
@ExtendWith(NoOpenScopes.class)
class LayerNormTest {
  private static final double EPS = 1e-5;

  /// Rows around a vector, around what is copied at once, and enough for several threads.
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "3, 2",
    "2, 7",
    "5, 8",
    "4, 16",
    "3, 17",
    "100, 33",
    "2, 1000",
    "3, 5000",
    "150, 768"
  })
  void isItsDefinition(int rows, int n) {
    try (var _ = Scope.open()) {
      Generator generator = Generator.seeded(rows + n);
      // Rounded to F32, so that both start from the same.
      Tensor x = Tensor.randn(generator, DType.F32, rows, n).mul(3).add(20).to(DType.F64);
      Tensor weight = Tensor.rand(generator, DType.F32, n).to(DType.F64);
      Tensor bias = Tensor.rand(generator, DType.F32, n).to(DType.F64);
      Tensor seed = Tensor.randn(generator, DType.F32, rows, n).to(DType.F64);
      Tensor[] reference = {x.requiresGrad_(), weight.requiresGrad_(), bias.requiresGrad_(), seed};
      Tensor expected = composed(reference);
      expected.backward(seed);
      for (DType dtype : new DType[] {DType.F32, DType.F64}) {
        Tensor[] in = new Tensor[4];
        for (int i = 0; i < 4; i++) {
          in[i] = reference[i].detach().to(dtype).copy().requiresGrad_(i < 3);
        }
        Tensor y = in[0].layerNorm(new long[] {n}, in[1], in[2], EPS);
        y.backward(in[3]);
        double tolerance = dtype == DType.F32 ? 2e-5 : 1e-11;
        assertClose(expected, y, tolerance, "result");
        for (int i = 0; i < 3; i++) {
          double larger = i == 0 ? 1 : Math.sqrt(rows);
          assertClose(gradient(reference[i]), gradient(in[i]), tolerance * larger, "input " + i);
        }
      }
    }
  }

  private static Tensor composed(Tensor[] in) {
    Tensor centered = in[0].sub(in[0].mean(new int[] {1}, true));
    Tensor variance = centered.square().mean(new int[] {1}, true);
    return centered.div(variance.add(EPS).sqrt()).mul(in[1]).add(in[2]);
  }

  private static Tensor gradient(Tensor x) {
    return Objects.requireNonNull(x.grad());
  }

  private static void assertClose(Tensor expected, Tensor y, double tolerance, String what) {
    double[] want = expected.detach().toDoubleArray();
    double[] have = y.detach().to(DType.F64).toDoubleArray();
    for (int i = 0; i < want.length; i++) {
      double allowed = tolerance * (1 + Math.abs(want[i]));
      assertEquals(want[i], have[i], allowed, y.dtype() + " " + what + ", element " + i);
    }
  }

  @Test
  void hasGradientsOfEveryOrder() {
    try (var _ = Scope.open()) {
      Generator generator = Generator.seeded(3);
      Tensor x = Tensor.randn(generator, DType.F64, 2, 2, 3).requiresGrad_();
      Tensor w = Tensor.rand(generator, DType.F64, 2, 3).requiresGrad_();
      Tensor b = Tensor.rand(generator, DType.F64, 2, 3).requiresGrad_();
      long[] shape = {2, 3};
      GradCheck.check(in -> in.get(0).layerNorm(shape, in.get(1), in.get(2), EPS), x, w, b);
      GradCheck.checkSecond(in -> in.get(0).layerNorm(shape, in.get(1), in.get(2), EPS), x, w, b);
      GradCheck.checkSecond(in -> in.get(0).layerNorm(shape, null, in.get(1), EPS), x, b);
      GradCheck.checkSecond(in -> in.get(0).layerNorm(new long[] {3}, null, null, 0.1), x);
    }
  }

  @Test
  void halvesAreComputedInF32() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1f, 2f, 3f).to(DType.BF16);
      Tensor y = x.layerNorm(new long[] {3}, Tensor.ones(DType.BF16, 3), null, EPS);
      assertEquals(DType.BF16, y.dtype());
      assertEquals(1.2247, y.to(DType.F32).select(0, 2).item(), 0.005);
    }
  }

  @Test
  void nothingStaysNothing() {
    try (var _ = Scope.open()) {
      for (long[] shape : new long[][] {{0, 3}, {2, 0}}) {
        Tensor x = Tensor.zeros(shape).requiresGrad_();
        Tensor w = Tensor.ones(shape[1]).requiresGrad_();
        Tensor y = x.layerNorm(new long[] {shape[1]}, w, null, EPS);
        assertEquals(0, y.numel());
        y.sum().backward();
        assertEquals(0, gradient(w).sum().item());
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(2, 3);
      assertEquals(
          "layerNorm: input [2,3] does not end with the normalized shape [4]",
          refused(ShapeException.class, x, 4, null, EPS));
      assertEquals(
          "layerNorm: weight [2] does not have the normalized shape [3]",
          refused(ShapeException.class, x, 3, Tensor.ones(2), EPS));
      assertEquals(
          "layerNorm: dtypes differ: F32 [2,3] and F64 [3]; convert one with to(DType)",
          refused(DTypeException.class, x, 3, Tensor.ones(DType.F64, 3), EPS));
      assertEquals(
          "layerNorm: eps must not be negative: -1.0",
          refused(IllegalArgumentException.class, x, 3, null, -1));
    }
  }

  private static @Nullable String refused(
      Class<? extends Exception> type, Tensor x, long n, @Nullable Tensor weight, double eps) {
    return assertThrows(type, () -> x.layerNorm(new long[] {n}, weight, null, eps)).getMessage();
  }
}
