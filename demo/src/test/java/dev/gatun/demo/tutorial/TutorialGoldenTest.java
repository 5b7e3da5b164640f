package dev.gatun.demo.tutorial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gatun.demo.tutorial.CustomBlock.MLP;
import dev.gatun.demo.tutorial.NestedBlocks.NestMLP;
import dev.gatun.demo.tutorial.OrdinaryJava.FixedHiddenMLP;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Module;
import dev.gatun.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Every block of the tutorial against PyTorch: same weights, same input, same output and gradient.
class TutorialGoldenTest {
  private static final float TOLERANCE = 2e-6f;

  @Test
  void stackOfLayers() throws IOException {
    check("sequential", "sequential.safetensors", StackedLayers.network(), "0.weight");
  }

  @Test
  void customBlock() throws IOException {
    check("mlp", "mlp.safetensors", new MLP(), "hidden.weight");
  }

  @Test
  void handWrittenSequential() throws IOException {
    check("my-sequential", "sequential.safetensors", HandWrittenSequential.network(), "0.weight");
  }

  @Test
  void constantSharedLayerAndLoop() throws IOException {
    check("fixed-hidden", "fixed-hidden.safetensors", new FixedHiddenMLP(), "linear.weight");
  }

  @Test
  void nestedBlock() throws IOException {
    check("nest", "nest.safetensors", new NestMLP(), "net.0.weight");
  }

  @Test
  void blocksInBlocks() throws IOException {
    check("chimera", "chimera.safetensors", NestedBlocks.chimera(), "0.net.0.weight");
  }

  @Test
  void sharedParameters() throws IOException {
    GoldenCase golden = GoldenCase.read("shared");
    try (var _ = Scope.open("test");
        Module net = SharingParameters.network()) {
      net.load(GoldenCase.path("shared.safetensors"));
      Tensor y = net.forward(golden.input());
      assertArrayEquals(golden.values("out y"), y.toFloatArray(), TOLERANCE);
      y.sum().backward();
      for (String name : new String[] {"0.weight", "2.weight", "2.bias"}) {
        assertArrayEquals(golden.values("grad " + name), gradient(net, name), TOLERANCE, name);
      }
      assertNull(net.namedParameters().get("4.weight"), "a shared parameter is listed once");
    }
  }

  @Test
  void constantParameters() throws IOException {
    GoldenCase golden = GoldenCase.read("constant");
    try (var _ = Scope.open("test");
        Module net = ReadingParameters.network()) {
      net.apply(InitializingParameters::ones);
      float[] y = net.forward(golden.input()).toFloatArray();
      assertArrayEquals(golden.values("out y"), y, 1e-5f);
    }
  }

  private static void check(String name, String weights, Module net, String parameter)
      throws IOException {
    GoldenCase golden = GoldenCase.read(name);
    try (var _ = Scope.open("test");
        net) {
      net.load(GoldenCase.path(weights));
      Tensor y = net.forward(golden.input());
      assertArrayEquals(golden.shape("out y"), y.shape());
      assertArrayEquals(golden.values("out y"), y.toFloatArray(), TOLERANCE);
      y.sum().backward();
      float[] gradient = gradient(net, parameter);
      assertArrayEquals(
          golden.values("grad " + parameter + ".first8"), Arrays.copyOf(gradient, 8), 1e-5f);
      double sum = 0;
      for (float value : gradient) {
        sum += value;
      }
      assertEquals(
          golden.values("grad " + parameter + ".sum")[0], sum, 1e-4 * Math.abs(sum) + 1e-5);
    }
  }

  private static float[] gradient(Module net, String name) {
    Tensor parameter = net.namedParameters().get(name);
    Tensor gradient = parameter == null ? null : parameter.grad();
    return gradient == null ? new float[0] : gradient.toFloatArray();
  }
}
