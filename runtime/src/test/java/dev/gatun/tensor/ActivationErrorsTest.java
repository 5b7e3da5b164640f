package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/// What activations refuse, and what rrelu draws.
@ExtendWith(NoOpenScopes.class)
final class ActivationErrorsTest {
  private static <E extends Exception> void refuses(
      Class<E> type, String message, Executable call) {
    try (var _ = Scope.open()) {
      assertEquals(message, assertThrows(type, call).getMessage());
    }
  }

  @Test
  void refusesWhatIsNotFloating() {
    refuses(
        DTypeException.class,
        "silu: needs F32 or F64, got I64 [3]; convert with to(DType)",
        () -> Tensor.arange(3).silu());
    refuses(
        DTypeException.class,
        "elu_: needs F32 or F64, got I64 [3]; convert with to(DType)",
        () -> Tensor.arange(3).elu_());
    refuses(
        DTypeException.class,
        "glu: needs F32 or F64, got I64 [4]; convert with to(DType)",
        () -> Tensor.arange(4).glu(0));
  }

  @Test
  void refusesOptionsWithoutMeaning() {
    refuses(
        IllegalArgumentException.class,
        "softshrink: lambda must not be negative: -1.0",
        () -> Tensor.zeros(2).softshrink(-1));
    refuses(
        IllegalArgumentException.class, "celu: alpha must not be 0", () -> Tensor.zeros(2).celu(0));
    refuses(
        IllegalArgumentException.class,
        "rrelu: lower must not be greater than upper: 0.5 and 0.25",
        () -> Tensor.zeros(2).rrelu(0.5, 0.25, Generator.seeded(1)));
  }

  @Test
  void refusesShapesThatDoNotFit() {
    refuses(
        ShapeException.class,
        "glu: the size of dim -1 must be even: [2,3] (3)",
        () -> Tensor.zeros(2, 3).glu(-1));
    refuses(
        ShapeException.class,
        "glu: input must have a dimension: []",
        () -> Tensor.scalar(1).glu(0));
    refuses(
        ShapeException.class,
        "prelu: weight must have one value, or one for each channel: [2] for [4,3] (3 channels)",
        () -> Tensor.zeros(4, 3).prelu(Tensor.zeros(2)));
    refuses(
        DTypeException.class,
        "prelu: dtypes differ: F32 [4,3] and F64 [3]; convert one with to(DType)",
        () -> Tensor.zeros(4, 3).prelu(Tensor.zeros(DType.F64, 3)));
  }

  @Test
  void drawsSlopesBetweenTheBounds() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(2), DType.F64, 1000).requiresGrad_();
      Tensor y = x.rrelu(0.125, 0.5, Generator.seeded(3));
      y.sum().backward();
      double[] from = x.toDoubleArray();
      double[] to = y.toDoubleArray();
      double[] slopes = Objects.requireNonNull(x.grad()).toDoubleArray();
      double sum = 0;
      int below = 0;
      for (int i = 0; i < from.length; i++) {
        assertEquals(to[i], from[i] * slopes[i], 1e-15);
        if (from[i] > 0) {
          assertEquals(1, slopes[i]);
        } else {
          assertEquals(0.3125, slopes[i], 0.1875);
          sum += slopes[i];
          below++;
        }
      }
      assertEquals(0.3125, sum / below, 0.03);
    }
  }
}
