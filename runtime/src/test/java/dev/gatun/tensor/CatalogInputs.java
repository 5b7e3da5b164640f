package dev.gatun.tensor;

import static dev.gatun.testing.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import dev.gatun.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Golden arrays as tensors, and tensors compared with golden arrays.
final class CatalogInputs {
  private CatalogInputs() {}

  static Tensor tensor(Golden.Array array) {
    return switch (array.dtype()) {
      case "f64" -> Tensor.of(array.values(), array.shape());
      case "f32" -> Tensor.of(array.floats(), array.shape());
      case "i64" -> Tensor.of(array.longs(), array.shape());
      case "bool" -> Tensor.of(array.booleans(), array.shape());
      default -> throw new IllegalArgumentException("unknown dtype " + array.dtype());
    };
  }

  /// The inputs of a case, each changed by `place`; those with a golden gradient are leaves that
  /// require one.
  static List<Tensor> leaves(Golden.Case golden, UnaryOperator<Tensor> place) {
    List<Tensor> inputs = new ArrayList<>();
    golden
        .inputs()
        .forEach((name, array) -> {
          Tensor placed = place.apply(tensor(array)).detach();
          inputs.add(placed.requiresGrad_(golden.grads().containsKey(name)));
        });
    return inputs;
  }

  /// Requires the dtype, the shape and the values that PyTorch has.
  static void assertGolden(
      String what, Golden.Array expected, @Nullable Tensor actual, double rtol, double atol) {
    Tensor y = Objects.requireNonNull(actual, what);
    assertEquals(tensor(expected).dtype(), y.dtype(), what);
    assertArrayEquals(expected.shape(), y.shape(), what);
    double[] values = tensor(expected).toDoubleArray();
    close(what, y, values, y.dtype() == DType.F32 ? Math.max(rtol, 0x1p-23) : rtol, atol);
  }

  /// Requires the dtype, the shape and, within a tolerance for fractions, the values of another
  /// tensor.
  static void assertSame(
      String what, Tensor expected, @Nullable Tensor actual, double rtol, double atol) {
    Tensor y = Objects.requireNonNull(actual, what);
    assertEquals(expected.dtype(), y.dtype(), what);
    assertArrayEquals(expected.shape(), y.shape(), what);
    close(what, y, expected.toDoubleArray(), rtol, atol);
  }

  private static void close(
      String what, Tensor actual, double[] expected, double rtol, double atol) {
    boolean exact = !actual.dtype().isFloating();
    try {
      assertClose(actual.toDoubleArray(), expected, exact ? 0 : rtol, exact ? 0 : atol);
    } catch (AssertionError e) {
      throw new AssertionError(what + ": " + e.getMessage(), e);
    }
  }

  static UnaryOperator<Tensor> floatingAs(DType dtype) {
    return x -> x.dtype().isFloating() ? x.to(dtype) : x;
  }
}
