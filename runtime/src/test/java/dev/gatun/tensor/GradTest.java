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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// [Autograd#grad] and [Autograd#backward] with their options.
@ExtendWith(NoOpenScopes.class)
final class GradTest {
  private static final GradOptions OPTIONS = new GradOptions();

  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  private static double[] values(@Nullable Tensor tensor) {
    return Objects.requireNonNull(tensor).toDoubleArray();
  }

  @Test
  void differentiatesOnlyWhatLiesBetween() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor below = x.exp();
      Tensor h = below.mul(1);
      Tensor y = h.mul(h).sum();
      below.detach().add_(1); // the exponential's gradient would refuse
      assertArrayEquals(
          new double[] {2 * Math.E, 2 * Math.exp(2)},
          values(Autograd.grad(y, h).getFirst()),
          1e-12);
      assertNull(x.grad());
      assertThrows(IllegalStateException.class, () -> Autograd.grad(h.sum(), x));
    }
  }

  @Test
  void leavesTheGraphBelowAnInputAsItIs() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor h = x.exp();
      Tensor y = h.mul(3).sum();
      var _ = Autograd.grad(y, h);
      h.sum().backward();
      assertArrayEquals(new double[] {Math.E, Math.exp(2)}, values(x.grad()), 1e-12);
    }
  }

  @Test
  void startsFromSeveralOutputsWithAndWithoutGradients() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2, 3);
      Tensor v = Tensor.of(new double[] {1, 10}, 2);
      List<@Nullable Tensor> g =
          Autograd.grad(List.of(x.mul(x), x.sum(), x), List.of(x), OPTIONS.gradOutputs(v, null, v));
      assertArrayEquals(new double[] {4 + 1 + 1, 60 + 1 + 10}, values(g.getFirst()));
      assertArrayEquals(new double[] {1, 10}, v.toDoubleArray());
    }
  }

  @Test
  void complainsOfAnInputThatWasNotUsed() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2, 3);
      Tensor other = leaf(1, 2, 3);
      Tensor y = x.sum();
      assertEquals(
          "grad: input 1 was not used to compute the outputs: tensor [3];"
              + " pass allowUnused() to get null for it",
          assertThrows(
                  IllegalStateException.class,
                  () -> Autograd.grad(List.of(y), List.of(x, other), OPTIONS.retainGraph()))
              .getMessage());
      List<@Nullable Tensor> g =
          Autograd.grad(List.of(y), List.of(x, other, x), OPTIONS.allowUnused());
      assertArrayEquals(new double[] {1, 1}, values(g.get(0)));
      assertNull(g.get(1));
      assertArrayEquals(new double[] {1, 1}, values(g.get(2)), "asked for twice");
      assertEquals(
          "grad: tensor [2] needs no gradient; call requiresGrad_() on a leaf it is computed from,"
              + " outside NoGrad",
          assertThrows(IllegalStateException.class, () -> Autograd.grad(x.sum(), Tensor.ones(2)))
              .getMessage());
      assertThrows(IllegalStateException.class, () -> Autograd.grad(Tensor.ones(DType.F64), x));
      assertEquals(
          "backward: loss must be a scalar, got [2]; call sum() or mean() first",
          assertThrowsExactly(ShapeException.class, () -> Autograd.grad(x.mul(2), x)).getMessage());
      assertEquals(List.of(), Autograd.grad(List.of(x.sum()), List.of(), OPTIONS));
    }
  }

  @Test
  void createsGraphsToAnyOrder() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(2);
      Tensor y = x.pow(4).sum();
      double[] expected = {32, 48, 48, 24};
      for (int order = 0; order < 4; order++) {
        Tensor g =
            Objects.requireNonNull(
                Autograd.grad(List.of(y), List.of(x), OPTIONS.createGraph()).getFirst());
        assertEquals(expected[order], g.item());
        assertTrue(g.requiresGrad());
        y = g.sum();
      }
      Tensor plain =
          Objects.requireNonNull(
              Autograd.grad(List.of(x.pow(2).sum()), List.of(x), OPTIONS).getFirst());
      assertFalse(plain.requiresGrad());
    }
  }

  @Test
  void keepsNothingButTheResults() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(DType.F64, 1000).requiresGrad_();
      Tensor seed = Tensor.ones(DType.F64, 1000);
      Tensor y = x.exp().tanh().mul(x);
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      try (var _ = Scope.open("inner")) {
        List<@Nullable Tensor> g =
            Autograd.grad(List.of(y, x), List.of(x, y), OPTIONS.gradOutputs(seed, seed));
        assertEquals(before + 8192, MemoryStats.now().liveBytes(), "the gradient of x");
        assertEquals(1, Objects.requireNonNull(g.get(1)).get(0), "what was given");
      }
      assertEquals(before, MemoryStats.now().liveBytes());
      assertEquals(1000, seed.sum().item());
    }
  }

  @Test
  void keepsEachResultOnceWhereTwoInputsShareIt() {
    try (var _ = Scope.open("outer")) {
      Tensor x = leaf(1, 2);
      Tensor z = leaf(3, 4);
      List<@Nullable Tensor> g;
      try (var _ = Scope.open("inner")) {
        g = Autograd.grad(x.exp().add(0).mul(2).sum(), x);
        List<@Nullable Tensor> shared = Autograd.grad(x.add(z).exp().sum(), x, z);
        assertArrayEquals(values(shared.get(0)), values(shared.get(1)));
      }
      Tensor gone = Objects.requireNonNull(g.getFirst());
      assertThrows(IllegalStateException.class, gone::toDoubleArray);
    }
  }

  @Test
  void accumulatesInTheGivenInputsAlone() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor w = leaf(3, 4);
      Tensor h = x.mul(w);
      Tensor loss = h.mul(h).sum();
      loss.backward(OPTIONS.retainGraph(), w);
      assertNull(x.grad());
      assertArrayEquals(new double[] {6, 32}, values(w.grad()));
      loss.backward(OPTIONS.retainGraph(), h, w);
      assertArrayEquals(new double[] {6, 16}, values(h.grad()));
      assertArrayEquals(new double[] {12, 64}, values(w.grad()));
      loss.backward(OPTIONS);
      assertArrayEquals(new double[] {18, 64}, values(x.grad()));
      assertThrows(IllegalStateException.class, () -> x.sum().backward(OPTIONS, Tensor.ones(1)));
    }
  }

  @Test
  void startsBackwardFromSeveralOutputs() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor v = Tensor.of(new double[] {1, 10}, 2);
      Autograd.backward(List.of(x.mul(2), x.sum()), OPTIONS.gradOutputs(v, null));
      assertArrayEquals(new double[] {3, 21}, values(x.grad()));
      assertEquals(
          "backward: 2 outputs but 1 gradients of outputs",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Autograd.backward(List.of(x, x), OPTIONS.gradOutputs(v)))
              .getMessage());
      Tensor recorded = x.pow(2).sum();
      x.zeroGrad();
      recorded.backward(OPTIONS.createGraph());
      assertTrue(Objects.requireNonNull(x.grad()).requiresGrad());
    }
  }

  @Test
  void followsManyUsesOfOneTensor() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1);
      Tensor sum = x.mul(0);
      for (int i = 0; i < 100_000; i++) {
        Tensor term = x.mul(2);
        Tensor next = sum.add(term);
        if (i > 0) {
          sum.free();
        }
        term.free();
        sum = next;
      }
      sum.backward();
      assertArrayEquals(new double[] {200_000}, values(x.grad()));
    }
  }
}
