package dev.gatun.tensor;

import static dev.gatun.tensor.CatalogInputs.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
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

@ExtendWith(NoOpenScopes.class)
final class Bf16WeightsTest {
  private static Tensor random(int seed, DType dtype, long... shape) {
    return Tensor.randn(Generator.seeded(seed), DType.F32, shape).to(dtype);
  }

  /// The shapes of two operands of a product.
  record Pair(Size a, Size b) {
    @Override
    public String toString() {
      return a + " x " + b;
    }
  }

  private static Size of(long... shape) {
    return Size.of(shape);
  }

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair(of(1, 100), of(100, 70)),
        new Pair(of(20, 40), of(40, 50)),
        new Pair(of(40), of(40, 50)),
        new Pair(of(3, 40), of(40)),
        new Pair(of(2, 3, 40), of(40, 50)),
        new Pair(of(3, 40), of(2, 40, 50)),
        new Pair(of(2, 1, 3, 40), of(2, 40, 5)),
        new Pair(of(0, 40), of(40, 5)),
        new Pair(of(4, 0), of(0, 5)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void areMultipliedAsTheyAre(Pair pair) {
    try (var _ = Scope.open()) {
      Tensor x = random(1, DType.F32, pair.a.values()).requiresGrad_();
      Tensor w = random(2, DType.BF16, pair.b.values()).requiresGrad_();
      Tensor y = x.matmul(w);
      assertEquals(DType.F32, y.dtype());
      Tensor x64 = x.detach().to(DType.F64).requiresGrad_();
      Tensor w64 = w.detach().to(DType.F64).requiresGrad_();
      Tensor expected = x64.matmul(w64);
      assertSame("y", expected.detach().to(DType.F32), y.detach(), 1e-5, 1e-5);
      Tensor g = random(3, DType.F32, y.shape());
      y.backward(g);
      expected.backward(g.to(DType.F64));
      assertSame("dx", gradient(x64).to(DType.F32), x.grad(), 1e-5, 1e-5);
      assertSame("dw", gradient(w64).to(DType.BF16), w.grad(), 1e-2, 1e-2);
    }
  }

  private static Tensor gradient(Tensor leaf) {
    return Objects.requireNonNull(leaf.grad());
  }

  @Test
  void mayBeTransposedOrHaveGaps() {
    try (var _ = Scope.open()) {
      Tensor x = random(1, DType.F32, 5, 80);
      Tensor w = random(2, DType.BF16, 60, 80);
      Tensor every = random(3, DType.BF16, 80, 60, 2);
      Tensor exact = x.to(DType.F64).matmul(w.t().to(DType.F64)).to(DType.F32);
      assertSame("transposed", exact, x.matmul(w.t()), 1e-5, 1e-5);
      Tensor gaps = every.select(2, 1);
      exact = x.to(DType.F64).matmul(gaps.to(DType.F64)).to(DType.F32);
      assertSame("gaps", exact, x.matmul(gaps), 1e-5, 1e-5);
      Tensor part = w.narrow(0, 3, 40).narrow(1, 5, 50).t();
      Tensor rows = x.narrow(1, 7, 50);
      exact = rows.to(DType.F64).matmul(part.to(DType.F64)).to(DType.F32);
      assertSame("part", exact, rows.matmul(part), 1e-5, 1e-5);
    }
  }

  @Test
  void serveALinearLayerWithABiasOfEitherDtype() {
    for (Activation activation : Activation.values()) {
      for (DType dtype : new DType[] {DType.F32, DType.BF16}) {
        for (long rows : new long[] {1, 3, 30}) {
          try (var _ = Scope.open()) {
            check(activation, dtype, rows);
          }
        }
      }
    }
  }

  private static void check(Activation activation, DType biased, long rows) {
    Tensor x = random(1, DType.F32, rows, 40).requiresGrad_();
    Tensor w = random(2, DType.BF16, 50, 40).requiresGrad_();
    Tensor b = random(3, biased, 50).requiresGrad_();
    Tensor y = x.linear(w, b, activation);
    assertEquals(DType.F32, y.dtype());
    Tensor x64 = x.detach().to(DType.F64).requiresGrad_();
    Tensor w64 = w.detach().to(DType.F64).requiresGrad_();
    Tensor b64 = b.detach().to(DType.F64).requiresGrad_();
    Tensor expected = x64.linear(w64, b64, activation);
    assertSame("y", expected.detach().to(DType.F32), y.detach(), 2e-5, 2e-5);
    Tensor g = random(4, DType.F32, rows, 50);
    y.backward(g);
    expected.backward(g.to(DType.F64));
    assertSame("dx", gradient(x64).to(DType.F32), x.grad(), 1e-4, 1e-4);
    assertSame("dw", gradient(w64).to(DType.BF16), w.grad(), 1e-2, 1e-2);
    double tolerance = biased == DType.F32 ? 1e-4 : 1e-2;
    assertSame("db", gradient(b64).to(biased), b.grad(), tolerance, tolerance);
  }

  @Test
  void roundOnlyTheResultWhereTheInputIsBf16Too() {
    try (var _ = Scope.open()) {
      Tensor x = random(1, DType.BF16, 3, 400);
      Tensor w = random(2, DType.BF16, 400, 50);
      Tensor exact = x.to(DType.F64).matmul(w.to(DType.F64)).to(DType.BF16);
      assertSame("y", exact, x.matmul(w), 0x1p-8, 1e-5);
      assertSame("linear", exact, x.linear(w.t().copy(), null), 0x1p-8, 1e-5);
    }
  }

  @Test
  void otherMixturesAreErrors() {
    try (var _ = Scope.open()) {
      Tensor wide = random(1, DType.F32, 4, 4);
      Tensor narrow = random(2, DType.BF16, 4, 4);
      assertEquals(
          "matmul: dtypes differ: BF16 [4,4] x F32 [4,4]; convert one with to(DType)",
          assertThrows(DTypeException.class, () -> narrow.matmul(wide)).getMessage());
      assertEquals(
          "linear: dtypes differ: BF16 [4,4] and F32 [4,4]; convert one with to(DType)",
          assertThrows(DTypeException.class, () -> narrow.linear(wide, null)).getMessage());
      assertEquals(
          "linear: dtypes differ: BF16 [4,4] and F64 [4]; convert one with to(DType)",
          assertThrows(DTypeException.class, () -> wide.linear(narrow, Tensor.zeros(DType.F64, 4)))
              .getMessage());
      assertEquals(
          "linear: dtypes differ: F64 [4,4] and BF16 [4,4]; convert one with to(DType)",
          assertThrows(DTypeException.class, () -> wide.to(DType.F64).linear(narrow, null))
              .getMessage());
    }
  }
}
