package dev.gatun.tensor;

import static dev.gatun.testing.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// [Linalg] by what defines its results, in sizes around those at which kernels change, batches and
/// layouts.
@ExtendWith(NoOpenScopes.class)
final class LinalgTest {
  private static final List<Long> SIZES = List.of(1L, 2L, 7L, 16L, 17L, 33L, 49L, 100L);

  /// Those of operands that are copied into order first: what follows is the same for each layout.
  private static final List<Long> FEWER = List.of(2L, 17L, 33L);

  static Stream<Arguments> cases() {
    return Stream.of(DType.F64, DType.F32)
        .flatMap(dtype ->
            Stream.of(Layout.values())
                .flatMap(layout ->
                    (layout == Layout.CONTIGUOUS ? SIZES : FEWER)
                        .stream().map(n -> Arguments.of(dtype, layout, n))));
  }

  private static Tensor random(DType dtype, long seed, long... shape) {
    return Tensor.randn(Generator.seeded(seed), dtype, shape);
  }

  private static Tensor mT(Tensor x) {
    return x.transpose(-2, -1);
  }

  private static Tensor lifted(Tensor a) {
    return a.add(Tensor.eye(a.dtype(), a.size(-1)).mul((double) a.size(-1)));
  }

  private static Tensor symmetric(Tensor a) {
    return a.add(mT(a));
  }

  private static double tolerance(DType dtype, long n) {
    return (dtype == DType.F32 ? 1e-6 : 1e-14) * (n + 10) * 3;
  }

  private static void same(Tensor expected, Tensor actual, double tolerance) {
    assertArrayEquals(expected.shape(), actual.shape());
    assertEquals(expected.dtype(), actual.dtype());
    assertClose(actual.toDoubleArray(), expected.toDoubleArray(), tolerance, tolerance);
  }

  private static Tensor eye(Tensor x, long n) {
    long[] shape = x.shape();
    shape[shape.length - 2] = n;
    shape[shape.length - 1] = n;
    return Tensor.eye(x.dtype(), n).expand(shape);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void solvesAndInverts(DType dtype, Layout layout, long n) {
    try (var _ = Scope.open()) {
      Tensor a = layout.place(lifted(random(dtype, n, 2, n, n)));
      Tensor b = layout.place(random(dtype, 1, 2, n, 3));
      double tolerance = tolerance(dtype, n);
      same(b, a.matmul(Linalg.solve(a, b)), tolerance * n);
      same(eye(a, n), a.matmul(Linalg.inv(a)), tolerance);
      Tensor det = Linalg.slogdet(a).logAbsDet();
      same(det.mul(2), Linalg.slogdet(a.matmul(mT(a))).logAbsDet(), tolerance);
      Tensor lower = LinalgRaw.triangle(a, false, 0);
      same(b, lower.matmul(Linalg.solveTriangular(a, b, false)), tolerance * n);
      same(b, mT(lower).matmul(Linalg.solveTriangular(mT(a), b, true)), tolerance * n);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void factorsIntoTriangles(DType dtype, Layout layout, long n) {
    try (var _ = Scope.open()) {
      Tensor a = random(dtype, n, 2, n, n);
      Tensor spd = layout.place(lifted(a.matmul(mT(a))));
      double tolerance = tolerance(dtype, n) * n;
      Tensor l = Linalg.cholesky(spd);
      same(LinalgRaw.triangle(l, false, 0), l, 0);
      same(spd, l.matmul(mT(l)), tolerance);
      same(mT(l).contiguous(), Linalg.cholesky(spd, true), tolerance);
      for (long[] shape : new long[][] {{2, n, n}, {n + 5, n}, {n, n + 5}, {2 * n, n}}) {
        Tensor x = layout.place(random(dtype, n, shape));
        for (boolean complete : new boolean[] {false, true}) {
          var qr = Linalg.qr(x, complete);
          same(LinalgRaw.triangle(qr.r(), true, 0), qr.r(), 0);
          same(x, qr.q().matmul(qr.r()), tolerance);
          long columns = qr.q().size(-1);
          assertEquals(complete ? x.size(-2) : Math.min(x.size(-2), x.size(-1)), columns);
          same(eye(x, columns), mT(qr.q()).matmul(qr.q()), tolerance);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsEigenAndSingularValues(DType dtype, Layout layout, long n) {
    try (var _ = Scope.open()) {
      double tolerance = tolerance(dtype, n) * 10;
      Tensor s = layout.place(symmetric(random(dtype, n, 2, n, n)));
      var eigh = Linalg.eigh(s);
      Tensor v = eigh.eigenvectors();
      same(eye(s, n), mT(v).matmul(v), tolerance);
      same(s, v.mul(eigh.eigenvalues().unsqueeze(-2)).matmul(mT(v)), tolerance * n);
      same(eigh.eigenvalues(), Linalg.eigvalsh(s), tolerance * n);
      same(eigh.eigenvalues(), Linalg.eigh(s, true).eigenvalues(), tolerance * n);
      for (long[] shape : new long[][] {{2, n, n}, {n + 5, n}, {n, n + 5}}) {
        Tensor x = layout.place(random(dtype, n, shape));
        for (boolean full : new boolean[] {false, true}) {
          var svd = Linalg.svd(x, full);
          long k = Math.min(x.size(-2), x.size(-1));
          Tensor u = svd.u();
          same(eye(x, u.size(-1)), mT(u).matmul(u), tolerance);
          same(eye(x, svd.vh().size(-2)), svd.vh().matmul(mT(svd.vh())), tolerance);
          Tensor scaled = u.narrow(-1, 0, k).mul(svd.s().unsqueeze(-2));
          same(x, scaled.matmul(svd.vh().narrow(-2, 0, k)), tolerance * n);
          same(svd.s(), Linalg.svdvals(x), tolerance * n);
        }
      }
    }
  }

  /// The triangle that is not meant may hold anything.
  @Test
  void readsOneTriangle() {
    try (var _ = Scope.open()) {
      for (long n : SIZES) {
        Tensor a = random(DType.F64, n, n, n);
        Tensor spd = lifted(a.matmul(mT(a)));
        Tensor nan = Tensor.full(DType.F64, Double.NaN, n, n);
        Tensor upperNan =
            LinalgRaw.triangle(spd, false, 0)
                .add(Tensor.where(above(n), nan, Tensor.zeros(DType.F64)));
        same(Linalg.cholesky(spd), Linalg.cholesky(upperNan), 1e-12);
        same(Linalg.cholesky(spd, true), Linalg.cholesky(mT(upperNan), true), 1e-12);
        Tensor b = random(DType.F64, 1, n, 2);
        same(
            Linalg.solveTriangular(spd, b, false),
            Linalg.solveTriangular(upperNan, b, false),
            1e-12);
        same(Linalg.eigvalsh(spd), Linalg.eigvalsh(upperNan), 1e-10);
        same(Linalg.eigh(spd).eigenvalues(), Linalg.eigh(mT(upperNan), true).eigenvalues(), 1e-10);
      }
    }
  }

  private static Tensor above(long n) {
    return Tensor.arange(n).gt(Tensor.arange(n).unsqueeze(1));
  }

  @Test
  void decomposesMatricesOfLowRank() {
    try (var _ = Scope.open()) {
      for (long n : new long[] {3, 20, 60}) {
        Tensor x = random(DType.F64, n, n + 2, 2).matmul(random(DType.F64, 1, 2, n));
        var svd = Linalg.svd(x, true);
        same(eye(x, n + 2), mT(svd.u()).matmul(svd.u()), 1e-12);
        same(eye(x, n), svd.vh().matmul(mT(svd.vh())), 1e-12);
        assertEquals(2, Linalg.matrixRank(x).item());
        Tensor y = Linalg.pinv(x);
        same(x, x.matmul(y).matmul(x), 1e-9);
        same(y, y.matmul(x).matmul(y), 1e-9);
        var zero = Linalg.svd(Tensor.zeros(DType.F64, n, n + 1), true);
        same(Tensor.zeros(DType.F64, n), zero.s(), 0);
        same(eye(x, n + 1), zero.vh().matmul(mT(zero.vh())), 1e-12);
        same(Tensor.zeros(DType.F64, n), Linalg.eigvalsh(Tensor.zeros(DType.F64, n, n)), 0);
        assertTrue(Linalg.det(x.narrow(0, 0, n).mul(0)).item() == 0);
      }
    }
  }

  /// Rounding errors are all that is left of most columns.
  @Test
  void decomposesMatricesOfOnes() {
    try (var _ = Scope.open()) {
      for (long[] shape : new long[][] {{37, 12}, {31, 17}, {12, 37}, {16, 16}, {60, 50}}) {
        Tensor x = Tensor.ones(DType.F64, shape);
        var svd = Linalg.svd(x);
        long k = svd.s().numel();
        same(x, svd.u().mul(svd.s()).matmul(svd.vh()), 1e-12);
        same(eye(x, k), mT(svd.u()).matmul(svd.u()), 1e-12);
        same(eye(x, k), svd.vh().matmul(mT(svd.vh())), 1e-12);
        assertEquals(1, Linalg.matrixRank(x).item());
        Tensor square = x.matmul(mT(x));
        var eigh = Linalg.eigh(square);
        Tensor v = eigh.eigenvectors();
        same(square, v.mul(eigh.eigenvalues()).matmul(mT(v)), 1e-11);
      }
    }
  }

  /// Squares of these elements overflow or vanish.
  @Test
  void scalesExtremeElements() {
    try (var _ = Scope.open()) {
      for (double factor : new double[] {1e-200, 1e200}) {
        for (long n : new long[] {3, 40}) {
          Tensor x = random(DType.F64, n, n, n);
          Tensor expected = Linalg.svdvals(x).mul(factor);
          same(expected, Linalg.svdvals(x.mul(factor)), 1e-11);
          same(
              Linalg.eigvalsh(symmetric(x)).mul(factor),
              Linalg.eigvalsh(symmetric(x).mul(factor)),
              1e-11);
        }
      }
    }
  }

  @Test
  void takesEmptyMatricesAndBatches() {
    try (var _ = Scope.open()) {
      Tensor none = Tensor.zeros(DType.F64, 0, 0);
      assertEquals(1, Linalg.det(none).item());
      assertEquals(0, Linalg.slogdet(none).logAbsDet().item());
      assertArrayEquals(new long[] {0, 0}, Linalg.inv(none).shape());
      assertArrayEquals(new long[] {0, 0}, Linalg.cholesky(none).shape());
      assertArrayEquals(new long[] {0}, Linalg.eigvalsh(none).shape());
      Tensor batch = Tensor.zeros(DType.F32, 0, 3, 3);
      assertArrayEquals(new long[] {0, 3, 3}, Linalg.inv(batch).shape());
      assertArrayEquals(new long[] {0}, Linalg.det(batch).shape());
      assertArrayEquals(new long[] {0, 3, 3}, Linalg.svd(batch).u().shape());
      Tensor flat = Tensor.zeros(DType.F64, 3, 0);
      var svd = Linalg.svd(flat, true);
      same(Tensor.eye(DType.F64, 3), svd.u(), 1e-15);
      assertArrayEquals(new long[] {0}, svd.s().shape());
      assertArrayEquals(new long[] {0, 0}, svd.vh().shape());
      assertArrayEquals(new long[] {0, 3}, Linalg.pinv(flat).shape());
      assertEquals(0, Linalg.matrixRank(flat).item());
      var qr = Linalg.qr(flat, true);
      same(Tensor.eye(DType.F64, 3), qr.q(), 1e-15);
      assertArrayEquals(new long[] {3, 0}, qr.r().shape());
      Tensor right = Tensor.zeros(DType.F64, 3, 0);
      assertArrayEquals(new long[] {3, 0}, Linalg.solve(Tensor.eye(DType.F64, 3), right).shape());
      assertEquals(0, Linalg.norm(flat).item());
    }
  }

  @Test
  void differentiatesDeterminantsOfSingularMatrices() {
    try (var _ = Scope.open()) {
      double[] values = {1, 2, 3, 0, 0, 0, 4, -1, 2};
      GradCheck.check(in -> Linalg.det(in.get(0)), Tensor.of(values, 3, 3).requiresGrad_());
      GradCheck.checkSecond(in -> Linalg.det(in.get(0)), Tensor.of(values, 3, 3).requiresGrad_());
    }
  }

  @Test
  void differentiatesThroughFullMatricesByTheirFirstVectors() {
    try (var _ = Scope.open()) {
      Tensor x = lifted(random(DType.F64, 3, 3, 3)).narrow(1, 0, 2).copy().detach();
      GradCheck.check(
          in -> {
            var svd = Linalg.svd(in.get(0), true);
            return svd.u().narrow(-1, 0, 1).matmul(svd.vh().narrow(-2, 0, 1));
          },
          x.requiresGrad_());
    }
  }

  @Test
  void sharesWideRightSides() {
    try (var _ = Scope.open()) {
      Tensor a = lifted(random(DType.F64, 1, 260, 260));
      Tensor b = random(DType.F64, 2, 260, 700);
      same(b, a.matmul(Linalg.solve(a, b)), 1e-10);
      Tensor x = Linalg.solveTriangular(a, b, true);
      same(b, LinalgRaw.triangle(a, true, 0).matmul(x), 1e-10);
      Tensor g = b.mul(x);
      a.requiresGrad_();
      Linalg.solve(a, b).backward(g);
      Tensor inverse = Linalg.inv(a.detach());
      Tensor expected = mT(inverse).matmul(g).matmul(mT(inverse.matmul(b))).neg();
      same(expected, java.util.Objects.requireNonNull(a.grad()), 1e-10);
    }
  }

  @Test
  void conditionsOfSingularMatricesAreInfinite() {
    try (var _ = Scope.open()) {
      Tensor a = Tensor.of(new double[] {1, 2, 2, 4, 2, 0, 0, 4}, 2, 2, 2);
      Tensor expected = Tensor.of(new double[] {Double.POSITIVE_INFINITY, 2}, 2);
      same(expected, Linalg.cond(a, 1), 1e-15);
      same(expected, Linalg.cond(a, Double.NEGATIVE_INFINITY).mul(4), 1e-15);
      same(
          Tensor.of(new double[] {Double.POSITIVE_INFINITY, 2.5}, 2), Linalg.cond(a, "fro"), 1e-15);
    }
  }

  /// On every thread, and on those that have small stacks.
  @Test
  void worksOnVirtualThreads() throws InterruptedException {
    double[] expected;
    try (var _ = Scope.open()) {
      expected = Linalg.svdvals(random(DType.F64, 5, 80, 70)).toDoubleArray();
    }
    boolean[] same = new boolean[40];
    Thread[] threads = new Thread[same.length];
    for (int i = 0; i < threads.length; i++) {
      int at = i;
      threads[i] =
          Thread.ofVirtual()
              .start(() -> {
                try (var _ = Scope.open()) {
                  Tensor x = random(DType.F64, 5, 80, 70);
                  double[] actual = Linalg.svdvals(x).toDoubleArray();
                  Tensor inverse = Linalg.inv(x.narrow(0, 0, 70));
                  same[at] = java.util.Arrays.equals(expected, actual) && inverse.numel() == 4900;
                }
              });
    }
    for (int i = 0; i < threads.length; i++) {
      threads[i].join();
      assertTrue(same[i], "thread " + i);
    }
  }

  @Test
  void leastSquaresTellsWhatItFound() {
    try (var _ = Scope.open()) {
      Tensor a = random(DType.F64, 1, 6, 3);
      Tensor b = random(DType.F64, 2, 6, 2);
      var fit = Linalg.lstsq(a, b);
      Tensor rest = a.matmul(fit.solution()).sub(b);
      same(Tensor.zeros(DType.F64, 3, 2), mT(a).matmul(rest), 1e-12);
      same(rest.mul(rest).sum(0), fit.residuals(), 1e-12);
      assertEquals(3, fit.rank().item());
      same(Linalg.svdvals(a), fit.singularValues(), 1e-12);
      assertArrayEquals(
          new long[] {0}, Linalg.lstsq(a.narrow(0, 0, 2), b.narrow(0, 0, 2)).residuals().shape());
    }
  }
}
