package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.GradCheck;
import dev.gatun.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GumbelSoftmaxTest {
  private static final double TAU = 0.7;

  private static Tensor sample(Tensor logits, boolean hard, int dim) {
    return F.gumbelSoftmax(logits, TAU, hard, dim, Generator.seeded(4));
  }

  @Test
  void isTheSoftmaxOfPerturbedLogits() {
    try (var _ = Scope.open()) {
      Tensor logits = Checks.sample(3, 4, 3).to(DType.F64);
      Tensor drawn = Tensor.empty(DType.F64, 4, 3).exponential_(Generator.seeded(4), 1);
      Tensor expected = logits.sub(drawn.log()).div(TAU).softmax(0);
      Checks.assertClose(
          expected.toDoubleArray(), sample(logits, false, 0).toDoubleArray(), 1e-14, 1e-14);
    }
  }

  /// Of many samples, as many have each category first as its probability says.
  @Test
  void choosesByProbability() {
    try (var _ = Scope.open()) {
      double[] p = {0.5, 0.3, 0.2};
      Tensor logits = Tensor.of(p, 3).log().to(DType.F32).expand(20_000, 3);
      Tensor y = F.gumbelSoftmax(logits, 1, true, -1, Generator.seeded(11));
      assertArrayEquals(p, y.mean(0).to(DType.F64).toDoubleArray(), 0.015);
      assertEquals(0, y.mul(y.sub(1)).abs().max().item(), 1e-6);
    }
  }

  @Test
  void theHardOneHasTheGradientOfTheSoftOne() {
    try (var _ = Scope.open()) {
      Tensor soft = Checks.sample(3, 4, 3).to(DType.F64).requiresGrad_();
      Tensor hard = soft.detach().copy().requiresGrad_();
      Tensor g = Checks.sample(5, 4, 3).to(DType.F64);
      sample(soft, false, 1).backward(g);
      Tensor y = sample(hard, true, 1);
      y.backward(g);
      assertArrayEquals(
          Objects.requireNonNull(soft.grad()).toDoubleArray(),
          Objects.requireNonNull(hard.grad()).toDoubleArray());
      assertArrayEquals(new double[] {1, 1, 1, 1}, y.detach().sum(1).toDoubleArray(), 1e-12);
      GradCheck.check(in -> sample(in.get(0), false, 1), soft);
      GradCheck.checkSecond(in -> sample(in.get(0), false, 1), soft);
    }
  }

  @Test
  void refusesATemperatureOfZero() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(2, 2);
      assertEquals(
          "gumbelSoftmax: tau must be positive: 0.0",
          assertThrows(IllegalArgumentException.class, () -> F.gumbelSoftmax(x, 0, false))
              .getMessage());
    }
  }
}
