package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What backward does with a graph; the gradients of single operations are in [OpCatalogTest].
@ExtendWith(NoOpenScopes.class)
final class AutogradTest {
  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  private static double[] grad(Tensor leaf) {
    return Objects.requireNonNull(leaf.grad()).toDoubleArray();
  }

  @Test
  void addsUpOverTwoBackwards() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      x.mul(3).sum().backward();
      x.mul(x).sum().backward();
      assertArrayEquals(new double[] {5, 7}, grad(x));
      x.zeroGrad();
      assertNull(x.grad());
      x.mul(2).sum().backward();
      assertArrayEquals(new double[] {2, 2}, grad(x));
    }
  }

  @Test
  void startsFromTheGivenGradient() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor seed = Tensor.of(new double[] {10, 100}, 2);
      x.backward(seed);
      x.add(1).backward(seed);
      assertArrayEquals(new double[] {20, 200}, grad(x));
      assertArrayEquals(new double[] {10, 100}, seed.toDoubleArray(), "the seed is not touched");
    }
  }

  @Test
  void sumsOverEveryUse() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(3);
      Tensor y = x.mul(2);
      y.add(y).add(y).add(x).sum().backward();
      assertArrayEquals(new double[] {7}, grad(x));
      Tensor a = leaf(3);
      a.add(a).sum().backward();
      assertArrayEquals(new double[] {2}, grad(a));
      assertNull(y.grad(), "only leaves keep a gradient");
    }
  }

  @Test
  void runsTwiceOverARetainedGraph() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2);
      Tensor y = x.mul(x).mul(x).sum();
      y.backward(null, true, false);
      y.backward(null, true, false);
      assertArrayEquals(new double[] {24}, grad(x));
      y.backward();
      assertArrayEquals(new double[] {36}, grad(x));
      assertThrows(IllegalStateException.class, y::backward);
    }
  }

  @Test
  void recordsNothingInsideNestedNoGrad() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2);
      assertTrue(Autograd.isRecording());
      try (var _ = NoGrad.open()) {
        try (var _ = NoGrad.open()) {
          assertFalse(Autograd.isRecording());
        }
        assertFalse(Autograd.isRecording());
        Tensor y = x.mul(2);
        assertFalse(y.requiresGrad());
        assertTrue(y.isLeaf());
        x.add_(1);
      }
      assertTrue(Autograd.isRecording());
      assertTrue(x.mul(2).requiresGrad());
      assertFalse(x.mul(2).isLeaf());
      assertEquals(3, x.item());
    }
  }

  @Test
  void refusesToCloseNoGradOnAnotherThread() throws InterruptedException {
    try (NoGrad region = NoGrad.open()) {
      Throwable[] thrown = new Throwable[1];
      Thread other =
          new Thread(
              () -> thrown[0] = assertThrows(IllegalStateException.class, region::close), "other");
      other.start();
      other.join();
      assertEquals(
          "NoGrad of thread '%s' was closed by thread 'other'"
              .formatted(Thread.currentThread().getName()),
          thrown[0].getMessage());
      assertFalse(Autograd.isRecording());
    }
    assertTrue(Autograd.isRecording());
  }

  @Test
  void cutsTheGraphAtDetach() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2);
      Tensor cut = x.mul(3).detach();
      assertFalse(cut.requiresGrad());
      x.mul(cut).sum().backward();
      assertArrayEquals(new double[] {6}, grad(x));
      x.detach().add_(1);
      assertEquals(3, x.item(), "detach shares memory");
    }
  }

  @Test
  void seesAChangeThroughADetachedTensor() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2);
      Tensor y = x.mul(x).sum();
      x.detach().add_(1);
      assertThrows(IllegalStateException.class, y::backward);
      Tensor z = x.add(5).sum();
      x.detach().add_(1);
      z.backward(); // a sum needs none of its inputs
      assertArrayEquals(new double[] {1}, grad(x));
    }
  }

  @Test
  void seesAChangeOfASavedResult() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2);
      Tensor e = x.exp();
      Tensor y = e.sum();
      e.detach().mul_(2);
      assertThrows(IllegalStateException.class, y::backward);
    }
  }

  @Test
  void leavesAGradientThatCanBeDifferentiatedAgain() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2, 3);
      x.pow(3).sum().backward(null, true, true);
      Tensor first = Objects.requireNonNull(x.grad());
      assertTrue(first.requiresGrad());
      assertArrayEquals(new double[] {12, 27}, first.toDoubleArray());
      Tensor penalty = first.square().sum();
      x.zeroGrad();
      penalty.backward();
      assertArrayEquals(new double[] {288, 972}, grad(x));
      assertArrayEquals(new double[] {12, 27}, first.toDoubleArray());
    }
  }

  @Test
  void addsAPlainGradientToARecordedOne() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2);
      x.pow(3).sum().backward(null, true, true);
      x.pow(2).sum().backward();
      assertArrayEquals(new double[] {16}, grad(x));
      x.pow(2).sum().backward(null, false, true);
      assertArrayEquals(new double[] {20}, grad(x));
    }
  }

  @Test
  void returnsGradientsWithoutAccumulating() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2);
      Tensor unused = leaf(5);
      Tensor hidden = x.mul(x);
      Tensor y = hidden.mul(3).sum();
      List<@Nullable Tensor> g =
          Autograd.grad(List.of(y), List.of(x, unused, hidden), new GradOptions().allowUnused());
      assertArrayEquals(new double[] {12}, Objects.requireNonNull(g.get(0)).toDoubleArray());
      assertNull(g.get(1));
      assertArrayEquals(new double[] {3}, Objects.requireNonNull(g.get(2)).toDoubleArray());
      assertNull(x.grad());
      assertNull(unused.grad());
    }
  }

  @Test
  void weighsSeveralOutputs() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2, 3);
      List<Tensor> weights =
          List.of(Tensor.of(new double[] {1, 10}, 2), Tensor.scalar(DType.F64, 4));
      List<@Nullable Tensor> g =
          Autograd.grad(List.of(x.mul(x), x.sum()), List.of(x), weights, false, false);
      assertArrayEquals(new double[] {8, 64}, Objects.requireNonNull(g.get(0)).toDoubleArray());
    }
  }

  @Test
  void asksNothingOfAnOperandThatNeedsNoGradient() {
    try (var _ = Scope.open()) {
      Tensor frozen = Tensor.ones(DType.F64, 2, 3);
      Tensor w = Tensor.ones(DType.F64, 3, 2).requiresGrad_();
      Tensor y = frozen.matmul(w).sum();
      // The gradient of `frozen` would read `w` and refuse, since that has changed.
      w.detach().mul_(2);
      y.backward();
      assertArrayEquals(new double[] {2, 2, 2, 2, 2, 2}, grad(w));
      assertNull(frozen.grad());
    }
  }

  @Test
  void followsManyOperations() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1);
      Tensor y = x;
      for (int i = 0; i < 200_000; i++) {
        Tensor next = y.add(1);
        if (i > 0) {
          y.free(); // a sum saves nothing
        }
        y = next;
      }
      y.backward();
      assertEquals(200_001, y.item());
      assertArrayEquals(new double[] {1}, grad(x));
    }
  }

  @Test
  void followsManyPathsOnce() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1);
      Tensor y = x;
      for (int i = 0; i < 60; i++) {
        y = y.add(y); // 2^60 paths
      }
      y.backward();
      assertArrayEquals(new double[] {0x1p60}, grad(x));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "F16"})
  void accumulatesInHalfPrecision(DType dtype) {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1, 2, 3).to(dtype).requiresGrad_();
      Tensor wide = x.to(DType.F32);
      wide.mul(x.to(DType.F32)).sum().backward();
      x.expand(2, 3).to(DType.F32).mul(0.5).sum().backward();
      Tensor g = Objects.requireNonNull(x.grad());
      assertEquals(dtype, g.dtype());
      assertArrayEquals(new double[] {3, 5, 7}, g.toDoubleArray());
    }
  }

  @Test
  void convertsTheGradientBack() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1, 2).requiresGrad_();
      x.to(DType.F64).mul(0.5).sum().backward();
      Tensor g = Objects.requireNonNull(x.grad());
      assertEquals(DType.F32, g.dtype());
      assertArrayEquals(new double[] {0.5, 0.5}, g.toDoubleArray());
      assertFalse(x.to(DType.I64).requiresGrad());
      assertFalse(x.gt(1).requiresGrad());
    }
  }

  @Test
  void keepsALeafALeaf() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1);
      assertTrue(x.isLeaf() && x.requiresGrad());
      assertFalse(x.requiresGrad_(false).requiresGrad());
      assertFalse(x.mul(2).requiresGrad());
      assertNotNull(x.requiresGrad_());
      assertTrue(x.mul(2).requiresGrad_().requiresGrad());
    }
  }

  @Test
  void checksGradientsThatAreWrong() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      AssertionError error =
          assertThrows(
              AssertionError.class,
              () -> GradCheck.check(in -> in.get(0).mul(in.get(0).detach()).sum(), x));
      assertTrue(
          String.valueOf(error.getMessage()).startsWith("gradcheck: input 0, element 0: analytic "),
          error.getMessage());
      Tensor large = Tensor.ones(DType.F64, 40).requiresGrad_();
      assertThrows(
          AssertionError.class,
          () -> GradCheck.check(in -> in.get(0).detach().square().sum(), large));
      GradCheck.check(in -> in.get(0).square().sum(), large);
      GradCheck.checkSecond(in -> in.get(0).tanh(), large);
      assertArrayEquals(new double[] {1, 2}, x.toDoubleArray(), "inputs are put back");
    }
  }
}
