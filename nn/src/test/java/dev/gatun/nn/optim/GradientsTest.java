package dev.gatun.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Checks;
import dev.gatun.nn.Parameter;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientsTest {
  static Stream<Golden.Case> cases() {
    return Golden.load(GradientsTest.class, "clipping.txt").cases().stream();
  }

  /// A parameter with this gradient.
  private static Parameter withGradient(Tensor gradient) {
    Parameter p = new Parameter(Tensor.zeros(gradient.dtype(), gradient.shape()));
    p.mul(gradient).sum().backward();
    return p;
  }

  private static Tensor gradient(Tensor p) {
    return Objects.requireNonNull(p.grad());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void clipsAsPyTorch(Golden.Case c) {
    try (var _ = Scope.open()) {
      Checks.Inputs in = Checks.inputs(c);
      DType dtype = c.name().contains("f32") ? DType.F32 : DType.F64;
      String order = c.name().substring(c.name().lastIndexOf('-') + 1).replace('_', '.');
      double norm = order.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(order);
      Parameter a = withGradient(in.get("a").to(dtype));
      Parameter b = withGradient(in.get("b").to(dtype));
      Parameter none = new Parameter(Tensor.zeros(3));
      double total = Gradients.clipGradNorm_(List.of(a, none, b), 0.7, norm, true);
      double tolerance = dtype == DType.F32 ? 1e-6 : 1e-12;
      assertEquals(c.output("norm").values()[0], total, tolerance * total);
      Checks.assertClose(c.output("ga"), gradient(a), tolerance, tolerance);
      Checks.assertClose(c.output("gb"), gradient(b), tolerance, tolerance);
    }
  }

  @Test
  void leavesSmallGradientsAlone() {
    try (var _ = Scope.open()) {
      Parameter p = withGradient(Tensor.of(3f, 4f));
      assertEquals(5, Gradients.clipGradNorm_(List.of(p), 6));
      assertArrayEquals(new float[] {3, 4}, gradient(p).toFloatArray());
      assertEquals(0, Gradients.clipGradNorm_(List.of(new Parameter(Tensor.zeros(2))), 1));
    }
  }

  @Test
  void aNormThatIsNotFiniteIsAnErrorOnRequest() {
    try (var _ = Scope.open()) {
      Parameter p = withGradient(Tensor.of(1f, Float.POSITIVE_INFINITY));
      assertEquals(
          "clipGradNorm_: the norm of the gradients is not finite: Infinity (order 2.0)",
          assertThrows(
                  ArithmeticException.class, () -> Gradients.clipGradNorm_(List.of(p), 1, 2, true))
              .getMessage());
      assertEquals(1, gradient(p).get(0));
      Gradients.clipGradNorm_(List.of(p), 1);
      assertArrayEquals(new float[] {0, Float.NaN}, gradient(p).toFloatArray());
    }
  }

  @Test
  void cutsValues() {
    try (var _ = Scope.open()) {
      Parameter p = withGradient(Tensor.of(-3f, -0.5f, 0.25f, 2f));
      Gradients.clipGradValue_(List.of(p, new Parameter(Tensor.zeros(1))), 0.5);
      assertArrayEquals(new float[] {-0.5f, -0.5f, 0.25f, 0.5f}, gradient(p).toFloatArray());
      assertThrows(IllegalArgumentException.class, () -> Gradients.clipGradValue_(List.of(p), -1));
    }
  }
}
