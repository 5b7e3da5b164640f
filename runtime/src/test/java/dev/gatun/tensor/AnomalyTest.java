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
import org.example.UserProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A NaN is found where it is made.
@ExtendWith(NoOpenScopes.class)
final class AnomalyTest {
  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  private static String message(Runnable action) {
    return String.valueOf(assertThrows(IllegalStateException.class, action::run).getMessage());
  }

  @Test
  void namesTheOperationAndTheLine() {
    try (var _ = Scope.open();
        var _ = Anomaly.detect()) {
      assertTrue(Anomaly.isOn());
      Tensor x = leaf(0, 1);
      Tensor loss = UserProgram.root(x.mul(2)).mul(Tensor.of(new double[] {0, 1}, 2)).sum();
      assertEquals(
          "backward: NaN in the gradient that sqrt returned for its operand 0: tensor [2];"
              + " sqrt was called at org.example.UserProgram.root(UserProgram.java:11)",
          message(loss::backward));
    }
  }

  @Test
  void findsItWhenForwardRanOutside() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(0, 1);
      Tensor loss = UserProgram.root(x).mul(Tensor.of(new double[] {0, 1}, 2)).sum();
      try (var _ = Anomaly.detect()) {
        assertEquals(
            "backward: NaN in the gradient that sqrt returned for its operand 0: tensor [2];"
                + " run forward inside Anomaly.detect() too, to see where it was called",
            message(loss::backward));
      }
    }
  }

  @Test
  void findsItInChangesOfViews() {
    try (var _ = Scope.open();
        var _ = Anomaly.detect()) {
      Tensor y = leaf(0, 1).mul(1);
      UserProgram.scale(y);
      Tensor loss = y.mul(Tensor.zeros(DType.F64, 2)).sum();
      assertTrue(
          message(loss::backward).endsWith("org.example.UserProgram.scale(UserProgram.java:19)"));
    }
  }

  @Test
  void checksResultsWhenAskedTo() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(0, 1);
      try (var _ = Anomaly.detect()) {
        assertFalse(Double.isFinite(UserProgram.quotient(x).sum().item()));
      }
      try (var _ = Anomaly.detectForward()) {
        assertEquals(
            "div: NaN in its result: tensor [2];"
                + " called at org.example.UserProgram.quotient(UserProgram.java:15)",
            message(() -> UserProgram.quotient(x)));
        assertTrue(Double.isNaN(UserProgram.quotient(x.detach()).get(0)), "nothing is recorded");
      }
    }
  }

  @Test
  void leavesGoodGradientsAlone() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor half = Tensor.of(1, 2).to(DType.BF16).requiresGrad_();
      try (var _ = Anomaly.detect();
          var _ = Anomaly.detect()) {
        x.exp().matmul(x).backward();
        half.to(DType.F32).sum().backward();
        Tensor.zeros(DType.F64, 0).requiresGrad_().exp().sum().backward();
      }
      assertArrayEquals(
          new double[] {2 * Math.E, 3 * Math.exp(2)},
          Objects.requireNonNull(x.grad()).toDoubleArray(),
          1e-12);
      assertFalse(Anomaly.isOn());
      leaf(0).sqrt().mul(0).sum().backward();
    }
  }

  @Test
  @SuppressWarnings("try") // closing twice is what is tested
  void isAMatterOfOneThread() throws InterruptedException {
    try (var _ = Scope.open();
        Anomaly region = Anomaly.detect()) {
      boolean[] on = {true};
      Throwable[] thrown = new Throwable[1];
      Thread other =
          new Thread(() -> {
            on[0] = Anomaly.isOn();
            thrown[0] = assertThrows(IllegalStateException.class, region::close);
          });
      other.start();
      other.join();
      assertFalse(on[0]);
      assertTrue(String.valueOf(thrown[0].getMessage()).startsWith("Anomaly of thread"));
      region.close();
      region.close();
      assertFalse(Anomaly.isOn());
    }
  }
}
