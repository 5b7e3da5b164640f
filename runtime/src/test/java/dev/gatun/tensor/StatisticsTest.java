package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the catalogue cannot say of [StatisticsOps] and [ScanOps]: dtypes of results, sizes at
/// which the work is split, numbers that cancel, errors.
@ExtendWith(NoOpenScopes.class)
final class StatisticsTest {
  @Test
  void sumsInTheDtypeThatIsAskedFor() {
    try (var _ = Scope.open()) {
      Tensor whole = Tensor.of(new long[] {1, -2, 3, 250}, 4);
      assertValue(DType.F32, 252, whole.sum(DType.F32));
      assertValue(DType.F64, 252, whole.sum(DType.F64));
      assertValue(DType.I32, 252, whole.sum(DType.I32));
      assertValue(
          DType.U8,
          (252 + 10) % 256,
          whole.add(Tensor.of(new long[] {10, 0, 0, 0}, 4)).sum(DType.U8));
      assertValue(DType.BOOL, 1, whole.sum(DType.BOOL));
      assertValue(DType.F64, 63, whole.mean(DType.F64));
      Tensor truth = Tensor.of(new boolean[] {true, false, true}, 3);
      assertValue(DType.I64, 2, truth.sum());
      assertValue(DType.F32, 2, truth.sum(DType.F32));
      assertValue(DType.I64, 0, truth.prod());
      Tensor small = Tensor.of(new byte[] {(byte) 200, 100}, 2);
      assertValue(DType.I64, 300, small.sum());
      assertValue(DType.I64, 20_000, small.prod());
      assertValue(DType.U8, 200, small.max());
      assertValue(DType.I64, 1, small.argmin());
      assertValue(DType.F32, 3, Tensor.of(1.5f, 1.5f).to(DType.BF16).sum(DType.F32));
      assertValue(DType.BF16, 3, Tensor.of(1.5f, 1.5f).to(DType.BF16).sum());
      assertEquals(DType.F32, whole.cumsum(0, DType.F32).dtype());
      assertEquals(DType.I64, small.cumsum(0).dtype());
    }
  }

  private static void assertValue(DType dtype, double value, Tensor x) {
    assertEquals(dtype, x.dtype());
    assertEquals(value, x.item());
  }

  @Test
  void givesTheGradientOfAConvertedSumInTheDtypeOfTheOperand() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1f, 2f).requiresGrad_();
      x.sum(DType.F64).mul(3).backward();
      Tensor g = grad(x);
      assertEquals(DType.F32, g.dtype());
      assertArrayEquals(new float[] {3, 3}, g.toFloatArray());
    }
  }

  @Test
  void losesNoDigitsOfAVarianceFarFromZero() {
    try (var _ = Scope.open()) {
      for (DType dtype : new DType[] {DType.F32, DType.F64}) {
        for (int n : new int[] {4, 1000, 100_000}) {
          Tensor x = alternating(n).to(dtype).add(1e6);
          assertEquals(0.25, x.var(new int[] {0}, 0, false).item(), 1e-9);
          Tensor columns = x.view(n, 1).expand(n, 5).copy();
          for (double v : columns.std(new int[] {0}, 0, false).toDoubleArray()) {
            assertEquals(0.5, v, 1e-9);
          }
        }
      }
    }
  }

  @Test
  void addsExponentialsThatOverflow() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(new double[] {1000, 999, -1000}, 3).requiresGrad_();
      Tensor y = x.logsumexp();
      assertEquals(1000 + Math.log1p(Math.exp(-1)), y.item(), 1e-12);
      y.backward();
      double first = 1 / (1 + Math.exp(-1));
      assertArrayEquals(new double[] {first, 1 - first, 0}, grad(x).toDoubleArray(), 1e-12);
      assertEquals(y.item(), x.logcumsumexp(0).get(2), 1e-12);
    }
  }

  @Test
  void agreesWithItselfWhateverTheLayout() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(3), DType.F64, 300, 7, 90);
      for (int[] dims : new int[][] {{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {}}) {
        Tensor permuted = x.permute(2, 0, 1).contiguous().permute(1, 2, 0);
        assertClose(x.var(dims), permuted.var(dims));
        assertClose(x.norm(3, dims), permuted.norm(3, dims));
        assertClose(x.amax(dims), permuted.amax(dims));
        assertClose(x.sum(dims), permuted.sum(dims));
      }
    }
  }

  /// `0 1 0 1 …`
  private static Tensor alternating(int n) {
    return Tensor.stack(1, Tensor.zeros(n / 2), Tensor.ones(n / 2)).view(n);
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-9);
  }

  @Test
  void scansLongAndWideTensors() {
    try (var _ = Scope.open()) {
      for (DType dtype : new DType[] {DType.F32, DType.F64, DType.I64}) {
        for (long[] shape : new long[][] {{70_000, 1}, {300, 700}, {5, 40_000}, {3000, 3}}) {
          Tensor x = Tensor.randint(Generator.seeded(5), -3, 4, shape).to(dtype);
          double[] values = x.toDoubleArray();
          int inner = (int) shape[1];
          double[] sums = values.clone();
          for (int i = inner; i < sums.length; i++) {
            sums[i] += sums[i - inner];
          }
          assertArrayEquals(sums, x.cumsum(0).toDoubleArray());
          ValuesIndices most = x.cummax(0);
          double[] largest = values.clone();
          for (int i = inner; i < sums.length; i++) {
            largest[i] = Math.max(largest[i], largest[i - inner]);
          }
          assertArrayEquals(largest, most.values().toDoubleArray());
          assertArrayEquals(largest, x.gather(0, most.indices()).toDoubleArray());
        }
      }
    }
  }

  @Test
  void saysWhatIsWrong() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(2, 3);
      Tensor whole = Tensor.zeros(DType.I64, 2, 3);
      assertError(
          ShapeException.class,
          "var: dim 2 out of range for shape [2,3] (expected -2..1)",
          () -> x.var(2).item());
      assertError(
          ShapeException.class,
          "norm: dim 1 given twice for shape [2,3]",
          () -> x.norm(2, 1, -1).item());
      assertError(
          DTypeException.class,
          "std: needs F32 or F64, got I64 [2,3]; convert with to(DType)",
          () -> whole.std().item());
      assertError(
          DTypeException.class,
          "mean: the result must be F32 or F64, got I64",
          () -> x.mean(DType.I64).item());
      assertError(
          IllegalArgumentException.class,
          "norm: p must be a number, got NaN",
          () -> x.norm(Double.NaN).item());
      assertError(
          ShapeException.class,
          "amin: nothing to choose from: [0,3] has size 0 in dim 0",
          () -> Tensor.zeros(0, 3).aminmax(0, false));
      assertError(
          ShapeException.class,
          "norm: nothing to choose from: [0,3] has size 0 in dim 0",
          () -> Tensor.zeros(0, 3).norm(Double.NEGATIVE_INFINITY, 0).item());
      assertError(
          ShapeException.class,
          "cummax: dim -3 out of range for shape [2,3] (expected -2..1)",
          () -> x.cummax(-3));
      assertError(
          DTypeException.class,
          "logcumsumexp: needs F32 or F64, got I64 [2,3]; convert with to(DType)",
          () -> whole.logcumsumexp(0).item());
    }
  }

  private static void assertError(
      Class<? extends Throwable> type,
      String message,
      org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrowsExactly(type, call).getMessage());
  }

  @Test
  void differentiatesProductsOfSeveralZerosTwice() {
    try (var _ = Scope.open()) {
      for (double[] values : new double[][] {{0, 2, 3, 4}, {0, 2, 0, 4}, {0, 0, 0, 4}}) {
        Tensor x = Tensor.of(values, 2, 2).requiresGrad_();
        GradCheck.check(in -> in.get(0).prod(), x);
        GradCheck.checkSecond(in -> in.get(0).prod(), x);
        GradCheck.checkSecond(in -> in.get(0).cumprod(0), x);
        GradCheck.checkSecond(in -> in.get(0).view(4).cumprod(0), x);
      }
    }
  }

  @Test
  void givesNoGradientToANormOfZero() {
    try (var _ = Scope.open()) {
      for (double p : new double[] {0.5, 1, 1.5, 2, 3, Double.POSITIVE_INFINITY}) {
        Tensor x = Tensor.zeros(DType.F64, 3).requiresGrad_();
        x.norm(p).backward();
        assertArrayEquals(
            new double[3], grad(x).toDoubleArray(), Arrays.toString(new double[] {p}));
      }
    }
  }

  private static Tensor grad(Tensor x) {
    return Objects.requireNonNull(x.grad());
  }
}
