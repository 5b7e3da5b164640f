package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Products that write the gradient of a leaf into its own memory give what those give that make a
/// tensor first: `Autograd.grad` takes the second way.
@ExtendWith(NoOpenScopes.class)
final class LeafGradientTest {
  record Case(String name, List<Tensor> leaves, List<Tensor> losses) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Tensor leaf(int seed, long... shape) {
    return Tensor.randn(Generator.seeded(seed), DType.F64, shape).requiresGrad_();
  }

  /// Managed by the garbage collector, as they are made where no scope is open.
  static Stream<Case> cases() {
    Tensor w = leaf(1, 5, 4);
    Tensor b = leaf(2, 5);
    Tensor x = leaf(3, 6, 4);
    Tensor wide = leaf(4, 2, 3, 4);
    Tensor m = leaf(5, 4, 6);
    return Stream.of(
        new Case("linear", List.of(x, w, b), List.of(x.linear(w, b).tanh().sum())),
        new Case("batch of rows", List.of(w, b), List.of(wide.linear(w, b).tanh().sum())),
        new Case("transposed rows", List.of(w, b), List.of(m.t().linear(w, b).tanh().sum())),
        new Case("no rows", List.of(w, b), List.of(x.narrow(0, 0, 0).linear(w, b).sum())),
        new Case("matmul", List.of(x, m), List.of(x.matmul(m).tanh().sum())),
        new Case("vector", List.of(m), List.of(m.matmul(b.narrow(0, 0, 1).expand(6)).sum())),
        new Case("batch", List.of(m), List.of(wide.matmul(m).tanh().sum())),
        new Case("used twice", List.of(w), List.of(x.linear(w, b).sum().add(w.square().sum()))),
        new Case(
            "twice backward",
            List.of(x, w, b),
            List.of(x.linear(w, b).tanh().sum(), x.linear(w, b).sum())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheSameAsByWayOfATensor(Case a) {
    try (var _ = Scope.open()) {
      double[][] expected = new double[a.leaves.size()][];
      for (Tensor loss : a.losses) {
        var gradients = Autograd.grad(List.of(loss), a.leaves, null, true, false);
        for (int i = 0; i < expected.length; i++) {
          double[] more = Objects.requireNonNull(gradients.get(i)).toDoubleArray();
          double[] before = expected[i];
          expected[i] =
              before == null
                  ? more
                  : IntStream.range(0, more.length).mapToDouble(j -> before[j] + more[j]).toArray();
        }
      }
      a.leaves.forEach(Tensor::zeroGrad);
      a.losses.forEach(loss -> loss.backward(null, true, false));
      for (int i = 0; i < expected.length; i++) {
        Tensor gradient = Objects.requireNonNull(a.leaves.get(i).grad());
        assertArrayEquals(expected[i], gradient.toDoubleArray(), 1e-12);
      }
      a.leaves.forEach(Tensor::zeroGrad);
    }
  }

  @Test
  void aGradientThatIsAnOperandIsNotWrittenWhileItIsRead() {
    try (var _ = Scope.open()) {
      Tensor w = leaf(1, 3, 3);
      w.matmul(w.copy().detach()).sum().backward();
      Tensor gradient = Objects.requireNonNull(w.grad());
      double[] first = gradient.toDoubleArray();
      // The gradient of w is onesᵀ grad, added to grad itself.
      Tensor ones = Tensor.full(DType.F64, 1, 3, 3);
      double[] more = ones.matmul(gradient).toDoubleArray();
      gradient.linear(w, null).sum().backward();
      assertSame(gradient, w.grad());
      for (int i = 0; i < first.length; i++) {
        first[i] += more[i];
      }
      assertArrayEquals(first, gradient.toDoubleArray(), 1e-12);
    }
  }
}
