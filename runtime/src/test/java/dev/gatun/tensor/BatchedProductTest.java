package dev.gatun.tensor;

import static dev.gatun.tensor.CatalogInputs.assertSame;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoOpenScopes.class)
final class BatchedProductTest {
  /// Two operands that broadcast over their leading dimensions, and how they lie in memory.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pair(
      String name, Size a, UnaryOperator<Tensor> viewA, Size b, UnaryOperator<Tensor> viewB) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Size of(long... shape) {
    return Size.of(shape);
  }

  static Stream<Pair> pairs() {
    UnaryOperator<Tensor> asIs = UnaryOperator.identity();
    UnaryOperator<Tensor> swapped = x -> x.transpose(0, 1);
    return Stream.of(
        new Pair("regular", of(2, 3, 4, 5), asIs, of(2, 3, 5, 6), asIs),
        new Pair("one right", of(2, 3, 4, 5), asIs, of(5, 6), asIs),
        new Pair("one left", of(4, 5), asIs, of(2, 3, 5, 6), asIs),
        new Pair("inner repeated", of(2, 3, 4, 5), asIs, of(2, 1, 5, 6), asIs),
        new Pair("outer repeated", of(2, 3, 4, 5), asIs, of(3, 5, 6), asIs),
        new Pair("crosswise", of(2, 1, 4, 5), asIs, of(1, 3, 5, 6), asIs),
        new Pair("batches swapped", of(3, 2, 4, 5), swapped, of(2, 3, 5, 6), asIs),
        new Pair("both swapped", of(3, 2, 4, 5), swapped, of(3, 2, 5, 6), swapped),
        new Pair("sizes of one", of(2, 1, 3, 1, 4, 5), asIs, of(1, 3, 1, 5, 6), asIs),
        new Pair("a middle", of(2, 5, 4, 5), x -> x.narrow(1, 1, 3), of(2, 3, 5, 6), asIs),
        new Pair(
            "columns", of(2, 3, 5, 4), x -> x.transpose(2, 3), of(3, 6, 5), x -> x.transpose(1, 2)),
        new Pair("expanded", of(1, 4, 5), x -> x.expand(6, 4, 5), of(6, 5, 6), asIs),
        new Pair("empty", of(2, 0, 4, 5), asIs, of(5, 6), asIs),
        new Pair("rows of a sequence", of(7, 1, 40), asIs, of(40, 30), asIs),
        new Pair("worth threads", of(12, 130, 90), asIs, of(12, 90, 70), asIs),
        new Pair("one worth threads", of(12, 90, 130), x -> x.transpose(1, 2), of(90, 70), asIs));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void isEveryProductOfTheBatch(Pair pair) {
    for (DType dtype : new DType[] {DType.F64, DType.F32}) {
      try (var _ = Scope.open()) {
        Tensor a = leaf(1, dtype, pair.a.values());
        Tensor b = leaf(2, dtype, pair.b.values());
        Tensor y = pair.viewA.apply(a).matmul(pair.viewB.apply(b));
        Tensor u = leaf(3, dtype, y.shape()).detach();
        y.backward(u);
        Tensor a1 = leaf(1, dtype, pair.a.values());
        Tensor b1 = leaf(2, dtype, pair.b.values());
        Tensor expected = oneByOne(pair.viewA.apply(a1), pair.viewB.apply(b1), y.shape());
        double tolerance = dtype == DType.F64 ? 1e-12 : 1e-4;
        assertSame("y", expected.detach(), y, tolerance, tolerance);
        expected.backward(u);
        assertSame("da", Objects.requireNonNull(a1.grad()), a.grad(), tolerance, tolerance);
        assertSame("db", Objects.requireNonNull(b1.grad()), b.grad(), tolerance, tolerance);
      }
    }
  }

  private static Tensor leaf(int seed, DType dtype, long... shape) {
    return Tensor.randn(Generator.seeded(seed), dtype, shape).requiresGrad_();
  }

  /// By elementwise operations alone.
  private static Tensor oneByOne(Tensor a, Tensor b, long[] shape) {
    return a.unsqueeze(-1).mul(b.unsqueeze(-3)).sum(-2).reshape(shape);
  }

  @Test
  void agreesWithDifferences() {
    try (var _ = Scope.open()) {
      for (List<Size> shapes :
          List.of(
              List.of(of(2, 3, 2), of(2, 3)),
              List.of(of(2, 1, 3, 2), of(3, 2, 2)),
              List.of(of(3, 2), of(2, 2, 1)))) {
        Tensor a = leaf(1, DType.F64, shapes.get(0).values());
        Tensor b = leaf(2, DType.F64, shapes.get(1).values());
        GradCheck.check(in -> in.get(0).matmul(in.get(1)), a, b);
        GradCheck.checkSecond(in -> in.get(0).matmul(in.get(1)), a, b);
      }
    }
  }
}
