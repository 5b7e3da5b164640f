package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Changes in place are parts of the graph.
@ExtendWith(NoOpenScopes.class)
final class InPlaceGradientTest {
  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  private static double[] grad(Tensor leaf) {
    return Objects.requireNonNull(leaf.grad()).toDoubleArray();
  }

  private static Tensor random(long seed, long... shape) {
    return Tensor.rand(Generator.seeded(seed), DType.F64, shape).add(0.5);
  }

  static Stream<InPlaceTest.Twin> twins() {
    return InPlaceTest.twins();
  }

  /// The same gradients, of the first and second order, as the twin without underscore.
  @ParameterizedTest
  @MethodSource("twins")
  void differentiatesLikeItsTwin(InPlaceTest.Twin twin) {
    for (Layout layout : Layout.values()) {
      for (long[] shape : new long[][] {{3, 2}, {2}, {3, 1}, {}}) {
        try (var _ = Scope.open()) {
          Tensor x = random(1, 3, 2).requiresGrad_();
          Tensor y = random(2, shape).requiresGrad_();
          agrees(
              List.of(x, y),
              in -> twin.inPlace().apply(layout.place(in.get(0).copy()), in.get(1)),
              in -> twin.apart().apply(layout.place(in.get(0).copy()), in.get(1)));
        }
      }
    }
  }

  /// The same where the change is one of a view, and its base is what is differentiated.
  @ParameterizedTest
  @MethodSource("twins")
  void differentiatesThroughAView(InPlaceTest.Twin twin) {
    try (var _ = Scope.open()) {
      Tensor x = random(1, 3, 4).requiresGrad_();
      Tensor y = random(2, 3, 1).requiresGrad_();
      agrees(
          List.of(x, y),
          in -> {
            Tensor base = in.get(0).mul(2);
            var _ = twin.inPlace().apply(base.narrow(1, 1, 2), in.get(1));
            return base.tanh();
          },
          in -> {
            Tensor base = in.get(0).mul(2);
            Tensor middle = twin.apart().apply(base.narrow(1, 1, 2), in.get(1));
            return Tensor.cat(List.of(base.narrow(1, 0, 1), middle, base.narrow(1, 3, 1)), 1)
                .tanh();
          });
    }
  }

  private static void agrees(
      List<Tensor> leaves,
      Function<List<Tensor>, Tensor> inPlace,
      Function<List<Tensor>, Tensor> apart) {
    Tensor[] inputs = leaves.toArray(Tensor[]::new);
    double[][] own = gradients(inPlace, inputs);
    double[][] expected = gradients(apart, inputs);
    for (int i = 0; i < own.length; i++) {
      assertArrayEquals(expected[i], own[i], 1e-12, "gradient " + i);
    }
    GradCheck.check(inPlace, inputs);
    GradCheck.checkSecond(in -> inPlace.apply(in).square(), inputs);
  }

  private static double[][] gradients(Function<List<Tensor>, Tensor> f, Tensor... leaves) {
    Tensor y = f.apply(List.of(leaves));
    if (y.requiresGrad()) {
      y.mul(random(5, y.shape())).sum().backward();
    }
    double[][] gradients = new double[leaves.length][];
    for (int i = 0; i < leaves.length; i++) {
      Tensor g = leaves[i].grad();
      gradients[i] = g == null ? new double[(int) leaves[i].numel()] : g.toDoubleArray();
      leaves[i].zeroGrad();
    }
    return gradients;
  }

  @Test
  void makesTheTensorTheResult() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(2, 3);
      Tensor y = Tensor.ones(DType.F64, 2);
      assertTrue(y.isLeaf());
      assertSame(y, y.mul_(w));
      assertTrue(y.requiresGrad());
      assertFalse(y.isLeaf());
      y.mul_(w).add_(w).sum().backward();
      assertArrayEquals(new double[] {5, 7}, grad(w));
    }
  }

  @Test
  void recordsNothingInsideNoGrad() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(2, 3);
      Tensor y = Tensor.ones(DType.F64, 2);
      try (var _ = NoGrad.open()) {
        w.mul_(2).narrow(0, 0, 1).add_(1);
        y.mul_(w);
      }
      assertFalse(y.requiresGrad());
      assertArrayEquals(new double[] {5, 6}, w.toDoubleArray());
      assertTrue(w.isLeaf());
    }
  }

  @Test
  void fillsABufferRowByRow() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(1, 2, 3);
      Tensor out = Tensor.zeros(DType.F64, 4, 3);
      for (int i = 0; i < 4; i++) {
        out.select(0, i).copy_(w.mul(i));
      }
      assertTrue(out.requiresGrad());
      out.mul(out).sum().backward();
      assertArrayEquals(new double[] {28, 56, 84}, grad(w)); // 2 (0 + 1 + 4 + 9) w
    }
  }

  @Test
  void tellsEveryViewOfTheChange() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(1, 2, 3, 4);
      Tensor y = w.mul(1);
      Tensor head = y.narrow(0, 0, 2);
      Tensor tail = y.narrow(0, 2, 2);
      Tensor inner = y.narrow(0, 1, 2).narrow(0, 0, 1);
      Tensor wide = y.select(0, 1).expand(3);
      head.mul_(10);
      head.sum().add(tail.sum()).add(inner.sum()).add(wide.sum()).backward();
      assertArrayEquals(new double[] {10, 10 + 10 + 30, 1, 1}, grad(w));
      w.zeroGrad();
      y.narrow(0, 0, 4).mul_(tail.detach().copy().sum());
      assertArrayEquals(new double[] {70, 140, 21, 28}, y.toDoubleArray());
      head.sum().backward();
      assertArrayEquals(new double[] {70, 70, 0, 0}, grad(w));
    }
  }

  @Test
  void addsUpWhatAViewRepeats() {
    try (var _ = Scope.open()) {
      Tensor x = random(3, 2, 3).requiresGrad_();
      Function<List<Tensor>, Tensor> repeated =
          in -> {
            Tensor y = in.get(0).t().mul(1);
            Tensor wide = y.narrow(0, 1, 2).unsqueeze(0).expand(4, 2, 2);
            y.mul_(3);
            return wide.mul(random(4, 4, 2, 2));
          };
      GradCheck.check(repeated, x);
      GradCheck.checkSecond(in -> repeated.apply(in).square(), x);
    }
  }

  @Test
  void changesAViewOfATransposedCopy() {
    try (var _ = Scope.open()) {
      Tensor x = random(3, 3, 4).requiresGrad_();
      Tensor y = random(4, 3).requiresGrad_();
      Function<List<Tensor>, Tensor> change =
          in -> {
            // detach() leaves a base that is not contiguous.
            Tensor base = Tensor.zeros(DType.F64, 4, 3).t().detach();
            base.copy_(in.get(0));
            base.select(1, 2).mul_(in.get(1));
            base.t().narrow(0, 1, 2).sub_(in.get(1));
            return base.exp();
          };
      GradCheck.check(change, x, y);
      GradCheck.checkSecond(change, x, y);
    }
  }

  @Test
  void keepsTheGraphOfAReshapeThatCopied() {
    try (var _ = Scope.open()) {
      Tensor w = Tensor.ones(DType.F64, 2, 3).requiresGrad_();
      Tensor y = w.mul(2).t().reshape(6);
      y.mul_(5);
      y.sum().backward();
      assertArrayEquals(new double[] {10, 10, 10, 10, 10, 10}, grad(w));
    }
  }

  @Test
  void refusesWhatWasSavedBefore() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(1, 2);
      Tensor y = w.mul(2);
      Tensor squares = y.mul(y).sum();
      y.add_(1);
      assertEquals(
          "backward: tensor [2], saved by mul, was changed in place since (version 1, saved at 0);"
              + " change a copy() instead",
          assertThrows(IllegalStateException.class, squares::backward).getMessage());
      Tensor e = w.exp();
      Tensor loss = e.sum();
      e.narrow(0, 0, 1).zero_();
      assertThrows(IllegalStateException.class, loss::backward);
      Tensor root = w.exp().sqrt_().mul_(2);
      assertThrows(IllegalStateException.class, root.sum()::backward);
    }
  }

  @Test
  void multipliesATensorByItself() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(3, 4);
      Tensor y = w.add(0);
      y.mul_(y);
      y.mul_(y.narrow(0, 0, 1));
      assertArrayEquals(new double[] {81, 144}, y.toDoubleArray());
      y.sum().backward(); // w0⁴ + w0² w1²
      assertArrayEquals(new double[] {4 * 27 + 2 * 3 * 16, 2 * 9 * 4}, grad(w));
    }
  }

  @Test
  void copiesNothingThatBackwardDoesNotRead() {
    try (var _ = Scope.open()) {
      Tensor w = Tensor.ones(DType.F64, 1000).requiresGrad_();
      Tensor c = Tensor.ones(DType.F64, 1000);
      Tensor y = w.mul(2);
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      y.add_(w).mul_(c).div_(c).neg_().sub_(1).relu_().add_(w, 2).addcmul_(c, c, 2).sqrt_();
      assertEquals(before, MemoryStats.now().liveBytes());
      y.mul_(w);
      assertEquals(before + 8192, MemoryStats.now().liveBytes(), "what the gradient of w reads");
    }
  }

  @Test
  void recordsRandomFillsAndSingleElements() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(1, 2, 3);
      Tensor y = w.mul(2);
      y.set_(7, 1);
      y.narrow(0, 2, 1).uniform_(Generator.seeded(1), 0, 1);
      y.sum().backward();
      assertArrayEquals(new double[] {2, 0, 0}, grad(w));
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> w.normal_(Generator.seeded(1), 0, 1));
      assertEquals(
          "normal_: a leaf that requires a gradient cannot be changed in place: tensor [3];"
              + " open NoGrad, or change a copy()",
          refused.getMessage());
      assertThrows(IllegalStateException.class, () -> w.set_(1, 0));
      assertArrayEquals(new double[] {1, 2, 3}, w.toDoubleArray());
    }
  }

  @Test
  void convertsTheGradientOfACopyBack() {
    try (var _ = Scope.open()) {
      Tensor w = Tensor.of(1, 2).requiresGrad_();
      Tensor y = Tensor.zeros(DType.F64, 3, 2);
      y.copy_(w);
      y.sum().backward();
      Tensor g = Objects.requireNonNull(w.grad());
      assertEquals(DType.F32, g.dtype());
      assertArrayEquals(new double[] {3, 3}, g.toDoubleArray());
      Tensor whole = Tensor.zeros(DType.I64, 2);
      whole.copy_(w);
      assertFalse(whole.requiresGrad());
    }
  }

  @Test
  void takesAViewMadeWithoutRecording() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(1, 2);
      Tensor y = w.mul(2);
      Tensor view;
      Tensor leafView;
      try (var _ = NoGrad.open()) {
        view = y.narrow(0, 0, 1);
        leafView = w.narrow(0, 0, 1);
      }
      assertFalse(view.requiresGrad());
      view.mul_(5);
      y.sum().backward();
      assertArrayEquals(new double[] {10, 2}, grad(w));
      assertThrows(IllegalStateException.class, () -> leafView.mul_(5));
    }
  }

  @Test
  void leavesAViewThatIsALeafOfItsOwn() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(DType.F64, 4);
      Tensor part = x.narrow(0, 0, 2).requiresGrad_();
      assertThrows(IllegalStateException.class, () -> part.add_(1));
      assertThrows(IllegalStateException.class, () -> part.narrow(0, 0, 1).add_(1));
      part.mul(3).sum().backward();
      assertArrayEquals(new double[] {3, 3}, grad(part));
      Tensor late = x.narrow(0, 2, 2);
      x.requiresGrad_();
      assertFalse(late.requiresGrad());
      assertTrue(x.narrow(0, 0, 1).requiresGrad());
    }
  }

  @Test
  void changesEveryResultOfAGraphThatIsRetained() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(1, 2);
      Tensor y = w.mul(2);
      y.narrow(0, 1, 1).mul_(w.narrow(0, 0, 1));
      Tensor loss = y.sum();
      loss.backward(null, true, false);
      loss.backward();
      assertArrayEquals(new double[] {2 * (2 + 4), 2 * 2}, grad(w));
      assertThrows(IllegalStateException.class, loss::backward);
    }
  }

  @Test
  void appliesWithoutAKernelOfItsOwn() {
    try (var _ = Scope.open()) {
      BiFunction<Tensor, Tensor, Tensor> atan =
          (x, y) -> InPlace.through("pow_", new Arithmetic.Pow(), x, y);
      Tensor x = random(1, 3, 2).requiresGrad_();
      Tensor y = random(2, 3, 2).requiresGrad_();
      GradCheck.check(in -> atan.apply(in.get(0).t().copy().t(), in.get(1)), x, y);
      GradCheck.check(in -> InPlace.through("tanh_", new Pointwise.Tanh(), in.get(0).mul(1)), x);
      GradCheck.checkSecond(
          in -> InPlace.through("log_", new Pointwise.Log(), in.get(0).mul(1)), x);
    }
  }
}
