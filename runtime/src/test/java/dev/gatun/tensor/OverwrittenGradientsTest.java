package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Garbage;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Large gradients are written over where nobody else reads them; small ones, which are not, tell
/// what must come out.
class OverwrittenGradientsTest {
  private static final int SIDE = 128;

  record Graph(String name, UnaryOperator<Tensor> function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Graph> graphs() {
    return Stream.of(
        new Graph("chain", x -> x.mul(2).relu().mul(3).relu().sub(1)),
        new Graph("residual", x -> residual(x.mul(2))),
        new Graph("one gradient for two", x -> x.mul(2).relu().add(x.mul(3).relu())),
        new Graph("view of a gradient", x -> x.mul(2).relu().view(-1).relu().view(x.shape())),
        new Graph("expanded gradient", x -> x.mul(2).relu().sum().expand(x.shape())),
        new Graph("used twice", x -> used(x.mul(2).relu())),
        new Graph("in place", x -> x.mul(2).relu_().mul(3).relu_()));
  }

  private static Tensor residual(Tensor h) {
    return h.add(h.relu().add(h).relu());
  }

  private static Tensor used(Tensor y) {
    return y.mul(y).add(y.exp());
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void areThoseOfSmallTensors(Graph graph) {
    try (var _ = Scope.open("test")) {
      Tensor values = Tensor.randn(Generator.seeded(4), SIDE, SIDE);
      Tensor seed = Tensor.randn(Generator.seeded(5), SIDE, SIDE);
      float[] seedBefore = seed.toFloatArray();
      Tensor large = values.copy().requiresGrad_();
      Tensor y = graph.function().apply(large);
      y.backward(seed, true, false);
      y.backward(seed);
      assertArrayEquals(seedBefore, seed.toFloatArray());
      Tensor found = Objects.requireNonNull(large.grad());
      if (graph.name().equals("expanded gradient")) {
        double expected = 2 * 2 * seed.sum().item();
        assertEquals(expected, found.max().item(), Math.abs(expected) * 1e-4);
        return;
      }
      for (int i = 0; i < SIDE; i += 31) {
        Tensor row = values.select(0, i).copy().requiresGrad_();
        Tensor small = graph.function().apply(row);
        small.backward(seed.select(0, i), true, false);
        small.backward(seed.select(0, i));
        assertArrayEquals(
            Objects.requireNonNull(row.grad()).toFloatArray(), found.select(0, i).toFloatArray());
      }
    }
  }

  @Test
  void aRetainedGradientStaysWhatItWas() {
    try (var _ = Scope.open("test")) {
      Tensor x = Tensor.randn(Generator.seeded(4), SIDE, SIDE).requiresGrad_();
      Tensor y = x.mul(2).relu();
      y.retainGrad();
      y.mul(3).sum().backward();
      Tensor kept = y.grad();
      assertNotNull(kept);
      assertEquals(3, kept.min().item());
      assertEquals(3, kept.max().item());
    }
  }

  @Test
  void takeNoMemoryOfTheirOwn() {
    Garbage.collect();
    try (var _ = Scope.open("test")) {
      Tensor x = Tensor.randn(Generator.seeded(4), 512, 512).requiresGrad_();
      Tensor y = x.relu().relu().relu().relu();
      Tensor seed = Tensor.ones(512, 512);
      y.backward(seed, true, false);
      long before = MemoryStats.now().liveBytes();
      MemoryStats.resetPeak();
      y.backward(seed);
      long bytes = 512 * 512 * 4;
      // One, since the given one must stay.
      long most = MemoryStats.now().peakBytes() - before;
      assertTrue(most < 1.5 * bytes, most + " bytes");
    }
  }
}
