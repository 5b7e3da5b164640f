package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Regions that turn recording on and off.
@ExtendWith(NoOpenScopes.class)
final class GradModeTest {
  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  private static String message(Runnable action) {
    return String.valueOf(assertThrows(IllegalStateException.class, action::run).getMessage());
  }

  @Test
  void nestsRegions() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1);
      try (var _ = NoGrad.open()) {
        assertFalse(x.mul(2).requiresGrad());
        try (var _ = EnableGrad.open()) {
          assertTrue(x.mul(2).requiresGrad());
          try (var _ = EnableGrad.open(false)) {
            assertFalse(x.mul(2).requiresGrad());
            assertTrue(NoGrad.isOpen());
          }
          assertTrue(Autograd.isRecording());
        }
        assertFalse(Autograd.isRecording());
      }
      assertTrue(Autograd.isRecording());
    }
  }

  @Test
  void recordsInAHook() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(3);
      x.registerHook(g -> {
        assertFalse(Autograd.isRecording());
        try (var _ = EnableGrad.open()) {
          Tensor y = leaf(2);
          y.mul(y).sum().backward();
          return Objects.requireNonNull(y.grad()).mul(g);
        }
      });
      x.mul(5).sum().backward();
      assertArrayEquals(new double[] {20}, Objects.requireNonNull(x.grad()).toDoubleArray());
    }
  }

  @Test
  void keepsInferenceTensorsOutOfGraphs() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(2, 3);
      Tensor y;
      Tensor row;
      try (var _ = InferenceMode.open()) {
        assertTrue(InferenceMode.isOpen());
        try (var _ = EnableGrad.open()) {
          y = w.mul(2);
        }
        y.add_(1);
        row = y.narrow(0, 0, 1);
        w.narrow(0, 0, 1).mul_(1);
        assertFalse(Tensor.ones(1).requiresGrad_().mul(2).requiresGrad());
      }
      assertFalse(InferenceMode.isOpen());
      assertTrue(Autograd.isRecording());
      assertTrue(y.isInference() && row.isInference() && y.detach().isInference());
      assertTrue(y.t().isInference());
      assertFalse(y.copy().isInference() || w.isInference());
      assertArrayEquals(new double[] {5, 7}, y.toDoubleArray());
      assertTrue(w.add(y).requiresGrad(), "a sum saves nothing");
      assertEquals(
          "mul: a tensor made in inference mode cannot be saved for backward: tensor [2];"
              + " use a copy()",
          message(() -> w.mul(y)));
      assertEquals(
          "add_: a tensor made in inference mode cannot be changed outside of it: tensor [1];"
              + " change a copy()",
          message(() -> row.add_(1)));
      assertEquals(
          "requiresGrad_: a tensor made in inference mode has no gradient outside of it:"
              + " tensor [2]; use a copy()",
          message(y::requiresGrad_));
      Tensor h = w.exp();
      assertThrows(IllegalStateException.class, () -> h.mul_(y));
      assertArrayEquals(w.detach().exp().toDoubleArray(), h.toDoubleArray(), "nothing was changed");
      w.mul(y.copy()).sum().backward();
      assertArrayEquals(new double[] {5, 7}, Objects.requireNonNull(w.grad()).toDoubleArray());
    }
  }

  @Test
  @SuppressWarnings("try") // closing twice is what is tested
  void belongsToItsThread() throws InterruptedException {
    try (var _ = Scope.open();
        InferenceMode inference = InferenceMode.open();
        EnableGrad enabled = EnableGrad.open()) {
      boolean[] open = {true};
      Throwable[] thrown = new Throwable[2];
      Thread other =
          new Thread(() -> {
            open[0] = InferenceMode.isOpen() || Tensor.ones(DType.F64, 1).isInference();
            thrown[0] = assertThrows(IllegalStateException.class, inference::close);
            thrown[1] = assertThrows(IllegalStateException.class, enabled::close);
          });
      other.start();
      other.join();
      assertFalse(open[0]);
      assertTrue(String.valueOf(thrown[0].getMessage()).startsWith("InferenceMode of thread"));
      assertTrue(String.valueOf(thrown[1].getMessage()).startsWith("EnableGrad of thread"));
      inference.close();
      inference.close();
      assertFalse(InferenceMode.isOpen());
    }
  }
}
