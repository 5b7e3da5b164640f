package dev.gatun.tensor;

import static dev.gatun.tensor.CatalogInputs.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Changes in place against their twins without underscore, values and gradients, on tensors and on
/// views of them.
@ExtendWith(NoOpenScopes.class)
final class ScatterInPlaceTest {
  @FunctionalInterface
  interface Change {
    Tensor apply(Tensor x, Tensor source);
  }

  record Twins(String name, Change apart, Change inPlace) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Tensor ints(long... values) {
    return Tensor.of(values, values.length);
  }

  private static Tensor places() {
    return Tensor.of(new long[] {2, 0, 1, 1, 0, 2, 2, 0}, 2, 4);
  }

  static Stream<Twins> twins() {
    return Stream.of(
        new Twins(
            "scatter",
            (x, s) -> x.scatter(0, places(), s.narrow(0, 0, 2)),
            (x, s) -> x.scatter_(0, places(), s.narrow(0, 0, 2))),
        new Twins(
            "scatter value",
            (x, _) -> x.scatter(0, places(), 5),
            (x, _) -> x.scatter_(0, places(), 5)),
        new Twins(
            "scatterAdd",
            (x, s) -> x.scatterAdd(0, places(), s),
            (x, s) -> x.scatterAdd_(0, places(), s)),
        new Twins(
            "scatterReduce",
            (x, s) -> x.scatterReduce(0, places(), s, ScatterReduction.PROD),
            (x, s) -> x.scatterReduce_(0, places(), s, ScatterReduction.PROD, true)),
        new Twins(
            "indexAdd",
            (x, s) -> x.indexAdd(0, ints(2, 0, 2), s, 0.5),
            (x, s) -> x.indexAdd_(0, ints(2, 0, 2), s, 0.5)),
        new Twins(
            "indexCopy",
            (x, s) -> x.indexCopy(1, ints(3, 0), s.narrow(1, 1, 2)),
            (x, s) -> x.indexCopy_(1, ints(3, 0), s.narrow(1, 1, 2))),
        new Twins(
            "indexFill",
            (x, s) -> x.indexFill(1, ints(3, 0), s.at(Index.of(1), Index.of(2))),
            (x, s) -> x.indexFill_(1, ints(3, 0), s.at(Index.of(1), Index.of(2)))),
        new Twins(
            "maskedScatter",
            (x, s) -> x.maskedScatter(s.detach().gt(0), s),
            (x, s) -> x.maskedScatter_(s.detach().gt(0), s)),
        new Twins("tril", (x, _) -> x.tril(-1), (x, _) -> x.tril_(-1)),
        new Twins("triu", (x, _) -> x.triu(1), (x, _) -> x.triu_(1)),
        new Twins(
            "fillDiagonal",
            (x, _) ->
                Tensor.where(
                    Tensor.eye(DType.BOOL, 4).narrow(0, 0, 3), Tensor.scalar(x.dtype(), 9), x),
            (x, _) -> x.fillDiagonal_(9)),
        new Twins(
            "put rows",
            (x, s) -> x.put(s.select(0, 0), Index.of(0, 2)),
            (x, s) -> x.put_(s.select(0, 0), Index.of(0, 2))),
        new Twins(
            "put points that no view has as one",
            (x, s) -> x.put(s.select(0, 1).narrow(0, 0, 2), Index.of(0, 2), Index.of(1, 3)),
            (x, s) -> x.put_(s.select(0, 1).narrow(0, 0, 2), Index.of(0, 2), Index.of(1, 3))),
        new Twins(
            "put a slice",
            (x, s) -> x.put(s.narrow(1, 0, 2), Index.all(), Index.every(2)),
            (x, s) -> x.put_(s.narrow(1, 0, 2), Index.all(), Index.every(2))),
        new Twins(
            "put a number where a mask is true",
            (x, s) -> Tensor.where(s.detach().gt(0), Tensor.scalar(x.dtype(), 7), x),
            (x, s) -> x.put_(7, Index.mask(s.detach().gt(0)))),
        new Twins(
            "add to rows",
            (x, s) -> x.putAdd(s, Index.of(0, 2, 2)),
            (x, s) -> x.putAdd_(s, Index.of(0, 2, 2))));
  }

  private static Tensor leaf(int seed) {
    return Tensor.rand(Generator.seeded(seed), DType.F64, 3, 4).sub(0.5).detach().requiresGrad_();
  }

  private static Tensor weights() {
    return Tensor.rand(Generator.seeded(9), DType.F64, 3, 4);
  }

  @ParameterizedTest
  @MethodSource("twins")
  void changesThisAsTheTwinChangesACopy(Twins twins) {
    for (Layout layout : Layout.values()) {
      try (var _ = Scope.open()) {
        Tensor a = leaf(1);
        Tensor b = leaf(1);
        Tensor s = leaf(2);
        Tensor t = leaf(2);
        Tensor expected = twins.apart.apply(a.mul(3), s.mul(2));
        // The tensor is a view of what is changed: the base must see it, and its gradient.
        Tensor y = placed(layout, b.mul(3));
        int version = y.version();
        assertSame(y, twins.inPlace.apply(y, t.mul(2)));
        assertEquals(true, y.version() > version);
        assertSame(twins.name, expected, y, 1e-12, 0);
        expected.mul(weights()).sum().backward();
        y.mul(weights()).sum().backward();
        assertSame("gradient", Objects.requireNonNull(a.grad()), b.grad(), 1e-12, 1e-14);
        if (s.grad() != null) {
          assertSame("source", Objects.requireNonNull(s.grad()), t.grad(), 1e-12, 1e-14);
        }
      }
    }
  }

  /// Not a leaf, and in all but one layout a view of what is changed.
  private static Tensor placed(Layout layout, Tensor x) {
    return switch (layout) {
      case CONTIGUOUS -> x;
      case TRANSPOSED -> x.t().copy().t();
      case SLICED -> x.pad(1, 2, 2, 1).narrow(0, 2, 3).narrow(1, 1, 4);
    };
  }

  @Test
  void changesTheBaseOfAView() {
    try (var _ = Scope.open()) {
      Tensor a = leaf(1);
      Tensor base = a.mul(1);
      Tensor row = base.select(0, 1);
      Tensor _ = row.put_(5, Index.of(0, 3));
      assertEquals(5, base.get(1, 3));
      base.sum().backward();
      assertSame(
          "gradient",
          Tensor.of(new double[] {1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1}, 3, 4),
          a.grad(),
          0,
          0);
    }
  }

  @Test
  void readsASourceThatSharesItsMemory() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(new double[] {1, 2, 3, 4}, 4);
      Tensor _ = x.indexCopy_(0, ints(1, 2, 3), x.narrow(0, 0, 3));
      assertSame("shifted", Tensor.of(new double[] {1, 1, 2, 3}, 4), x, 0, 0);
      Tensor _ = x.scatter_(0, ints(3, 2, 1, 0), x);
      assertSame("reversed", Tensor.of(new double[] {3, 2, 1, 1}, 4), x, 0, 0);
    }
  }

  @Test
  void changesNothingWhereAnIndexIsBad() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(4);
      Tensor one = Tensor.ones(2);
      assertThrows(IndexOutOfBoundsException.class, () -> x.scatter_(0, ints(1, 4), one));
      assertThrows(IndexOutOfBoundsException.class, () -> x.indexAdd_(0, ints(1, -1), one));
      assertThrows(IndexOutOfBoundsException.class, () -> x.put_(1, Index.of(0, -5)));
      assertEquals(0, x.sum().item());
    }
  }

  @Test
  void refusesALeaf() {
    try (var _ = Scope.open()) {
      Tensor x = leaf(1);
      assertThrows(IllegalStateException.class, () -> x.put_(1, Index.of(0)));
      assertThrows(IllegalStateException.class, () -> x.scatter_(0, places(), 1));
      try (var _ = NoGrad.open()) {
        Tensor _ = x.put_(1, Index.of(0));
      }
      assertEquals(1, x.get(0, 0));
    }
  }
}
