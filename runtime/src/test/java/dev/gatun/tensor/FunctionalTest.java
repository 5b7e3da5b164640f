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
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Jacobians, Hessians and products with them, against formulas.
@ExtendWith(NoOpenScopes.class)
final class FunctionalTest {
  private static final Functional.Config PLAIN = new Functional.Config(false, false);
  private static final Functional.Config GRAPH = new Functional.Config(true, false);
  private static final Functional.Config STRICT = new Functional.Config(false, true);

  private static Tensor of(double... values) {
    return Tensor.of(values, values.length);
  }

  /// `[a b, a + 2 b]` of each element.
  private static List<Tensor> pair(List<Tensor> in) {
    Tensor a = in.get(0);
    Tensor b = in.get(1);
    return List.of(a.mul(b), a.add(b, 2));
  }

  @Test
  void findsJacobians() {
    try (var _ = Scope.open()) {
      Tensor x = of(1, 2, 3).reshape(3, 1);
      Tensor j = Functional.jacobian(v -> v.square().sum(1), x);
      assertArrayEquals(new long[] {3, 3, 1}, j.shape());
      assertArrayEquals(new double[] {2, 0, 0, 0, 4, 0, 0, 0, 6}, j.toDoubleArray());
      assertFalse(j.requiresGrad() || x.requiresGrad());
      List<List<Tensor>> both =
          Functional.jacobian(FunctionalTest::pair, List.of(of(1, 2), of(3, 4)), PLAIN);
      assertArrayEquals(new double[] {3, 0, 0, 4}, both.get(0).get(0).toDoubleArray());
      assertArrayEquals(new double[] {1, 0, 0, 2}, both.get(0).get(1).toDoubleArray());
      assertArrayEquals(new double[] {1, 0, 0, 1}, both.get(1).get(0).toDoubleArray());
      assertArrayEquals(new double[] {2, 0, 0, 2}, both.get(1).get(1).toDoubleArray());
      assertArrayEquals(new long[] {2}, Functional.jacobian(Tensor::sum, of(1, 2)).shape());
      assertArrayEquals(
          new long[] {0, 2}, Functional.jacobian(v -> v.narrow(0, 0, 0), of(1, 2)).shape());
    }
  }

  @Test
  void findsHessians() {
    try (var _ = Scope.open()) {
      Tensor h = Functional.hessian(x -> x.pow(3).sum().mul(x.narrow(0, 0, 1).sum()), of(1, 2));
      // (x³ + y³) x: 12 x², 3 y², 6 x y
      assertArrayEquals(new double[] {12, 12, 12, 12}, h.toDoubleArray());
      List<List<Tensor>> blocks =
          Functional.hessian(
              in -> in.get(0).square().mul(in.get(1)).sum(), List.of(of(3), of(5)), PLAIN);
      assertEquals(10, blocks.get(0).get(0).item());
      assertEquals(6, blocks.get(0).get(1).item());
      assertEquals(6, blocks.get(1).get(0).item());
      assertEquals(0, blocks.get(1).get(1).item());
      assertEquals(
          "hessian: needs a function to one element, got [2]",
          assertThrowsExactly(ShapeException.class, () -> Functional.hessian(Tensor::exp, of(1, 2)))
              .getMessage());
    }
  }

  @Test
  void findsProducts() {
    try (var _ = Scope.open()) {
      Tensor w = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
      Function<Tensor, Tensor> linear = x -> w.matmul(x);
      Functional.Product vjp = Functional.vjp(linear, of(1, 1, 1), of(1, 10));
      assertArrayEquals(new double[] {6, 15}, vjp.outputs().getFirst().toDoubleArray());
      assertArrayEquals(new double[] {41, 52, 63}, vjp.products().getFirst().toDoubleArray());
      Functional.Product jvp = Functional.jvp(linear, of(1, 1, 1), of(1, 10, 100));
      assertArrayEquals(new double[] {6, 15}, jvp.outputs().getFirst().toDoubleArray());
      assertArrayEquals(new double[] {321, 654}, jvp.products().getFirst().toDoubleArray());
      Function<Tensor, Tensor> cubes = x -> x.pow(3).sum().mul(x.narrow(0, 0, 1).sum());
      for (Functional.Product product :
          List.of(
              Functional.hvp(cubes, of(1, 2), of(1, 10)),
              Functional.vhp(cubes, of(1, 2), of(1, 10)))) {
        assertEquals(9, product.outputs().getFirst().item());
        assertFalse(product.outputs().getFirst().requiresGrad());
        assertArrayEquals(new double[] {132, 132}, product.products().getFirst().toDoubleArray());
      }
      Functional.Product several =
          Functional.jvp(
              FunctionalTest::pair,
              List.of(of(1, 2), of(3, 4)),
              List.of(of(1, 0), of(0, 1)),
              PLAIN);
      assertArrayEquals(new double[] {3, 2}, several.products().get(0).toDoubleArray());
      assertArrayEquals(new double[] {1, 2}, several.products().get(1).toDoubleArray());
    }
  }

  @Test
  void agreesWithTheJacobian() {
    try (var _ = Scope.open()) {
      Function<Tensor, Tensor> f = x -> x.matmul(x.t()).tanh().sum(0).exp();
      Tensor x = Tensor.randn(Generator.seeded(1), DType.F64, 3, 2);
      Tensor j = Functional.jacobian(f, x).reshape(3, 6);
      Tensor u = Tensor.randn(Generator.seeded(2), DType.F64, 3);
      Tensor v = Tensor.randn(Generator.seeded(3), DType.F64, 3, 2);
      assertArrayEquals(
          u.matmul(j).toDoubleArray(),
          Functional.vjp(f, x, u).products().getFirst().toDoubleArray(),
          1e-12);
      assertArrayEquals(
          j.matmul(v.reshape(6)).toDoubleArray(),
          Functional.jvp(f, x, v).products().getFirst().toDoubleArray(),
          1e-12);
      Function<Tensor, Tensor> scalar = y -> f.apply(y).sum();
      Tensor h = Functional.hessian(scalar, x).reshape(6, 6);
      assertArrayEquals(
          h.matmul(v.reshape(6)).toDoubleArray(),
          Functional.hvp(scalar, x, v).products().getFirst().toDoubleArray(),
          1e-11);
      assertArrayEquals(h.t().copy().toDoubleArray(), h.toDoubleArray(), 1e-11);
    }
  }

  @Test
  void createsGraphsWhenAskedTo() {
    try (var _ = Scope.open()) {
      Tensor x = of(1, 2).requiresGrad_();
      Tensor j =
          Functional.jacobian(in -> List.of(in.getFirst().pow(3)), List.of(x), GRAPH)
              .getFirst()
              .getFirst();
      assertTrue(j.requiresGrad());
      j.sum().backward();
      assertArrayEquals(new double[] {6, 12}, Objects.requireNonNull(x.grad()).toDoubleArray());
      x.zeroGrad();
      Functional.Product product =
          Functional.hvp(in -> in.getFirst().pow(3).sum(), List.of(x), List.of(of(1, 1)), GRAPH);
      product.products().getFirst().sum().backward(null, true, false);
      assertArrayEquals(new double[] {6, 6}, Objects.requireNonNull(x.grad()).toDoubleArray());
      product.outputs().getFirst().backward();
      assertArrayEquals(new double[] {9, 18}, Objects.requireNonNull(x.grad()).toDoubleArray());
    }
  }

  @Test
  void leavesTheCallersTensorsAlone() {
    try (var _ = Scope.open()) {
      Tensor x = of(1, 2).requiresGrad_();
      Tensor w = of(3, 4).requiresGrad_();
      try (var _ = NoGrad.open()) {
        Tensor j = Functional.jacobian(v -> v.mul(w), x);
        assertArrayEquals(new double[] {3, 0, 0, 4}, j.toDoubleArray());
      }
      assertNull(x.grad());
      assertNull(w.grad());
    }
  }

  @Test
  void freesWhatTheFunctionMade() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.ones(DType.F64, 128);
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      try (var _ = Scope.open("outer")) {
        Tensor g = Functional.vjp(v -> v.exp().tanh(), x, x).products().getFirst();
        assertEquals(128, g.numel());
        assertEquals(before + 2 * 1024, MemoryStats.now().liveBytes(), "output and product");
      }
      RuntimeException failed =
          assertThrows(
              UnsupportedOperationException.class,
              () ->
                  Functional.jvp(
                      v -> {
                        Tensor unused = v.exp();
                        throw new UnsupportedOperationException(unused.describe());
                      },
                      x,
                      x));
      assertEquals("tensor [128]", failed.getMessage());
      assertEquals(before, MemoryStats.now().liveBytes());
    }
  }

  @Test
  void takesWhatDoesNotDependOnAnInputAsZeroUnlessStrict() {
    try (var _ = Scope.open()) {
      Tensor x = of(1, 2);
      Function<List<Tensor>, List<Tensor>> first = in -> List.of(in.getFirst().mul(2));
      List<Tensor> two = List.of(x, of(1, 2, 3));
      List<Tensor> j = Functional.jacobian(first, two, PLAIN).getFirst();
      assertArrayEquals(new long[] {2, 3}, j.get(1).shape());
      assertArrayEquals(new double[6], j.get(1).toDoubleArray());
      assertEquals(
          "jacobian: no output depends on input 1: tensor [3]",
          assertThrows(IllegalStateException.class, () -> Functional.jacobian(first, two, STRICT))
              .getMessage());
      Function<List<Tensor>, List<Tensor>> constant = _ -> List.of(of(7));
      assertArrayEquals(
          new double[2],
          Functional.vjp(constant, List.of(x), List.of(of(1)), PLAIN)
              .products()
              .getFirst()
              .toDoubleArray());
      assertArrayEquals(
          new double[1],
          Functional.jvp(constant, List.of(x), List.of(x), PLAIN)
              .products()
              .getFirst()
              .toDoubleArray());
      assertEquals(
          "vjp: output 0 does not depend on any input: tensor [1]",
          assertThrows(
                  IllegalStateException.class,
                  () -> Functional.vjp(constant, List.of(x), List.of(of(1)), STRICT))
              .getMessage());
      assertArrayEquals(new double[4], Functional.hessian(v -> v.mul(3).sum(), x).toDoubleArray());
    }
  }

  @Test
  void refusesVectorsThatDoNotFit() {
    try (var _ = Scope.open()) {
      assertEquals(
          "vjp: v does not match: F64 [3] for F64 [2]",
          assertThrowsExactly(
                  ShapeException.class, () -> Functional.vjp(Tensor::exp, of(1, 2), of(1, 2, 3)))
              .getMessage());
      assertEquals(
          "jvp: needs one tensor of v for each: 0 given, 1 needed",
          assertThrowsExactly(
                  IllegalArgumentException.class,
                  () -> Functional.jvp(in -> in, List.of(of(1)), List.of(), PLAIN))
              .getMessage());
    }
  }
}
