package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// What activation layers refuse, and what they draw or overwrite.
class ActivationLayersTest {
  @Test
  void refusesBadOptionsAndShapes() {
    assertEquals(
        "Hardtanh: maxVal must be greater than minVal: 1.0 and -1.0",
        assertThrows(IllegalArgumentException.class, () -> new Hardtanh(1, -1)).getMessage());
    assertEquals(
        "PReLU: numParameters must be positive: 0",
        assertThrows(IllegalArgumentException.class, () -> new PReLU(0)).getMessage());
    try (var _ = Scope.open()) {
      assertEquals(
          "Softmax2d: input must be [N,C,H,W] or [C,H,W]: [2,3]",
          assertThrows(ShapeException.class, () -> new Softmax2d().forward(Tensor.zeros(2, 3)))
              .getMessage());
      try (PReLU layer = new PReLU(3)) {
        assertEquals(
            "prelu: weight must have one value, or one for each channel: [3] for [5,4] (4 channels)",
            assertThrows(ShapeException.class, () -> layer.forward(Tensor.zeros(5, 4)))
                .getMessage());
      }
    }
  }

  @Test
  void overwritesItsInputWhereAsked() {
    try (var _ = Scope.open()) {
      Tensor x = Checks.f64(-2, 3);
      assertSame(x, new ReLU(true).forward(x));
      assertArrayEquals(new double[] {0, 3}, x.toDoubleArray());
      assertSame(x, new Hardsigmoid(true).forward(x));
      assertArrayEquals(new double[] {0.5, 1}, x.toDoubleArray());
      Tensor drawn = Checks.f64(-1, -1);
      assertSame(drawn, new RReLU(0.25, 0.5, true, Generator.seeded(1)).forward(drawn));
      assertArrayEquals(
          F.rrelu(Checks.f64(-1, -1), 0.25, 0.5, true, Generator.seeded(1)).toDoubleArray(),
          drawn.toDoubleArray());
    }
  }

  @Test
  void drawsOtherSlopesEachTimeInTraining() {
    try (var _ = Scope.open()) {
      RReLU layer = new RReLU();
      Tensor x = Tensor.full(DType.F64, -1, 100);
      Tensor first = layer.forward(x);
      assertTrue(first.ne(layer.forward(x)).any().item() == 1);
      assertTrue(first.ge(-1.0 / 3).logicalAnd(first.le(-1.0 / 8)).all().item() == 1);
      layer.eval();
      assertEquals(-(1.0 / 8 + 1.0 / 3) / 2, layer.forward(x).mean().item(), 1e-15);
      assertEquals("RReLU(lower=0.125, upper=0.3333333333333333)", layer.toString());
    }
  }
}
