package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What the catalogue does not see: predictions and refusals.
class AdaptiveLogSoftmaxTest {
  @Test
  void predictsTheMostProbableClass() {
    try (var layer = new AdaptiveLogSoftmaxWithLoss(16, 20, 4, 9);
        var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(3), 200, 16).mul(4);
      Tensor all = layer.logProb(x);
      assertArrayEquals(all.argmax(1).toLongArray(), layer.predict(x).toLongArray());
      assertEquals(1, all.exp().sum(1).sub(1).abs().max().item() + 1, 1e-5);
      long rare = Arrays.stream(layer.predict(x).toLongArray()).filter(c -> c >= 4).count();
      assertEquals(true, rare > 0 && rare < 200, rare + " rare");
      Tensor frequent = x.narrow(0, 0, 1).mul(0);
      assertArrayEquals(
          layer.logProb(frequent).argmax(1).toLongArray(), layer.predict(frequent).toLongArray());
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (var layer = new AdaptiveLogSoftmaxWithLoss(16, 20, 4, 9);
        var _ = Scope.open()) {
      Tensor x = Tensor.zeros(2, 16);
      assertMessage(
          "AdaptiveLogSoftmaxWithLoss: needs targets; call forward(Tensor, Tensor),"
              + " logProb(Tensor) or predict(Tensor)",
          () -> layer.forward(x));
      assertMessage(
          "AdaptiveLogSoftmaxWithLoss: needs [N,16] and [N], or [16] and []: [2,16] and [3]",
          () -> layer.forward(x, Tensor.of(new long[] {1, 2, 3}, 3)));
      assertMessage(
          "AdaptiveLogSoftmaxWithLoss: a target must be 0 to 19: 20",
          () -> layer.forward(x, Tensor.of(new long[] {1, 20}, 2)));
      assertMessage(
          "AdaptiveLogSoftmaxWithLoss: needs [N,16], got [16]",
          () -> layer.predict(x.select(0, 0)));
      assertMessage(
          "AdaptiveLogSoftmaxWithLoss: cutoffs must rise from 1 or more to 19 or less: [9,4]",
          () -> new AdaptiveLogSoftmaxWithLoss(16, 20, 9, 4));
      assertMessage(
          "AdaptiveLogSoftmaxWithLoss: cluster 3 has no features: inFeatures 16, divValue 4.0",
          () -> new AdaptiveLogSoftmaxWithLoss(16, 20, 4, 9, 12));
    }
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(RuntimeException.class, call).getMessage());
  }
}
