package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Gains, bounds and deviations against PyTorch's.
class InitTest {
  private static Stream<Golden.Case> cases(boolean gains) {
    return Golden.load(InitTest.class, "init.txt").cases().stream()
        .filter(c -> c.name().startsWith("gain") == gains);
  }

  static Stream<Golden.Case> gains() {
    return cases(true);
  }

  static Stream<Golden.Case> initializers() {
    return cases(false);
  }

  @ParameterizedTest
  @MethodSource("gains")
  void gainIsPyTorchs(Golden.Case c) {
    double gain =
        switch (c.name()) {
          case "gain-linear" -> Init.calculateGain(Nonlinearity.LINEAR);
          case "gain-sigmoid" -> Init.calculateGain(Nonlinearity.SIGMOID);
          case "gain-tanh" -> Init.calculateGain(Nonlinearity.TANH);
          case "gain-relu" -> Init.calculateGain(Nonlinearity.RELU);
          case "gain-leakyRelu" -> Init.calculateGain(Nonlinearity.LEAKY_RELU);
          case "gain-leakyRelu-0.2" -> Init.calculateGain(Nonlinearity.LEAKY_RELU, 0.2);
          case "gain-leakyRelu-sqrt5" -> Init.calculateGain(Nonlinearity.LEAKY_RELU, Math.sqrt(5));
          case "gain-selu" -> Init.calculateGain(Nonlinearity.SELU);
          default -> throw new IllegalArgumentException(c.name());
        };
    assertEquals(c.output("gain").values()[0], gain, 1e-15);
  }

  private static void fill(String name, Tensor w, Generator generator) {
    FanMode mode = name.contains("fanOut") ? FanMode.FAN_OUT : FanMode.FAN_IN;
    boolean relu = name.contains("relu");
    Nonlinearity function = relu ? Nonlinearity.RELU : Nonlinearity.LEAKY_RELU;
    double slope = relu ? 0 : Math.sqrt(5);
    switch (name.substring(0, name.indexOf('-'))) {
      case "xavierUniform" -> Init.xavierUniform_(w, 1, generator);
      case "xavierNormal" -> Init.xavierNormal_(w, 1, generator);
      case "kaimingUniform" -> Init.kaimingUniform_(w, slope, mode, function, generator);
      case "kaimingNormal" -> Init.kaimingNormal_(w, slope, mode, function, generator);
      default -> throw new IllegalArgumentException(name);
    }
  }

  /// Repeated until the statistics are sharp enough for a tolerance of 3 %.
  private static double[] draws(Golden.Case c) {
    Generator generator = Generator.seeded(11);
    return Stream.generate(
            () -> {
              try (var _ = Scope.open()) {
                Tensor w = Tensor.empty(DType.F64, c.input("shape").longs());
                fill(c.name(), w, generator);
                return w.toDoubleArray();
              }
            })
        .flatMapToDouble(Arrays::stream)
        .limit(20_000)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("initializers")
  void spreadIsPyTorchs(Golden.Case c) {
    double[] draws = draws(c);
    double std = Math.sqrt(Arrays.stream(draws).map(x -> x * x).average().orElseThrow());
    if (c.outputs().containsKey("bound")) {
      double bound = c.output("bound").values()[0];
      double largest = Arrays.stream(draws).map(Math::abs).max().orElseThrow();
      assertTrue(largest <= bound, () -> largest + " > " + bound);
      assertEquals(bound, largest, 0.01 * bound);
      assertEquals(bound / Math.sqrt(3), std, 0.03 * std);
    } else {
      double expected = c.output("std").values()[0];
      assertEquals(expected, std, 0.03 * expected);
    }
    assertEquals(0, Arrays.stream(draws).average().orElseThrow(), 0.05 * std);
  }

  @Test
  void linearDrawsWeightAndBiasWithinOneOverRootOfInputs() {
    try (Linear layer = new Linear(100, 300, Generator.seeded(5))) {
      Parameter bias = layer.bias();
      assertNotNull(bias);
      for (Tensor drawn : new Tensor[] {layer.weight().detach(), bias.detach()}) {
        double largest = Arrays.stream(drawn.toDoubleArray()).map(Math::abs).max().orElseThrow();
        assertTrue(largest <= 0.1f, () -> "largest " + largest);
        assertTrue(largest > 0.097, () -> "largest " + largest);
      }
    }
  }

  @Test
  void aSeedDecidesALayer() {
    try (Linear first = new Linear(7, 5, Generator.seeded(5));
        Linear second = new Linear(7, 5, Generator.seeded(5))) {
      assertArrayEquals(
          first.weight().detach().toFloatArray(), second.weight().detach().toFloatArray());
    }
  }

  @Test
  void layersWithoutInputsAreZero() {
    try (Linear layer = new Linear(0, 2);
        var _ = Scope.open()) {
      Tensor y = layer.forward(Tensor.zeros(1, 0));
      Checks.assertClose(new double[2], y.detach().toDoubleArray(), 0, 0);
    }
  }

  @Test
  void fillsParametersInPlaceUnrecorded() {
    try (Linear layer = new Linear(3, 2)) {
      Parameter w = layer.weight();
      assertSame(w, Init.constant_(w, 2));
      assertEquals(12, w.detach().sum().item());
      Init.ones_(w);
      assertEquals(6, w.detach().sum().item());
      Init.eye_(w);
      assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0}, w.detach().toFloatArray());
      Init.zeros_(w);
      assertEquals(0, w.detach().sum().item());
      Init.normal_(w);
      Init.uniform_(w);
      Init.xavierUniform_(w);
      Init.xavierNormal_(w);
      Init.kaimingUniform_(w);
      Init.kaimingNormal_(w, 0, FanMode.FAN_IN, Nonlinearity.RELU, Generator.seeded(1));
      Init.kaimingNormal_(w);
      assertTrue(w.isLeaf());
      assertTrue(w.requiresGrad());
    }
  }

  @Test
  void rejectsTensorsWithoutFans() {
    try (var _ = Scope.open()) {
      assertEquals(
          "kaimingUniform_: fans need 2 dimensions or more: [3]",
          assertThrows(ShapeException.class, () -> Init.kaimingUniform_(Tensor.zeros(3)))
              .getMessage());
      assertEquals(
          "eye_: tensor must have 2 dimensions: [3]",
          assertThrows(ShapeException.class, () -> Init.eye_(Tensor.zeros(3))).getMessage());
    }
  }
}
