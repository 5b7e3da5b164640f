package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoOpenScopes.class)
class OptimizeForInferenceTest {
  private static final long WEIGHT_BYTES = 4L * (256 * 20 + 10 * 256);

  private static Sequential mlp() {
    Generator generator = Generator.seeded(1);
    return new Sequential(
        new Linear(20, 256, generator), new ReLU(), new Linear(256, 10, generator));
  }

  private static float[] infer(Module model, Tensor x) {
    try (var _ = Scope.open();
        var _ = NoGrad.open()) {
      return model.forward(x).toFloatArray();
    }
  }

  @Test
  void computesTheSame() {
    try (var _ = Scope.open();
        Sequential model = mlp()) {
      for (long rows : new long[] {0, 1, 2, 7, 100}) {
        Tensor x = Tensor.randn(Generator.seeded(2), rows, 20);
        float[] expected = infer(model, x);
        model.optimizeForInference();
        assertFalse(model.isTraining());
        assertArrayEquals(expected, infer(model, x), 1e-5f);
        model.train();
      }
    }
  }

  @Test
  void followsChangesOfTheWeights() {
    try (var _ = Scope.open();
        Sequential model = mlp();
        Sequential other = mlp()) {
      Tensor x = Tensor.randn(Generator.seeded(2), 2, 20);
      model.optimizeForInference();
      float[] before = infer(model, x);
      try (var _ = NoGrad.open()) {
        other.parameters().forEach(parameter -> parameter.mul_(0.5));
      }
      model.loadStateDict(other.stateDict());
      assertArrayEquals(infer(other, x), infer(model, x), 1e-5f);
      assertTrue(Math.abs(infer(model, x)[0] - before[0]) > 1e-4);
    }
  }

  @Test
  void recordsWithTheParametersThemselves() {
    try (var _ = Scope.open();
        Sequential model = mlp()) {
      model.optimizeForInference();
      model.forward(Tensor.ones(2, 20)).sum().backward();
      model.parameters().forEach(parameter -> assertNotNull(parameter.grad()));
    }
  }

  @Test
  void takesTheMemoryOfTheWeightsUntilTrainingOrTheEnd() {
    Garbage.collect();
    long empty = MemoryStats.now().sharedBytes();
    Sequential model = mlp();
    long plain = MemoryStats.now().sharedBytes();
    model.optimizeForInference();
    assertTrue(MemoryStats.now().sharedBytes() - plain >= WEIGHT_BYTES);
    model.train();
    assertEquals(plain, MemoryStats.now().sharedBytes());
    model.optimizeForInference();
    model.close();
    assertEquals(empty, MemoryStats.now().sharedBytes());
  }
}
