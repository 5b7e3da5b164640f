package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/// What the catalogue cannot say of [SortOps] and [CountingOps].
@ExtendWith(NoOpenScopes.class)
final class SortingTest {
  private static final double NAN = Double.NaN;

  @Test
  void sortsEveryDtype() {
    try (var _ = Scope.open()) {
      for (DType dtype : new DType[] {DType.F32, DType.F64, DType.I32, DType.I64, DType.U8}) {
        Tensor x = Tensor.of(new double[] {3, 250, 0, 3, 7}, 5).to(dtype);
        ValuesIndices up = x.sort();
        assertEquals(dtype, up.values().dtype());
        assertArrayEquals(new double[] {0, 3, 3, 7, 250}, up.values().toDoubleArray());
        assertArrayEquals(new long[] {2, 0, 3, 4, 1}, up.indices().toLongArray());
        ValuesIndices down = x.sort(0, true);
        assertArrayEquals(new long[] {1, 4, 0, 3, 2}, down.indices().toLongArray());
        assertArrayEquals(new long[] {1, 4}, x.topk(2).indices().toLongArray());
        assertEquals(3, x.median().item());
        assertEquals(7, x.kthvalue(4).values().item());
      }
      Tensor truth = Tensor.of(new boolean[] {true, false, true}, 3);
      assertArrayEquals(new long[] {1, 0, 2}, truth.argsort().toLongArray());
    }
  }

  @Test
  void sortsLongRowsOfAnyLayout() {
    try (var _ = Scope.open()) {
      for (DType dtype : new DType[] {DType.F32, DType.F64}) {
        Tensor x = Tensor.randn(Generator.seeded(9), dtype, 3, 30_000);
        double[] expected = x.select(0, 1).toDoubleArray();
        Arrays.sort(expected);
        Tensor columns = x.t().contiguous();
        assertArrayEquals(expected, columns.sort(0, false).values().select(1, 1).toDoubleArray());
        double[] top = x.topk(100, 1, false, true).values().select(0, 1).toDoubleArray();
        assertArrayEquals(Arrays.copyOf(expected, 100), top);
        assertEquals(expected[(30_000 - 1) / 2], x.median(1, false).values().get(1));
        assertEquals(expected[777], columns.kthvalue(778, 0, false).values().get(1));
      }
    }
  }

  @Test
  void leavesWhatIsNotSortedInItsOrder() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(5f, 1f, 9f, 7f, 9f);
      assertArrayEquals(new long[] {2, 3, 4}, x.topk(3, 0, true, false).indices().toLongArray());
      assertArrayEquals(new long[] {2, 4, 3}, x.topk(3, 0, true, true).indices().toLongArray());
    }
  }

  @Test
  void readsMemoryOfItsCaller() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(5 * 8, 8);
      double[] values = {2, -1, NAN, 7, 2};
      MemorySegment.copy(values, 0, segment, java.lang.foreign.ValueLayout.JAVA_DOUBLE, 0, 5);
      Tensor x = Tensor.wrap(segment, DType.F64, 5);
      // No scope is open: results belong to the collector.
      assertArrayEquals(new long[] {1, 0, 4, 3, 2}, x.argsort().toLongArray());
      assertArrayEquals(new double[] {2, 1, NAN, NAN, NAN}, x.cumsum(0).toDoubleArray());
      assertArrayEquals(new long[] {0, 0, 2, 2, 2}, x.cummax(0).indices().toLongArray());
      assertArrayEquals(new long[] {1, 2, 1, 1}, x.uniqueAll().counts().toLongArray());
      assertEquals(2, x.nanmedian().item());
      assertEquals(10, x.nansum().item());
      assertEquals(2, x.argmax().itemLong());
    }
  }

  @Test
  void tellsEveryNanApart() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(new double[] {NAN, 1, NAN, -0.0, 0.0}, 5);
      Unique found = x.uniqueAll();
      assertArrayEquals(new double[] {0, 1, NAN, NAN}, found.values().abs().toDoubleArray());
      assertArrayEquals(new long[] {2, 1, 3, 0, 0}, found.inverse().toLongArray());
      assertArrayEquals(new long[] {2, 1, 1, 1}, found.counts().toLongArray());
      assertEquals(4, x.uniqueConsecutive().values().numel());
      assertEquals(0, Tensor.zeros(0).unique().numel());
    }
  }

  @Test
  void tellsManyRowsApart() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.randint(Generator.seeded(4), 0, 3, 2000, 4);
      Unique found = x.uniqueAll(0);
      assertEquals(81, found.values().size(0));
      assertEquals(2000, found.counts().sum().itemLong());
      assertEquals(true, found.values().indexSelect(0, found.inverse()).equal(x));
      long[] rows =
          found
              .values()
              .to(DType.F64)
              .mv(Tensor.of(new double[] {27, 9, 3, 1}, 4))
              .to(DType.I64)
              .toLongArray();
      long[] sorted = rows.clone();
      Arrays.sort(sorted);
      assertArrayEquals(sorted, rows);
    }
  }

  @Test
  void countsInTheDtypeOfTheWeights() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(new int[] {2, 0, 2}, 3);
      assertEquals(DType.I64, x.bincount().dtype());
      Tensor weighed = x.bincount(Tensor.of(0.5f, 1f, 2f), 4);
      assertEquals(DType.F32, weighed.dtype());
      assertArrayEquals(new double[] {1, 0, 2.5, 0}, weighed.toDoubleArray());
      Tensor whole = x.bincount(Tensor.of(new long[] {1, 2, 3}, 3), 0);
      assertEquals(DType.F64, whole.dtype());
      assertArrayEquals(new double[] {2, 0, 4}, whole.toDoubleArray());
      assertEquals(0, Tensor.of(new long[0], 0).bincount().numel());
    }
  }

  @Test
  void saysWhatIsWrong() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(2, 3);
      Class<ShapeException> shape = ShapeException.class;
      Class<IllegalArgumentException> argument = IllegalArgumentException.class;
      assertError(
          shape,
          "sort: dim 2 out of range for shape [2,3] (expected -2..1)",
          () -> x.sort(2, false));
      assertError(
          argument,
          "topk: k out of range for shape [2,3] (dim 1: expected 0..3, got 4)",
          () -> x.topk(4));
      assertError(
          argument,
          "kthvalue: k out of range for shape [2,3] (dim 0: expected 1..2, got 0)",
          () -> x.kthvalue(0, 0, false));
      assertError(
          shape,
          "median: nothing to choose from: [0,3] has size 0 in dim 0",
          () -> Tensor.zeros(0, 3).median(0, false));
      assertError(
          shape, "median: nothing to choose from: [0]", () -> Tensor.of(new long[0], 0).median());
      assertError(
          DTypeException.class,
          "sort: needs F32, F64, integers or BOOL, got BF16 [2,3]; convert with to(DType)",
          () -> x.to(DType.BF16).sort());
      assertError(argument, "quantile: q must be from 0 to 1, got 1.5", () -> x.quantile(1.5));
      assertError(
          shape,
          "quantile: q must be a scalar or a vector, got [1,2]",
          () -> x.quantile(Tensor.zeros(1, 2), 0, false, Interpolation.LINEAR));
      assertError(
          DTypeException.class,
          "quantile: needs F32 or F64, got I64 [3]; convert with to(DType)",
          () -> Tensor.arange(3).quantile(0.5));
      assertError(shape, "bincount: needs a vector, got [2,3]", () -> x.to(DType.I64).bincount());
      assertError(
          argument,
          "bincount: elements must not be negative: -2",
          () -> Tensor.of(new long[] {1, -2}, 2).bincount());
      assertError(
          shape,
          "bincount: weights [3] do not fit [2]",
          () -> Tensor.arange(2).bincount(Tensor.zeros(3), 0));
      assertError(argument, "histc: needs at least one bin, got 0", () -> x.histc(0));
      assertError(
          argument,
          "histc: the range must be finite and not empty: 2.0 to 1.0",
          () -> x.histc(3, 2, 1));
      assertError(
          shape,
          "searchsorted: values [2,3] do not fit [3,3]; all but the last dim must be equal, or the sorted one be a vector",
          () -> Tensor.zeros(3, 3).searchsorted(x, false));
      assertError(
          shape, "bucketize: boundaries must be a vector, got [2,3]", () -> x.bucketize(x, false));
      assertError(
          shape,
          "unique: nothing to compare along dim 1 of [2,0]",
          () -> Tensor.zeros(2, 0).unique(1));
    }
  }

  private static void assertError(
      Class<? extends Throwable> type, String message, Executable call) {
    assertEquals(message, assertThrowsExactly(type, call).getMessage());
  }
}
