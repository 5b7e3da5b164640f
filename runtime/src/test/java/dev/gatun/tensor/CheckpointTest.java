package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is computed again in backward.
@ExtendWith(NoOpenScopes.class)
final class CheckpointTest {
  private static final long KIB = 1024;

  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  private static double[] grad(Tensor leaf) {
    return Objects.requireNonNull(leaf.grad()).toDoubleArray();
  }

  private static Tensor deep(Tensor x) {
    Tensor y = x;
    for (int i = 0; i < 10; i++) {
      y = y.tanh().mul(y).exp();
      y = y.div(y.add(1));
    }
    return y;
  }

  /// The same values and gradients of `loss` with and without checkpoints.
  private static void agrees(
      Function<UnaryOperator<Function<Tensor, Tensor>>, Tensor> loss, Tensor... leaves) {
    for (Tensor leaf : leaves) {
      leaf.zeroGrad();
    }
    Tensor plain = loss.apply(f -> f);
    double expected = plain.item();
    plain.backward();
    List<double[]> gradients = new ArrayList<>();
    for (Tensor leaf : leaves) {
      gradients.add(grad(leaf));
      leaf.zeroGrad();
    }
    Tensor y = loss.apply(f -> x -> Checkpoint.checkpoint(f, x));
    assertEquals(expected, y.item());
    y.backward();
    for (int i = 0; i < leaves.length; i++) {
      assertArrayEquals(gradients.get(i), grad(leaves[i]), "gradient " + i);
    }
  }

  @Test
  void findsTheSameGradients() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(0.5, -1, 2);
      Tensor w = leaf(1.5, 0.3, -0.7);
      agrees(wrap -> wrap.apply(CheckpointTest::deep).apply(x).sum(), x);
      agrees(
          wrap -> {
            Tensor h = wrap.apply(v -> v.mul(w).add(1).add_(w).mul_(w)).apply(x.mul(2));
            return wrap.apply(v -> v.exp().mul(w)).apply(h).sum();
          },
          x,
          w);
      agrees(
          wrap ->
              wrap.apply(v -> wrap.apply(CheckpointTest::deep).apply(v.exp()).mul(w))
                  .apply(x)
                  .sum(),
          x,
          w);
      agrees(
          wrap -> wrap.apply(v -> v.mul(w)).apply(Tensor.of(new double[] {1, 2, 3}, 3)).sum(), w);
    }
  }

  @Test
  void takesAndReturnsSeveral() {
    try (var _ = Scope.open()) {
      Tensor a = leaf(1, 2);
      Tensor b = leaf(3, 4);
      List<Tensor> y =
          Checkpoint.checkpoint(
              in -> List.of(in.get(0).mul(in.get(1)), in.get(0).exp(), in.get(1)), List.of(a, b));
      y.get(0).mul(2).add(y.get(1)).add(y.get(2)).sum().backward();
      assertArrayEquals(new double[] {6 + Math.E, 8 + Math.exp(2)}, grad(a), 1e-12);
      assertArrayEquals(new double[] {3, 5}, grad(b));
    }
  }

  @Test
  void freesWhatItsFunctionSaved() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(DType.F64, 8 * KIB).requiresGrad_();
      Garbage.collect();
      long start = MemoryStats.now().liveBytes();
      Tensor h = x;
      for (int block = 0; block < 6; block++) {
        h = Checkpoint.checkpoint(CheckpointTest::deep, h);
      }
      assertEquals(start + 6 * 64 * KIB, MemoryStats.now().liveBytes(), "the results alone");
      Tensor loss = h.sum();
      long before = MemoryStats.now().liveBytes();
      MemoryStats.resetPeak();
      loss.backward();
      long block = 50 * 64 * KIB; // the results of one block's operations
      long peak = MemoryStats.now().peakBytes() - before;
      assertTrue(peak < 2 * block, "one block at a time: " + peak);
      assertEquals(before + 64 * KIB, MemoryStats.now().liveBytes(), "the gradient of x");
    }
  }

  @Test
  void freesGradientsAsTheyAreUsed() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(DType.F64, 8 * KIB).requiresGrad_();
      Tensor h = x;
      for (int i = 0; i < 50; i++) {
        Tensor up = h.add(h.mul(0.5));
        h = up.sub(up.mul(up).mul(0.1)).add(x.narrow(0, 0, 1));
      }
      Tensor loss = h.sum();
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      MemoryStats.resetPeak();
      loss.backward();
      long peak = MemoryStats.now().peakBytes() - before;
      assertTrue(peak < 12 * 64 * KIB, "a few tensors, not a few for each step: " + peak);
      assertEquals(before + 64 * KIB, MemoryStats.now().liveBytes(), "the gradient of x");
    }
  }

  @Test
  void differentiatesTwice() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(0.5, -0.2);
      Tensor w = leaf(1.5, 0.3);
      Function<List<Tensor>, Tensor> f =
          in -> Checkpoint.checkpoint(v -> v.mul(in.get(1)).tanh().exp(), in.get(0));
      GradCheck.check(f, x, w);
      GradCheck.checkSecond(f, x, w);
      Tensor y = f.apply(List.of(x, w)).sum();
      y.backward(null, true, false);
      double[] once = grad(x);
      y.backward(null, true, false);
      x.zeroGrad();
      y.backward();
      assertArrayEquals(once, grad(x));
      assertThrows(IllegalStateException.class, y::backward);
      List<@Nullable Tensor> g = Autograd.grad(f.apply(List.of(x, w)).sum(), x, w);
      assertArrayEquals(once, Objects.requireNonNull(g.get(0)).toDoubleArray());
    }
  }

  @Test
  void drawsTheSameRandomNumbersAgain() {
    try (var _ = Scope.open()) {
      for (int depth = 1; depth <= 2; depth++) {
        Generator own = Generator.seeded(3);
        UnaryOperator<Tensor> noisy =
            v ->
                v.mul(Tensor.rand(own, DType.F64, 4))
                    .exp()
                    .mul(Tensor.rand(Generator.shared(), DType.F64, 4));
        Function<Tensor, Tensor> inner =
            depth == 1 ? noisy : v -> Checkpoint.checkpoint(noisy, v.tanh());
        Tensor x = leaf(0.1, 0.2, 0.3, 0.4);
        Tensor y = Checkpoint.checkpoint(inner, x);
        double next = own.nextDouble();
        double[] values = y.toDoubleArray();
        y.log().sum().backward();
        // d ln(e^(r f(x)) s)/dx = r f'(x), and r is in the value: both from one draw.
        double[] g = grad(x);
        Generator same = Generator.seeded(3);
        double[] r = Tensor.rand(same, DType.F64, 4).toDoubleArray();
        for (int i = 0; i < 4; i++) {
          double t = Math.tanh((i + 1) / 10.0);
          assertEquals(depth == 1 ? r[i] : r[i] * (1 - t * t), g[i], 1e-12);
          assertTrue(values[i] > 0);
        }
        assertEquals(next, same.nextDouble(), "the stream goes on as without");
        assertEquals(own.nextDouble(), same.nextDouble());
      }
    }
  }

  @Test
  void runsOnceInForwardAndOnceInBackward() {
    try (var _ = Scope.open()) {
      int[] calls = new int[1];
      Tensor x = leaf(1, 2);
      UnaryOperator<Tensor> counted =
          v -> {
            calls[0]++;
            return v.exp().tanh().exp();
          };
      Tensor y = Checkpoint.checkpoint(counted, x);
      assertEquals(1, calls[0]);
      y.sum().backward();
      assertEquals(2, calls[0]);
      try (var _ = NoGrad.open()) {
        assertFalse(Checkpoint.checkpoint(counted, x).requiresGrad());
      }
      assertEquals(3, calls[0]);
      Checkpoint.checkpoint(counted, x.detach()).mul(x).sum().backward();
      assertEquals(4, calls[0], "nothing to differentiate");
    }
  }

  @Test
  void worksWithUserFunctionsAndHooks() {
    try (var _ = Scope.open()) {
      AutogradFunction cube =
          new AutogradFunction() {
            @Override
            public List<Tensor> forward(AutogradContext context, List<Tensor> inputs) {
              context.saveForBackward(inputs.getFirst());
              return List.of(inputs.getFirst().pow(3));
            }

            @Override
            public List<@Nullable Tensor> backward(
                AutogradContext context, List<@Nullable Tensor> gradients) {
              Tensor x = context.savedTensors().getFirst();
              return List.of(Objects.requireNonNull(gradients.getFirst()).mul(x.square()).mul(3));
            }
          };
      Function<List<Tensor>, Tensor> f =
          in -> Checkpoint.checkpoint(v -> cube.call(v.tanh()).exp(), in.getFirst());
      Tensor x = leaf(0.5, 2);
      GradCheck.check(f, x);
      GradCheck.checkSecond(f, x);
      int[] seen = new int[1];
      Tensor y =
          Checkpoint.checkpoint(
              v -> {
                Tensor h = v.exp();
                h.registerHook(g -> {
                  seen[0]++;
                  return g.mul(10);
                });
                return h.tanh();
              },
              x);
      y.sum().backward();
      double[] ten = grad(x);
      assertEquals(1, seen[0]);
      x.zeroGrad();
      x.exp().tanh().sum().backward();
      assertArrayEquals(new double[] {grad(x)[0] * 10, grad(x)[1] * 10}, ten, 1e-12);
    }
  }

  @Test
  void refusesAFunctionThatDoesSomethingElse() {
    try (var _ = Scope.open()) {
      int[] calls = new int[1];
      Tensor x = leaf(1, 2);
      Tensor more = Checkpoint.checkpoint(v -> calls[0]++ == 0 ? v.exp() : v.exp().tanh(), x).sum();
      assertEquals(
          "checkpoint: the function did something else when it was run again: saved F64 [2];"
              + " it must do the same each time",
          assertThrows(IllegalStateException.class, more::backward).getMessage());
      calls[0] = 0;
      Tensor less = Checkpoint.checkpoint(v -> calls[0]++ == 0 ? v.exp().tanh() : v.exp(), x).sum();
      assertEquals(
          "checkpoint: the function did something else when it was run again: saved 1 tensors,"
              + " 2 before; it must do the same each time",
          assertThrows(IllegalStateException.class, less::backward).getMessage());
      Tensor h = x.mul(1);
      Tensor changed = Checkpoint.checkpoint(Tensor::exp, h).sum();
      h.add_(1);
      assertEquals(
          "backward: tensor [2], saved by checkpoint, was changed in place since"
              + " (version 1, saved at 0); change a copy() instead",
          assertThrows(IllegalStateException.class, changed::backward).getMessage());
    }
  }

  @Test
  void leavesNothingBehindWhenItFails() {
    try (var _ = Scope.open("outer")) {
      Tensor x = Tensor.ones(DType.F64, KIB).requiresGrad_();
      Garbage.collect();
      long start = MemoryStats.now().liveBytes();
      assertThrows(
          UnsupportedOperationException.class,
          () ->
              Checkpoint.checkpoint(
                  v -> {
                    throw new UnsupportedOperationException(v.exp().describe());
                  },
                  x));
      assertEquals(start, MemoryStats.now().liveBytes());
      int[] calls = new int[1];
      Tensor y =
          Checkpoint.checkpoint(
                  v -> {
                    Tensor h = v.exp();
                    if (calls[0]++ > 0) {
                      throw new UnsupportedOperationException(h.describe());
                    }
                    return h.tanh();
                  },
                  x)
              .sum();
      long before = MemoryStats.now().liveBytes();
      assertThrows(UnsupportedOperationException.class, y::backward);
      assertEquals(before, MemoryStats.now().liveBytes());
      assertTrue(Autograd.isRecording());
      assertEquals("outer", Objects.requireNonNull(Scope.current()).name());
      assertFalse(Tensor.ones(1).exp().requiresGrad());
      x.exp().sum().backward();
      assertArrayEquals(new double[] {Math.E}, new double[] {grad(x)[7]}, 1e-12);
    }
  }
}
