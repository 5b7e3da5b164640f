package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Operations with several results on the tape.
@ExtendWith(NoOpenScopes.class)
final class SeveralResultsTest {
  /// `[a + b, a b, a > b, a b without gradient]`; counts how often it was differentiated.
  private record Both(Saves saves, List<Integer> calls) implements Op.Several {
    @Override
    public List<Tensor> forward(Tensor... inputs) {
      Tensor a = inputs[0].detach();
      Tensor b = inputs[1].detach();
      return List.of(a.add(b), a.mul(b), a.gt(b), a.mul(b));
    }

    @Override
    public boolean differentiable(int k) {
      return k < 3;
    }

    @Override
    public @Nullable Tensor backward(int i, Node node, @Nullable Tensor[] gradients) {
      calls.add(i);
      assertEquals(4, gradients.length);
      assertNull(gradients[2]);
      assertNull(gradients[3]);
      Tensor product = gradients[1];
      if (product == null) {
        return gradients[0];
      }
      Tensor other =
          saves == Saves.OUTPUT // for equal operands: a² / 2a
              ? node.output(1).div(node.output(0)).mul(2)
              : node.input(1 - i);
      return node.orZero(gradients, 0).add(product.mul(other));
    }

    List<Tensor> of(Tensor a, Tensor b) {
      return apply(a, b);
    }
  }

  private static Both both() {
    return new Both(Op.Saves.INPUTS, new ArrayList<>());
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values, values.length).requiresGrad_();
  }

  private static double[] grad(Tensor leaf) {
    return Objects.requireNonNull(leaf.grad()).toDoubleArray();
  }

  @Test
  void recordsWhatCarriesAGradient() {
    try (var _ = Scope.open()) {
      List<Tensor> y = both().of(leaf(1, 2), leaf(3, 4));
      assertTrue(y.get(0).requiresGrad() && y.get(1).requiresGrad());
      assertFalse(y.get(0).isLeaf());
      assertFalse(y.get(2).requiresGrad() || y.get(3).requiresGrad());
      try (var _ = NoGrad.open()) {
        assertFalse(both().of(leaf(1), leaf(3)).getFirst().requiresGrad());
      }
      Tensor constant = Tensor.ones(DType.F64, 1);
      assertFalse(both().of(constant, constant).getFirst().requiresGrad());
    }
  }

  @Test
  void addsUpTheGradientsOfAllResults() {
    try (var _ = Scope.open()) {
      Tensor a = leaf(1, 2);
      Tensor b = leaf(3, 4);
      Both op = both();
      List<Tensor> y = op.of(a, b);
      y.get(0).mul(10).add(y.get(1)).add(y.get(1)).sum().backward();
      assertArrayEquals(new double[] {16, 18}, grad(a));
      assertArrayEquals(new double[] {12, 14}, grad(b));
      assertEquals(List.of(0, 1), op.calls());
    }
  }

  @Test
  void leavesOutResultsThatNothingDependsOn() {
    try (var _ = Scope.open()) {
      Tensor a = leaf(1, 2);
      both().of(a, leaf(3, 4)).get(0).sum().backward();
      assertArrayEquals(new double[] {1, 1}, grad(a));
      a.zeroGrad();
      both().of(a, leaf(3, 4)).get(1).sum().backward();
      assertArrayEquals(new double[] {3, 4}, grad(a));
    }
  }

  @Test
  void asksNothingForAnOperandWithoutGradient() {
    try (var _ = Scope.open()) {
      Both op = both();
      op.of(leaf(1, 2), Tensor.ones(DType.F64, 2)).get(1).sum().backward();
      assertEquals(List.of(0), op.calls());
    }
  }

  @Test
  void findsGradientsOfTheResultsThemselves() {
    try (var _ = Scope.open()) {
      Tensor a = leaf(1, 2);
      List<Tensor> y = both().of(a, leaf(3, 4));
      Tensor z = y.get(0).mul(y.get(1)).sum();
      List<@Nullable Tensor> g = Autograd.grad(z, y.get(1), y.get(0), a);
      assertArrayEquals(new double[] {4, 6}, Objects.requireNonNull(g.get(0)).toDoubleArray());
      assertArrayEquals(new double[] {3, 8}, Objects.requireNonNull(g.get(1)).toDoubleArray());
      assertArrayEquals(
          new double[] {3 + 4 * 3, 8 + 6 * 4}, Objects.requireNonNull(g.get(2)).toDoubleArray());
    }
  }

  @Test
  void freesWhatItSaved() {
    try (var _ = Scope.open()) {
      Tensor a = leaf(1, 2);
      Tensor z = both().of(a, leaf(3, 4)).get(1).sum();
      z.backward(null, true, false);
      z.backward();
      IllegalStateException freed = assertThrows(IllegalStateException.class, z::backward);
      assertEquals(
          "backward: what both saved was freed by an earlier backward; pass retainGraph = true there",
          freed.getMessage());
      assertArrayEquals(new double[] {6, 8}, grad(a));
    }
  }

  @Test
  void readsOneOfTheSavedResults() {
    try (var _ = Scope.open()) {
      Tensor a = leaf(1, 2);
      Both op = new Both(Op.Saves.OUTPUT, new ArrayList<>());
      op.of(a, a).get(1).sum().backward();
      assertArrayEquals(new double[] {2, 4}, grad(a), 1e-15);
      Tensor p = op.of(a, a).get(1);
      Tensor loss = p.sum();
      p.detach().mul_(2);
      assertThrows(IllegalStateException.class, loss::backward);
    }
  }

  @Test
  void differentiatesToAnyOrder() {
    try (var _ = Scope.open()) {
      for (Op.Saves saves : new Op.Saves[] {Op.Saves.INPUTS, Op.Saves.INPUTS_AND_OUTPUT}) {
        Both op = new Both(saves, new ArrayList<>());
        GradCheck.check(in -> mixed(op.of(in.get(0).tanh(), in.get(1))), leaf(1, 2), leaf(3, -1));
        GradCheck.checkSecond(
            in -> mixed(op.of(in.get(0).tanh(), in.get(1))), leaf(1, 2), leaf(3, -1));
      }
    }
  }

  private static Tensor mixed(List<Tensor> y) {
    return y.get(0).tanh().mul(y.get(1));
  }
}
