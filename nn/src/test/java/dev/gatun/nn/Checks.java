package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// Golden arrays as tensors, and comparisons.
@SuppressWarnings("exports") // fixtures are in no module
public final class Checks {
  private Checks() {}

  /// The inputs of a golden case as tensors, by name.
  public record Inputs(Map<String, Tensor> tensors) {
    public Tensor get(String name) {
      return Objects.requireNonNull(tensors.get(name), name);
    }

    public @Nullable Tensor find(String name) {
      return tensors.get(name);
    }

    public void assertGradients(Golden.Case c) {
      c.grads()
          .forEach((name, expected) ->
              assertClose(expected, Objects.requireNonNull(get(name).grad(), name)));
    }
  }

  /// The inputs of a case by name; those with an expected gradient ask for one.
  public static Inputs inputs(Golden.Case c) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    c.inputs()
        .forEach((name, array) -> {
          Tensor input = tensor(array);
          inputs.put(name, c.grads().containsKey(name) ? input.requiresGrad_() : input);
        });
    return new Inputs(inputs);
  }

  public static Tensor tensor(Golden.Array array) {
    return switch (array.dtype()) {
      case "f64" -> Tensor.of(array.values(), array.shape());
      case "f32" -> Tensor.of(array.floats(), array.shape());
      case "i64" -> Tensor.of(array.longs(), array.shape());
      default -> Tensor.of(array.booleans(), array.shape());
    };
  }

  public static void assertClose(Golden.Array expected, Tensor actual) {
    double tolerance = expected.dtype().equals("f32") ? 1e-5 : 1e-9;
    assertClose(expected, actual, tolerance, tolerance);
  }

  public static void assertClose(Golden.Array expected, Tensor actual, double rtol, double atol) {
    assertArrayEquals(expected.shape(), actual.shape(), "shape");
    assertClose(expected.values(), actual.toDoubleArray(), rtol, atol);
  }

  public static void assertClose(double[] expected, double[] actual, double rtol, double atol) {
    int worst = -1;
    double most = 0;
    for (int i = 0; i < expected.length; i++) {
      boolean same = Double.compare(expected[i], actual[i]) == 0 || expected[i] == actual[i];
      double excess = Math.abs(expected[i] - actual[i]) - atol - rtol * Math.abs(expected[i]);
      if (!same && !(excess <= most)) {
        worst = i;
        most = excess;
      }
    }
    if (worst >= 0) {
      fail("element %d: expected %s, got %s".formatted(worst, expected[worst], actual[worst]));
    }
  }

  /// Leaves of F64 with the values of a fixed seed, away from zero, for gradient checks.
  public static Tensor sample(long seed, long... shape) {
    int count = 1;
    for (long size : shape) {
      count *= Math.toIntExact(size);
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double[] values =
        random
            .doubles(count, 0.1, 1.5)
            .map(value -> random.nextBoolean() ? value : -value)
            .toArray();
    return Tensor.of(values, shape).requiresGrad_();
  }

  public static Tensor classes(long... values) {
    return Tensor.of(values, values.length);
  }

  public static Tensor f64(double... values) {
    return Tensor.of(values, values.length);
  }
}
