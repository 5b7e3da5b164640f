package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Methods that end in an underscore do what those without it do, through any view.
@ExtendWith(NoOpenScopes.class)
final class InPlaceTest {
  record Twin(
      String name,
      BiFunction<Tensor, Tensor, Tensor> inPlace,
      BiFunction<Tensor, Tensor, Tensor> apart) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Twin> twins() {
    return Stream.of(
        new Twin("add_", (x, y) -> x.add_(y), (x, y) -> x.add(y)),
        new Twin("add_ scaled", (x, y) -> x.add_(y, -0.5), (x, y) -> x.add(y, -0.5)),
        new Twin("add_ number", (x, _) -> x.add_(1.5), (x, _) -> x.add(1.5)),
        new Twin("sub_", (x, y) -> x.sub_(y), (x, y) -> x.sub(y)),
        new Twin("sub_ number", (x, _) -> x.sub_(1.5), (x, _) -> x.sub(1.5)),
        new Twin("mul_", (x, y) -> x.mul_(y), (x, y) -> x.mul(y)),
        new Twin("mul_ number", (x, _) -> x.mul_(1.5), (x, _) -> x.mul(1.5)),
        new Twin("div_", (x, y) -> x.div_(y), (x, y) -> x.div(y)),
        new Twin("div_ number", (x, _) -> x.div_(1.5), (x, _) -> x.div(1.5)),
        new Twin("addcmul_", (x, y) -> x.addcmul_(y, y, 2), (x, y) -> x.add(y.mul(y), 2)),
        new Twin("addcdiv_", (x, y) -> x.addcdiv_(x, y, 2), (x, y) -> x.add(x.div(y), 2)),
        new Twin("neg_", (x, _) -> x.neg_(), (x, _) -> x.neg()),
        new Twin("sqrt_", (x, _) -> x.sqrt_(), (x, _) -> x.sqrt()),
        new Twin("relu_", (x, _) -> x.relu_(), (x, _) -> x.relu()),
        new Twin("maximum_", (x, y) -> x.maximum_(y), (x, y) -> x.maximum(y)),
        new Twin("zero_", (x, _) -> x.zero_(), (x, _) -> Tensor.zeros(x.dtype(), x.shape())),
        new Twin("fill_", (x, _) -> x.fill_(3), (x, _) -> Tensor.full(x.dtype(), 3, x.shape())),
        new Twin("copy_", (x, y) -> x.copy_(y), (x, y) -> y.expandAs(x)));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void doesWhatItsTwinDoes(Twin twin) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      for (Layout layout : Layout.values()) {
        for (long[] shape : new long[][] {{5, 4}, {4}, {5, 1}, {1, 4}, {}}) {
          try (var _ = Scope.open()) {
            Generator generator = Generator.seeded(4);
            Tensor x = layout.place(Tensor.randn(generator, dtype, 5, 4));
            Tensor y = layout.place(Tensor.rand(generator, dtype, shape).add(0.5));
            double[] before = y.toDoubleArray();
            double[] expected = twin.apart().apply(x, y).copy().toDoubleArray();
            assertSame(x, twin.inPlace().apply(x, y));
            assertArrayEquals(expected, x.toDoubleArray(), 1e-6);
            assertArrayEquals(before, y.toDoubleArray(), "the operand is not touched");
          }
        }
      }
    }
  }

  @Test
  void leavesWhatLiesAroundAView() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(4, 4);
      x.narrow(0, 1, 2).narrow(1, 1, 2).add_(1).mul_(3);
      x.select(1, 3).fill_(7);
      x.diagonal().add_(1);
      x.set_(9, 3, 0).set_(8, -1, -2);
      assertArrayEquals(
          new float[] {1, 0, 0, 7, 0, 4, 3, 7, 0, 3, 4, 7, 9, 0, 8, 8}, x.toFloatArray());
    }
  }

  @Test
  void readsEveryElementBeforeItIsOverwritten() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.arange(9).reshape(3, 3);
      x.add_(x.t());
      assertArrayEquals(new long[] {0, 4, 8, 4, 8, 12, 8, 12, 16}, x.toLongArray());
      Tensor y = Tensor.arange(6);
      y.narrow(0, 1, 5).copy_(y.narrow(0, 0, 5));
      assertArrayEquals(new long[] {0, 0, 1, 2, 3, 4}, y.toLongArray());
      Tensor z = Tensor.of(1, 2, 3);
      z.mul_(z).add_(z.select(0, 0).expand(3));
      assertArrayEquals(new float[] {2, 5, 10}, z.toFloatArray());
      Tensor w = Tensor.of(1, 2, 3, 4);
      w.narrow(0, 0, 3).addcmul_(w.narrow(0, 1, 3), w.narrow(0, 1, 3), 1);
      assertArrayEquals(new float[] {5, 11, 19, 4}, w.toFloatArray());
    }
  }

  @ParameterizedTest
  @EnumSource
  void fillsAndCopiesEveryDType(DType dtype) {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(dtype, 2, 3);
      x.t().fill_(1);
      assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1}, x.toDoubleArray());
      x.zero_().select(1, 1).copy_(Tensor.of(1, 0));
      assertArrayEquals(new double[] {0, 1, 0, 0, 0, 0}, x.toDoubleArray());
      assertEquals(dtype, x.dtype());
    }
  }

  @Test
  void addsIntegersExactly() {
    try (var _ = Scope.open()) {
      long large = (1L << 60) + 1;
      Tensor x = Tensor.of(new long[] {large, 2}, 2);
      x.add_(Tensor.of(new long[] {2, 2}, 2)).mul_(Tensor.of(new long[] {1, 3}, 2)).neg_();
      assertArrayEquals(new long[] {-large - 2, -12}, x.toLongArray());
      assertArrayEquals(new long[] {-large, -10}, x.add_(2).toLongArray());
      assertArrayEquals(new long[] {-large, -10}, x.mul_(1).sub_(0).toLongArray());
    }
  }
}
