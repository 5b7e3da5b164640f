package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Hooks on gradients, retained gradients, and a tensor's place in the graph.
@ExtendWith(NoOpenScopes.class)
final class HooksTest {
  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  private static double[] grad(Tensor leaf) {
    return Objects.requireNonNull(leaf.grad()).toDoubleArray();
  }

  @Test
  void seesAndReplacesTheGradientOfALeaf() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      List<double[]> seen = new ArrayList<>();
      HookHandle first =
          x.registerHook(g -> {
            seen.add(g.toDoubleArray());
            return g.mul(10);
          });
      x.registerHook(g -> {
        seen.add(g.toDoubleArray());
        return null;
      });
      x.mul(x).add(x).sum().backward();
      assertEquals(2, seen.size(), "once, with the complete gradient");
      assertArrayEquals(new double[] {3, 5}, seen.get(0));
      assertArrayEquals(new double[] {30, 50}, seen.get(1), "in the order of registration");
      assertArrayEquals(new double[] {30, 50}, grad(x));
      first.remove();
      first.remove();
      x.mul(2).sum().backward();
      assertArrayEquals(new double[] {32, 52}, grad(x));
      assertArrayEquals(new double[] {2, 2}, seen.get(2));
      assertEquals(3, seen.size());
    }
  }

  @Test
  void callsAHookAsOftenAsItIsRegistered() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1);
      java.util.function.Function<Tensor, @Nullable Tensor> twice = g -> g.mul(2);
      HookHandle one = x.registerHook(twice);
      try (var _ = x.registerHook(twice)) {
        x.mul(3).sum().backward();
      }
      assertArrayEquals(new double[] {12}, grad(x));
      x.zeroGrad();
      x.mul(3).sum().backward();
      assertArrayEquals(new double[] {6}, grad(x));
      one.remove();
      x.zeroGrad();
      x.mul(3).sum().backward();
      assertArrayEquals(new double[] {3}, grad(x));
    }
  }

  @Test
  void changesTheGradientOfAnIntermediateResult() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor h = x.mul(3);
      Tensor before = h.mul(2);
      h.registerHook(g -> g.minimum(Tensor.full(DType.F64, 3, 2)));
      h.retainGrad();
      before.add(h.mul(5)).sum().backward();
      assertArrayEquals(new double[] {3, 3}, grad(h), "what hooks made of 7");
      assertArrayEquals(new double[] {9, 9}, grad(x));
    }
  }

  @Test
  void hooksOneOfSeveralResults() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor rows = x.mul(2);
      Tensor head = rows.narrow(0, 0, 1);
      head.registerHook(g -> g.neg());
      head.add(rows.narrow(0, 1, 1)).sum().backward();
      assertArrayEquals(new double[] {-2, 2}, grad(x));
    }
  }

  @Test
  void recordsAHookWhereThePassIsRecorded() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2);
      x.registerHook(g -> g.mul(g));
      Tensor g =
          Objects.requireNonNull(
              Autograd.grad(List.of(x.pow(2).sum()), List.of(x), new GradOptions().createGraph())
                  .getFirst());
      assertArrayEquals(new double[] {16}, g.toDoubleArray());
      assertTrue(g.requiresGrad());
      // d(4x²)/dx = 8x, and the hook squares it
      g.sum().backward();
      assertArrayEquals(new double[] {256}, grad(x));
    }
  }

  @Test
  void tellsOfAccumulatedGradients() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(1, 2);
      List<double[]> seen = new ArrayList<>();
      HookHandle handle = w.registerPostAccumulateGradHook(leaf -> seen.add(grad(leaf)));
      w.mul(3).sum().backward();
      w.reshape(1, 2).matmul(Tensor.ones(DType.F64, 2, 1)).sum().backward();
      Tensor square = Tensor.ones(DType.F64, 2, 2).requiresGrad_();
      List<Tensor> shortcut = new ArrayList<>();
      square.registerPostAccumulateGradHook(shortcut::add);
      Tensor.ones(DType.F64, 2, 2).matmul(square).sum().backward();
      assertEquals(List.of(square), shortcut);
      assertArrayEquals(new double[] {3, 3}, seen.get(0));
      assertArrayEquals(new double[] {4, 4}, seen.get(1));
      handle.remove();
      w.sum().backward();
      assertEquals(2, seen.size());
      w.registerPostAccumulateGradHook(Tensor::zeroGrad);
      w.sum().backward();
      assertNull(w.grad(), "an optimizer in backward may use it up");
      Tensor h = w.exp();
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class, () -> h.registerPostAccumulateGradHook(_ -> {}));
      assertEquals(
          "registerPostAccumulateGradHook: only leaves accumulate gradients:"
              + " tensor [2] was computed by exp; use registerHook",
          refused.getMessage());
    }
  }

  @Test
  void retainsTheGradientOfAnIntermediateResult() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor h = x.mul(x);
      assertFalse(h.retainsGrad());
      h.retainGrad();
      h.retainGrad();
      assertTrue(h.retainsGrad());
      Tensor loss = h.mul(3).sum();
      loss.backward(null, true, false);
      assertArrayEquals(new double[] {3, 3}, grad(h));
      loss.backward();
      assertArrayEquals(new double[] {6, 6}, grad(h), "accumulates as leaves do");
      assertArrayEquals(new double[] {12, 24}, grad(x));
      x.retainGrad();
      assertFalse(x.retainsGrad());
      Tensor constant = Tensor.ones(2);
      assertEquals(
          "retainGrad: tensor [2] needs no gradient; call requiresGrad_() on a leaf it is computed"
              + " from, outside NoGrad",
          assertThrows(IllegalStateException.class, constant::retainGrad).getMessage());
    }
  }

  @Test
  void retainsTheGradientOfWhatATensorHasBecome() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor h = x.mul(2);
      h.retainGrad();
      h.registerHook(g -> {
        assertArrayEquals(new double[] {15, 25}, g.toDoubleArray(), "of h as it was");
        return null;
      });
      h.mul_(5);
      Tensor tail = h.narrow(0, 1, 1);
      tail.retainGrad();
      h.add_(1);
      assertTrue(h.retainsGrad() && tail.retainsGrad());
      h.mul(3).sum().add(tail.expand(2).sum()).backward();
      assertArrayEquals(new double[] {3, 5}, grad(h));
      assertArrayEquals(new double[] {2}, grad(tail));
      assertArrayEquals(new double[] {30, 50}, grad(x));
    }
  }

  @Test
  void refusesAGradientThatDoesNotFit() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      HookHandle handle = x.registerHook(g -> g.sum());
      Tensor loss = x.mul(2).sum();
      assertEquals(
          "registerHook: the gradient that a hook returned does not match: F64 [] for F64 [2]",
          assertThrowsExactly(ShapeException.class, loss::backward).getMessage());
      handle.remove();
      x.registerHook(g -> g.to(DType.F32));
      assertThrowsExactly(ShapeException.class, x.mul(2).sum()::backward);
      assertThrows(IllegalStateException.class, () -> Tensor.ones(1).registerHook(_ -> null));
    }
  }

  @Test
  void leavesNothingBehindWhenAHookFails() {
    try (var _ = Scope.open("outer")) {
      Tensor x = Tensor.ones(DType.F64, 1000).requiresGrad_();
      Tensor h = x.mul(2);
      Tensor loss = h.exp().sum();
      h.registerHook(_ -> {
        throw new UnsupportedOperationException("stop");
      });
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      assertThrows(UnsupportedOperationException.class, loss::backward);
      assertEquals(before, MemoryStats.now().liveBytes());
      assertTrue(Autograd.isRecording());
      assertEquals("outer", Objects.requireNonNull(Scope.current()).name());
      assertNull(x.grad());
    }
  }

  @Test
  void namesWhatMadeATensor() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      assertNull(x.gradFn());
      assertNull(Tensor.ones(1).gradFn());
      assertEquals("exp", x.exp().gradFn());
      assertEquals("sum", x.sum().gradFn());
      Tensor y = x.exp();
      y.narrow(0, 0, 1).mul_(2);
      assertEquals("copySlices", y.gradFn());
    }
  }

  @Test
  void detachesInPlace() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor h = x.exp();
      Tensor y = h.mul(h).sum();
      assertTrue(h.detach_().isLeaf());
      assertFalse(h.requiresGrad());
      assertNull(h.gradFn());
      Tensor g =
          Objects.requireNonNull(
              Autograd.grad(List.of(y), List.of(x), new GradOptions().createGraph()).getFirst());
      assertTrue(g.requiresGrad(), "what was recorded before is differentiated as it was");
      g.sum().backward();
      assertArrayEquals(new double[] {4 * Math.exp(2), 4 * Math.exp(4)}, grad(x), 1e-12);
      Tensor w = leaf(1);
      assertFalse(w.detach_().requiresGrad());
      Tensor part = x.narrow(0, 0, 1);
      assertEquals(
          "detach_: tensor [1] is a view of tensor [2]; use detach()",
          assertThrows(IllegalStateException.class, part::detach_).getMessage());
    }
  }
}
