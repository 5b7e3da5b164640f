package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Operations whose gradients are written outside of the runtime.
@ExtendWith(NoOpenScopes.class)
final class AutogradFunctionTest {
  /// `x³`
  private record Cube() implements AutogradFunction {
    @Override
    public List<Tensor> forward(AutogradContext context, List<Tensor> inputs) {
      assertFalse(Autograd.isRecording());
      context.saveForBackward(inputs.getFirst());
      assertEquals(inputs, context.savedTensors());
      return List.of(inputs.getFirst().pow(3));
    }

    @Override
    public List<@Nullable Tensor> backward(
        AutogradContext context, List<@Nullable Tensor> gradients) {
      Tensor g = Objects.requireNonNull(gradients.getFirst());
      return List.of(g.mul(context.savedTensors().getFirst().square()).mul(3));
    }
  }

  /// A function of two lambdas.
  private record Given(
      String name,
      BiFunction<AutogradContext, List<Tensor>, List<Tensor>> forward,
      BiFunction<AutogradContext, List<@Nullable Tensor>, List<@Nullable Tensor>> backward)
      implements AutogradFunction {
    @Override
    public List<Tensor> forward(AutogradContext context, List<Tensor> inputs) {
      return forward.apply(context, inputs);
    }

    @Override
    public List<@Nullable Tensor> backward(
        AutogradContext context, List<@Nullable Tensor> gradients) {
      return backward.apply(context, gradients);
    }
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  private static double[] grad(Tensor leaf) {
    return Objects.requireNonNull(leaf.grad()).toDoubleArray();
  }

  private static Given identity(
      BiFunction<AutogradContext, List<@Nullable Tensor>, List<@Nullable Tensor>> backward) {
    return new Given("Same", (_, in) -> List.of(in.getFirst().copy()), backward);
  }

  @Test
  void usesTheGradientThatItIsGiven() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor y = new Cube().call(x);
      assertTrue(y.requiresGrad());
      assertEquals("Cube", y.gradFn());
      y.mul(2).sum().backward();
      assertArrayEquals(new double[] {6, 24}, grad(x));
      GradCheck.check(in -> new Cube().call(in.getFirst().tanh()).exp(), x);
      GradCheck.checkSecond(in -> new Cube().call(in.getFirst().tanh()).exp(), x);
      assertFalse(new Cube().call(Tensor.ones(2)).requiresGrad());
      try (var _ = NoGrad.open()) {
        assertFalse(new Cube().call(x).requiresGrad());
      }
    }
  }

  @Test
  void differentiatesThroughASavedResult() {
    try (var _ = Scope.open()) {
      Given exp =
          new Given(
              "Exp",
              (context, in) -> {
                Tensor y = in.getFirst().exp();
                context.saveForBackward(y);
                return List.of(y);
              },
              (context, g) ->
                  List.of(
                      Objects.requireNonNull(g.getFirst()).mul(context.savedTensors().getFirst())));
      Tensor x = leaf(0.5, -1);
      GradCheck.check(in -> exp.call(in.getFirst().mul(2)), x);
      GradCheck.checkSecond(in -> exp.call(in.getFirst().mul(2)), x);
    }
  }

  @Test
  void takesAndReturnsSeveral() {
    try (var _ = Scope.open()) {
      List<Boolean> needed = new ArrayList<>();
      List<double[]> seen = new ArrayList<>();
      Given both =
          new Given(
              "Both",
              (context, in) -> {
                context.saveForBackward(in.get(0), in.get(1));
                Tensor sign = in.get(0).sign();
                Tensor places = Tensor.arange(2);
                context.markNonDifferentiable(sign);
                return List.of(in.get(0).mul(in.get(1)), sign, places, in.get(0).add(1));
              },
              (context, g) -> {
                needed.add(context.needsInputGrad(0));
                needed.add(context.needsInputGrad(1));
                seen.add(Objects.requireNonNull(g.get(3)).toDoubleArray());
                List<Tensor> saved = context.savedTensors();
                Tensor product = Objects.requireNonNull(g.get(0));
                return Arrays.asList(
                    product.mul(saved.get(1)).add(Objects.requireNonNull(g.get(3))),
                    context.needsInputGrad(1) ? product.mul(saved.get(0)) : null);
              });
      Tensor x = leaf(2, 3);
      List<Tensor> y = both.apply(x, Tensor.of(new double[] {5, 7}, 2));
      assertFalse(y.get(1).requiresGrad() || y.get(2).requiresGrad());
      y.get(0).sum().backward();
      assertArrayEquals(new double[] {5, 7}, grad(x));
      assertEquals(List.of(true, false), needed);
      assertArrayEquals(new double[2], seen.getFirst());
      GradCheck.check(
          in -> {
            List<Tensor> z = both.apply(in.get(0), in.get(1));
            return z.get(0).mul(z.get(3));
          },
          leaf(2, 3),
          leaf(4, 5));
      assertThrows(IllegalStateException.class, () -> both.call(x, x));
    }
  }

  @Test
  void leavesAbsentGradientsNullWhenAskedTo() {
    try (var _ = Scope.open()) {
      List<List<@Nullable Tensor>> seen = new ArrayList<>();
      Given two =
          new Given(
              "Two",
              (context, in) -> {
                context.setMaterializeGrads(false);
                return List.of(in.getFirst().add(1), in.getFirst().add(2));
              },
              (_, g) -> {
                seen.add(g);
                return Arrays.asList(g.get(1), null);
              });
      Tensor x = leaf(1);
      two.apply(x, Tensor.ones(1)).get(1).sum().backward();
      assertNull(seen.getFirst().getFirst());
      assertArrayEquals(new double[] {1}, grad(x));
    }
  }

  @Test
  void takesNullForZero() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1);
      Given flat = identity((_, _) -> Arrays.asList((Tensor) null));
      flat.call(x).sum().backward();
      assertNull(x.grad());
      assertNull(
          Autograd.grad(List.of(flat.call(x).sum()), List.of(x), new GradOptions().allowUnused())
              .getFirst());
    }
  }

  @Test
  void changesItsInputInPlace() {
    try (var _ = Scope.open()) {
      Given triple =
          new Given(
              "Triple",
              (context, in) -> {
                context.markDirty(in.getFirst());
                return List.of(in.getFirst().mul_(3));
              },
              (_, g) -> List.of(Objects.requireNonNull(g.getFirst()).mul(3)));
      Tensor x = leaf(1, 2);
      Tensor h = x.mul(2);
      Tensor view = h.narrow(0, 0, 1);
      assertSame(h, triple.call(h));
      h.sum().add(view.sum()).backward();
      assertArrayEquals(new double[] {12, 6}, grad(x));
      assertEquals(
          "Triple: a leaf that requires a gradient cannot be changed in place: tensor [2];"
              + " open NoGrad, or change a copy()",
          assertThrows(IllegalStateException.class, () -> triple.call(x)).getMessage());
      Tensor part = x.mul(2).narrow(0, 0, 1);
      assertEquals(
          "Triple: a view cannot be marked dirty: tensor [1] of tensor [2]; change a copy()",
          assertThrows(IllegalStateException.class, () -> triple.call(part)).getMessage());
      Given forgetful =
          new Given(
              "Forgetful",
              (context, in) -> {
                context.markDirty(in.getFirst());
                return List.of(in.getFirst().copy());
              },
              (_, g) -> g);
      assertEquals(
          "Forgetful: an input that was marked dirty is not among the results: tensor [2]; return it",
          assertThrows(IllegalStateException.class, () -> forgetful.call(x.mul(2))).getMessage());
    }
  }

  @Test
  void returnsAnInputAsATensorOfItsOwn() {
    try (var _ = Scope.open()) {
      Given reverse =
          new Given(
              "ReverseGradient",
              (_, in) -> List.of(in.getFirst()),
              (_, g) -> List.of(Objects.requireNonNull(g.getFirst()).neg()));
      Tensor x = leaf(1, 2);
      Tensor y = reverse.call(x);
      assertNotSame(x, y);
      assertTrue(x.isLeaf());
      y.mul(2).sum().backward();
      assertArrayEquals(new double[] {-2, -2}, grad(x));
    }
  }

  @Test
  void refusesGradientsThatDoNotFit() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      assertEquals(
          "Same.backward: 2 gradients returned for 1 inputs",
          assertThrowsExactly(
                  IllegalStateException.class,
                  () ->
                      identity((_, g) -> Arrays.asList(g.getFirst(), null))
                          .call(x)
                          .sum()
                          .backward())
              .getMessage());
      assertEquals(
          "Same.backward: the gradient of input 0 does not match: F64 [] for F64 [2]",
          assertThrowsExactly(
                  ShapeException.class,
                  () ->
                      identity((_, g) -> List.of(Objects.requireNonNull(g.getFirst()).sum()))
                          .call(x)
                          .sum()
                          .backward())
              .getMessage());
      assertEquals(
          "Same.backward: the gradient of input 0 does not match: F32 [2] for F64 [2]",
          assertThrowsExactly(
                  ShapeException.class,
                  () ->
                      identity(
                              (_, g) -> List.of(Objects.requireNonNull(g.getFirst()).to(DType.F32)))
                          .call(x)
                          .sum()
                          .backward())
              .getMessage());
      assertEquals(
          "Empty: forward returned no result",
          assertThrows(
                  IllegalStateException.class,
                  () -> new Given("Empty", (_, _) -> List.of(), (_, g) -> g).apply(x))
              .getMessage());
      assertNull(x.grad());
    }
  }

  @Test
  void watchesWhatItSaved() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1, 2);
      Tensor h = x.mul(1);
      Tensor loss = new Cube().call(h).sum();
      loss.backward(null, true, false);
      loss.backward();
      assertEquals(
          "backward: what Cube saved was freed by an earlier backward; pass retainGraph = true there",
          assertThrows(IllegalStateException.class, loss::backward).getMessage());
      Tensor changed = new Cube().call(h).sum();
      h.detach().add_(1);
      assertEquals(
          "backward: tensor [2], saved by Cube, was changed in place since (version 1, saved at 0);"
              + " change a copy() instead",
          assertThrows(IllegalStateException.class, changed::backward).getMessage());
      AutogradContext[] kept = new AutogradContext[1];
      Given leaking =
          new Given(
              "Leaking",
              (context, in) -> {
                kept[0] = context;
                return List.of(in.getFirst().copy());
              },
              (_, g) -> g);
      var _ = leaking.call(x);
      assertEquals(
          "saveForBackward: to be called in forward of Leaking, which is over",
          assertThrows(IllegalStateException.class, () -> kept[0].saveForBackward(x)).getMessage());
      assertThrows(IllegalArgumentException.class, () -> marks(x.copy()).call(x.mul(1)));
    }
  }

  private static Given marks(Tensor other) {
    return new Given(
        "Marks",
        (context, in) -> {
          context.markDirty(other);
          return in;
        },
        (_, g) -> g);
  }

  @Test
  void leavesNothingBehindWhenItFails() {
    try (var _ = Scope.open("outer")) {
      Tensor x = Tensor.ones(DType.F64, 1000).requiresGrad_();
      Given failing =
          identity((_, g) -> {
            Tensor unused = Objects.requireNonNull(g.getFirst()).exp();
            throw new UnsupportedOperationException(unused.describe());
          });
      Tensor loss = failing.call(x).sum();
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      assertThrows(UnsupportedOperationException.class, loss::backward);
      assertThrows(UnsupportedOperationException.class, () -> Autograd.grad(loss, x));
      assertEquals(before, MemoryStats.now().liveBytes());
      assertTrue(Autograd.isRecording());
      Given stillborn =
          new Given(
              "Stillborn",
              (_, _) -> {
                throw new UnsupportedOperationException();
              },
              (_, g) -> g);
      assertThrows(UnsupportedOperationException.class, () -> stillborn.call(x));
      assertTrue(Autograd.isRecording());
    }
  }
}
