package dev.gatun.tensor;

import static dev.gatun.tensor.CatalogInputs.assertSame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Indexing in every dtype, and in memory of every kind, against F64 in that of a scope.
@ExtendWith(NoOpenScopes.class)
final class IndexDTypesTest {
  @FunctionalInterface
  interface Function {
    Tensor apply(Tensor x, Tensor source);
  }

  record Operation(String name, Function function) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Tensor places() {
    return Tensor.of(new long[] {2, 0, 1, 1, 0, 2, 2, 0}, 2, 4);
  }

  private static Tensor rows() {
    return Tensor.of(new long[] {2, 0, 2}, 3);
  }

  private static Tensor mask() {
    return Tensor.of(
        new boolean[] {true, false, true, false, false, false, true, true, true, false, true, true},
        3,
        4);
  }

  static List<Operation> operations() {
    return List.of(
        new Operation("gather", (x, _) -> x.gather(0, places())),
        new Operation("indexSelect", (x, _) -> x.indexSelect(0, rows())),
        new Operation("indexSelect columns", (x, _) -> x.indexSelect(1, rows())),
        new Operation("indexSelect one", (x, _) -> x.indexSelect(0, Tensor.of(new long[] {1}, 1))),
        new Operation("gather few", (x, _) -> x.gather(1, Tensor.of(new long[] {3}, 1, 1))),
        new Operation("at", (x, _) -> x.at(Index.of(0, 2), Index.of(1, 3))),
        new Operation("maskedSelect", (x, _) -> x.maskedSelect(mask())),
        new Operation("maskedScatter", (x, s) -> x.maskedScatter(mask(), s)),
        new Operation("scatter", (x, s) -> x.scatter(1, rows().view(3, 1), s)),
        new Operation("scatterAdd", (x, s) -> x.scatterAdd(0, places(), s)),
        new Operation("indexAdd", (x, s) -> x.indexAdd(0, rows(), s)),
        new Operation("indexCopy", (x, s) -> x.indexCopy(1, rows(), s.narrow(1, 0, 3))),
        new Operation("putAdd", (x, s) -> x.putAdd(s, Index.of(0, 2, 0))),
        new Operation("flip", (x, _) -> x.flip(0, 1)),
        new Operation("roll", (x, _) -> x.roll(new long[] {1, 2}, new int[] {0, 1})),
        new Operation("repeat", (x, _) -> x.repeat(2, 2)),
        new Operation("pad", (x, _) -> x.pad(PadMode.REFLECT, 1, 2, 2, 1)),
        new Operation("tril", (x, _) -> x.tril(1)),
        new Operation("transposed", (x, _) -> x.repeat(7, 5).t().copy()),
        new Operation(
            "permuted", (x, _) -> x.repeat(14, 25).view(2, 21, 100).transpose(1, 2).copy()),
        new Operation("unfold", (x, _) -> x.unfold(1, 2, 1).copy()));
  }

  /// Small integers, which every dtype holds.
  private static Tensor values(DType dtype, int from) {
    if (dtype == DType.BOOL) {
      return Tensor.arange(DType.I64, from, from + 12, 1).mul(7).gt(from + 30).view(3, 4);
    }
    return Tensor.arange(DType.I64, from, from + 12, 1).view(3, 4).to(dtype);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void worksInEveryDType(DType dtype) {
    for (Operation operation : operations()) {
      try (var _ = Scope.open()) {
        Tensor y = operation.function.apply(values(dtype, 0), values(dtype, 3));
        Tensor wide =
            operation.function.apply(
                values(dtype, 0).to(DType.F64), values(dtype, 3).to(DType.F64));
        assertEquals(dtype, y.dtype(), operation.name);
        assertSame(operation.name, wide.to(dtype), y, 0, 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"BF16", "F16"})
  void passesGradientsOfHalfPrecision(DType dtype) {
    for (Operation operation : operations()) {
      try (var _ = Scope.open()) {
        List<Tensor> half = gradients(operation, dtype);
        List<Tensor> wide = gradients(operation, DType.F64);
        for (int i = 0; i < half.size(); i++) {
          assertEquals(dtype, half.get(i).dtype(), operation.name);
          assertSame(operation.name, wide.get(i).to(dtype), half.get(i), 0, 0);
        }
      }
    }
  }

  private static List<Tensor> gradients(Operation operation, DType dtype) {
    Tensor x = values(dtype, 0).detach().requiresGrad_();
    Tensor s = values(dtype, 3).detach().requiresGrad_();
    Tensor y = operation.function.apply(x, s);
    y.backward(seed(y).to(dtype));
    return Stream.of(x, s).flatMap(t -> Stream.ofNullable(t.grad())).toList();
  }

  /// Small integers again, so that every sum is exact.
  private static Tensor seed(Tensor y) {
    long[] values = new long[(int) y.numel()];
    Arrays.setAll(values, i -> i % 3);
    return Tensor.of(values, y.shape());
  }

  /// No other thread may close what a loop is in the middle of, so such memory is copied first.
  @ParameterizedTest
  @MethodSource("operations")
  void readsSharedMemory(Operation operation) {
    try (var _ = Scope.open()) {
      Tensor x = values(DType.F32, 0);
      Tensor s = values(DType.F32, 3);
      Tensor sharedX = x.shared();
      Tensor sharedS = s.shared();
      Tensor expected = operation.function.apply(x, s);
      assertSame("shared", expected, operation.function.apply(sharedX, sharedS), 0, 0);
      sharedX.free();
      sharedS.free();
    }
  }

  @Test
  void writesSharedMemory() {
    Tensor y = Tensor.zeros(3).shared();
    try (var _ = Scope.open()) {
      Tensor _ = y.scatterAdd_(0, rows(), Tensor.ones(3));
      Tensor _ = y.put_(7, Index.of(1));
      assertArrayEquals(new double[] {1, 7, 2}, y.toDoubleArray());
      Tensor _ = y.maskedScatter_(y.gt(1), Tensor.of(5, 6));
      assertArrayEquals(new double[] {1, 5, 6}, y.toDoubleArray());
    }
    y.free();
  }

  @Test
  void worksWithoutAScope() {
    Tensor x = values(DType.F32, 0);
    for (Operation operation : operations()) {
      Tensor y = operation.function.apply(x, values(DType.F32, 3));
      Tensor wide = operation.function.apply(values(DType.F64, 0), values(DType.F64, 3));
      assertSame(operation.name, wide.to(DType.F32), y, 0, 0);
    }
  }

  @Test
  void takesIndicesOfOtherDTypes() {
    try (var _ = Scope.open()) {
      Tensor x = values(DType.F64, 0);
      for (DType dtype : List.of(DType.I32, DType.U8)) {
        Tensor index = rows().to(dtype);
        assertSame("select", x.indexSelect(0, rows()), x.indexSelect(0, index), 0, 0);
        assertSame("at", x.at(Index.of(rows())), x.at(Index.of(index)), 0, 0);
      }
    }
  }

  @Test
  void promotesWhatItJoins() {
    try (var _ = Scope.open()) {
      Tensor halves = Tensor.of(0.5f, 1.5f).requiresGrad_();
      Tensor joined = Tensor.cat(0, Tensor.arange(2), halves, Tensor.ones(DType.BOOL, 1));
      assertEquals(DType.F32, joined.dtype());
      assertArrayEquals(new double[] {0, 1, 0.5, 1.5, 1}, joined.toDoubleArray());
      Tensor stacked = Tensor.stack(0, halves, Tensor.ones(DType.F64, 2));
      assertEquals(DType.F64, stacked.dtype());
      joined.sum().add(stacked.sum()).backward();
      assertSame("gradient", Tensor.of(2, 2), halves.grad(), 0, 0);
    }
  }

  /// Large enough for the workers, in rows of every length and in all the ways that x can lie.
  @Test
  void picksOutOfLargeTensors() {
    try (var _ = Scope.open()) {
      Generator random = Generator.seeded(3);
      for (long[] shape :
          List.of(
              new long[] {700, 300},
              new long[] {200_000, 1},
              new long[] {3, 40_000, 2},
              new long[] {300, 700, 1},
              new long[] {2, 5, 30_000})) {
        Tensor x = Tensor.rand(random, DType.F64, shape);
        Tensor turned = x.transpose(0, 1).copy().transpose(0, 1);
        for (int dim = 0; dim < shape.length; dim++) {
          Tensor index = Tensor.randint(random, 0, shape[dim], shape[dim]);
          Tensor all = index.view(like(shape, dim)).expand(shape);
          Tensor expected = expected(x, index, dim);
          assertSame("gather", expected, x.gather(dim, all), 0, 0);
          assertSame("indexSelect", expected, x.indexSelect(dim, index), 0, 0);
          assertSame("of other strides", expected, turned.indexSelect(dim, index), 0, 0);
        }
      }
    }
  }

  /// Planes around the size of a tile, even and odd, in scopes and outside of them.
  @ParameterizedTest
  @EnumSource(DType.class)
  void turnsPlanesOfAllSizes(DType dtype) {
    for (long[] shape :
        List.of(
            new long[] {8, 9}, new long[] {65, 64}, new long[] {31, 131}, new long[] {300, 301})) {
      Tensor x = Tensor.arange(shape[0] * shape[1]).view(shape).to(dtype);
      check(x);
      try (var _ = Scope.open()) {
        check(x.copy());
        check(x.flip(0));
        check(x.unsqueeze(2).expand(-1, -1, 3));
      }
    }
  }

  private static void check(Tensor x) {
    Tensor turned = x.transpose(0, 1).copy();
    double[] values = x.toDoubleArray();
    double[] result = turned.toDoubleArray();
    int rows = (int) x.size(0);
    int columns = (int) x.size(1);
    int inner = (int) (x.numel() / rows / columns);
    for (int i = 0; i < values.length; i++) {
      int column = i / inner % columns;
      int row = i / inner / columns;
      assertEquals(values[i], result[(column * rows + row) * inner + i % inner]);
    }
  }

  private static long[] like(long[] shape, int dim) {
    long[] to = new long[shape.length];
    Arrays.fill(to, 1);
    to[dim] = shape[dim];
    return to;
  }

  private static Tensor expected(Tensor x, Tensor index, int dim) {
    double[] values = x.toDoubleArray();
    long[] places = index.toLongArray();
    double[] result = new double[values.length];
    int inner = (int) x.strides()[dim];
    int size = places.length;
    for (int i = 0; i < result.length; i++) {
      int column = i % inner;
      int row = i / inner;
      result[i] = values[(int) (((long) row / size * size + places[row % size]) * inner + column)];
    }
    return Tensor.of(result, x.shape());
  }
}
