package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DropoutTest {
  @Test
  void dropsTheShareAskedForAndScalesTheRest() {
    try (var _ = Scope.open()) {
      float[] y =
          new Dropout(0.2, Generator.seeded(1)).forward(Tensor.ones(100_000)).toFloatArray();
      long dropped = IntStream.range(0, y.length).filter(i -> y[i] == 0).count();
      long kept = IntStream.range(0, y.length).filter(i -> y[i] == 1.25f).count();
      assertEquals(100_000, dropped + kept);
      // Five standard deviations of a binomial count: 5 sqrt(n p (1 - p)).
      assertEquals(20_000.0, (double) dropped, 632);
    }
  }

  @Test
  void evaluationReturnsTheInput() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(10);
      assertSame(x, new Dropout(0.9).eval().forward(x));
    }
  }

  @Test
  void gradientFollowsTheMask() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(50).requiresGrad_();
      Tensor y = new Dropout(0.5, Generator.seeded(2)).forward(x);
      y.sum().backward();
      Tensor grad = x.grad();
      assertNotNull(grad);
      assertArrayEquals(y.detach().toFloatArray(), grad.toFloatArray());
    }
  }

  @Test
  void drawsAnewEachTimeAndTheSameForASeed() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(64);
      Dropout layer = new Dropout(0.5, Generator.seeded(3));
      Tensor first = layer.forward(x);
      assertEquals(false, first.equal(layer.forward(x)));
      assertEquals(true, first.equal(F.dropout(x, 0.5, true, Generator.seeded(3))));
    }
  }

  @Test
  void certainDropLeavesZeros() {
    try (var _ = Scope.open()) {
      assertEquals(0, F.dropout(Tensor.ones(8), 1, true).sum().item());
    }
  }

  @Test
  void rejectsWhatIsNoProbability() {
    assertEquals(
        "dropout: p must be between 0 and 1: 1.5",
        assertThrows(IllegalArgumentException.class, () -> new Dropout(1.5)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Dropout(Double.NaN));
  }
}
