package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.GradCheck;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Layers against PyTorch, values and gradients.
class LayersTest {
  static Stream<Golden.Case> cases() {
    return Golden.load(LayersTest.class, "layers.txt").cases().stream();
  }

  private static Tensor run(String name, Checks.Inputs in) {
    Tensor x = in.get("x");
    return switch (name) {
      case "ReLU" -> new ReLU().forward(x);
      case "Sigmoid" -> new Sigmoid().forward(x);
      case "Tanh" -> new Tanh().forward(x);
      case "GELU" -> new GELU().forward(x);
      case "GELU-tanh" -> new GELU(true).forward(x);
      case "LayerNorm" -> layerNorm(LayerNorm.EPS, true, 4).forward(x);
      case "LayerNorm-eps" -> layerNorm(0.1, false, 3, 4).forward(x);
      case "Softplus" -> new Softplus().forward(x);
      case "Softplus-beta-threshold" -> new Softplus(2, 3).forward(x);
      case "Softmax-dim1" -> new Softmax(1).forward(x);
      case "Softmax-dim-1" -> new Softmax(-1).forward(x);
      case "Flatten" -> new Flatten().forward(x);
      case "Flatten-0-1" -> new Flatten(0, 1).forward(x);
      case "Identity" -> new Identity().forward(x);
      case "Dropout-eval" -> new Dropout(0.5).eval().forward(x);
      case "Dropout-zero" -> new Dropout(0).forward(x);
      case "Linear", "Linear-3d", "Linear-1d", "Linear-nobias" ->
          F.linear(x, in.get("weight"), in.find("bias"));
      case "Sequential" ->
          F.linear(F.tanh(F.linear(x, in.get("w0"), in.get("b0"))), in.get("w2"), in.get("b2"));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static LayerNorm layerNorm(double eps, boolean affine, long... shape) {
    return new LayerNorm(shape, eps, affine, true, DType.F64);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithPyTorch(Golden.Case c) {
    try (var _ = Scope.open()) {
      Checks.Inputs in = Checks.inputs(c);
      Tensor y = run(c.name(), in);
      Checks.assertClose(c.output("y"), y);
      if (c.hasSeed()) {
        y.backward(Checks.tensor(c.seed()));
      } else {
        y.square().sum().backward();
      }
      in.assertGradients(c);
    }
  }

  static Stream<Module> layers() {
    return Stream.of(
        new ReLU(),
        new Sigmoid(),
        new Tanh(),
        new GELU(),
        new GELU(true),
        layerNorm(0.1, true, 2, 4),
        new LayerNorm(new long[] {4}, 0.1, true, false, DType.F64),
        new Softplus(),
        new Softplus(2.5, 1),
        new Softplus(0.5, 30),
        new Softmax(-1),
        new LogSoftmax(1),
        new Flatten(),
        new Identity(),
        new Linear(4, 3, true, DType.F64),
        new Linear(4, 3, false, DType.F64),
        new Sequential(new Linear(4, 3, true, DType.F64), new Tanh()),
        new Sequential(new Linear(4, 3, true, DType.F64), new Sigmoid()),
        new Sequential(new Linear(4, 3, false, DType.F64), new GELU()));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientIsThatOfTheFunction(Module layer) {
    try (layer;
        var _ = Scope.open()) {
      Tensor[] inputs =
          Stream.concat(Stream.of(Checks.sample(1, 2, 4)), layer.parameters().stream())
              .toArray(Tensor[]::new);
      GradCheck.check(in -> layer.forward(in.getFirst()), inputs);
    }
  }

  @Test
  void linearHoldsWeightAndBiasInPyTorchsLayout() {
    try (Linear layer = new Linear(20, 256)) {
      assertEquals(List.of(256L, 20L), shape(layer.weight()));
      Parameter bias = layer.bias();
      assertNotNull(bias);
      assertEquals(List.of(256L), shape(bias));
      assertEquals(20, layer.inFeatures());
      assertEquals(256, layer.outFeatures());
    }
  }

  private static List<Long> shape(Tensor tensor) {
    return Arrays.stream(tensor.shape()).boxed().toList();
  }
}
