package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Linalg;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the catalogue does not see of computed weights: training, removal, refusals.
class ParametrizationsTest {
  private static final Golden TRAINING =
      Golden.load(ParametrizationsTest.class, "spectral-training.txt");

  private static Linear linear() {
    return new Linear(4, 3, true, DType.F64);
  }

  static Stream<Arguments> trainings() {
    Linear three = Parametrizations.spectralNorm(linear(), "weight", 3, 0.5, 0, Generator.shared());
    return Stream.of(
        Arguments.of("spectral-training", Parametrizations.spectralNorm(linear()), 3),
        Arguments.of("spectral-training-iterations", three, 2));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void iteratesInTraining(String name, Linear layer, int calls) {
    Golden.Case golden = TRAINING.get(name);
    assertEquals(
        Golden.texts(ParametrizationsTest.class, "spectral-training-text.txt").get(name),
        layer.toString());
    try (layer;
        var _ = Scope.open()) {
      layer.loadStateDict(state(golden));
      Tensor x = Checks.tensor(golden.input("x")).requiresGrad_();
      for (int i = 1; i < calls; i++) {
        Tensor _ = layer.forward(x);
      }
      Tensor y = layer.forward(x);
      // What the next calls do to the vectors must not change the gradient.
      Tensor _ = layer.forward(x);
      Checks.assertClose(golden.output("y"), y.detach());
      y.backward(Checks.tensor(golden.seed()));
      Checks.assertClose(golden.grad("x"), Objects.requireNonNull(x.grad()));
      golden
          .ofKind("pgrad")
          .forEach((key, expected) ->
              Checks.assertClose(expected, Objects.requireNonNull(layer.getParameter(key).grad())));
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void keepsTheVectorsOfEachCall(String name, Linear layer, int calls) {
    Golden.Case golden = TRAINING.get(name);
    try (layer;
        var _ = Scope.open()) {
      layer.loadStateDict(state(golden));
      Tensor x = Checks.tensor(golden.input("x"));
      for (int i = 0; i < calls; i++) {
        Tensor _ = layer.forward(x);
      }
      layer.eval();
      Tensor _ = layer.forward(x);
      golden
          .ofKind("after")
          .forEach((key, expected) -> Checks.assertClose(expected, layer.getBuffer(key)));
    }
  }

  private static Map<String, Tensor> state(Golden.Case golden) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    golden.ofKind("param").forEach((key, array) -> state.put(key, Checks.tensor(array)));
    golden.ofKind("buffer").forEach((key, array) -> state.put(key, Checks.tensor(array)));
    return state;
  }

  @Test
  void splittingAndJoiningChangesNothing() {
    try (Linear layer = linear();
        var _ = Scope.open()) {
      Tensor x = Checks.sample(1, 2, 4).to(DType.F64);
      double[] before = layer.forward(x).toDoubleArray();
      Parametrizations.weightNorm(layer);
      assertEquals(List.of("bias", "weight_g", "weight_v"), names(layer));
      assertArrayEquals(before, layer.forward(x).toDoubleArray(), 1e-14);
      layer.optimizeForInference();
      try (var _ = NoGrad.open()) {
        assertArrayEquals(before, layer.forward(x).toDoubleArray(), 1e-14);
        layer.getParameter("weight_g").mul_(2);
        layer.getParameter("bias").zero_();
        double[] twice = layer.forward(x).toDoubleArray();
        Parametrizations.removeWeightNorm(layer, "weight");
        assertEquals(List.of("bias", "weight"), names(layer));
        assertArrayEquals(twice, layer.forward(x).toDoubleArray(), 1e-14);
      }
    }
  }

  @Test
  void removesTheSpectralNorm() {
    try (Conv2d layer = new Conv2d(2, 3, 2);
        var _ = Scope.open()) {
      Parametrizations.spectralNorm(layer);
      Tensor x = Checks.sample(1, 1, 2, 3, 3).to(DType.F32);
      for (int i = 0; i < 100; i++) {
        Tensor _ = layer.forward(x);
      }
      layer.eval();
      float[] before = layer.forward(x).toFloatArray();
      Parametrizations.removeSpectralNorm(layer, "weight");
      assertEquals(List.of("bias", "weight"), List.copyOf(layer.stateDict().keySet()));
      assertArrayEquals(before, layer.forward(x).toFloatArray(), 1e-6f);
      Tensor matrix = layer.weight().detach().reshape(3, -1);
      assertEquals(1, Linalg.svdvals(matrix).max().item(), 1e-4);
    }
  }

  @Test
  void trainsLengthAndDirection() {
    try (Linear layer = Parametrizations.weightNorm(linear());
        var optimizer = new SGD(layer.parameters(), 0.1);
        var _ = Scope.open()) {
      double length = layer.getParameter("weight_g").get(0, 0);
      layer.forward(Tensor.ones(DType.F64, 2, 4)).square().sum().backward();
      optimizer.step();
      assertEquals(3, optimizer.groups().getFirst().parameters().size());
      assertEquals(false, length == layer.getParameter("weight_g").get(0, 0));
    }
  }

  private static List<String> names(Module module) {
    return List.copyOf(module.namedParameters().keySet());
  }

  @Test
  void refuses() {
    try (Linear layer = linear();
        LSTM lstm = new LSTM(2, 3);
        Linear lazy = new LazyLinear(3)) {
      assertEquals(
          "weightNorm: Linear has no parameter 'w' of its own: [weight, bias]",
          message(() -> Parametrizations.weightNorm(layer, "w", 0)));
      assertEquals(
          "weightNorm: LSTM reads 'weight_hh_l0' itself; linear and bilinear layers and"
              + " convolutions can have a 'weight' that is computed",
          message(() -> Parametrizations.weightNorm(lstm, "weight_hh_l0", 0)));
      assertEquals(
          "spectralNorm: 'weight' of LazyLinear is uninitialized; call the module with an input"
              + " first",
          message(() -> Parametrizations.spectralNorm(lazy)));
      assertEquals(
          "removeWeightNorm: Linear has no weightNorm of 'weight'",
          message(() -> Parametrizations.removeWeightNorm(layer, "weight")));
      assertEquals(
          "spectralNorm: the number of iterations must be positive: 0",
          message(() ->
              Parametrizations.spectralNorm(layer, "weight", 0, 1e-12, 0, Generator.shared())));
      assertEquals(
          "weightNorm: dim must be -2 to 1: 2",
          assertThrows(
                  IndexOutOfBoundsException.class,
                  () -> Parametrizations.weightNorm(layer, "weight", 2))
              .getMessage());
      Parametrizations.weightNorm(layer);
      assertEquals(
          "spectralNorm: 'weight' of Linear is computed already; remove that first",
          message(() -> Parametrizations.spectralNorm(layer)));
      assertEquals(
          "removeSpectralNorm: Linear has no spectralNorm of 'weight'",
          message(() -> Parametrizations.removeSpectralNorm(layer, "weight")));
    }
  }

  private static String message(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
