package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.OpCatalog.Op1;
import dev.gatun.tensor.OpCatalog.Op2;
import dev.gatun.testing.NoOpenScopes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tensors without elements and tensors with one, through every family.
@ExtendWith(NoOpenScopes.class)
final class SmallSizesTest {
  private static final List<long[]> EMPTY =
      List.of(new long[] {0}, new long[] {0, 3}, new long[] {2, 0, 3}, new long[] {3, 0});
  private static final List<long[]> SINGLE =
      List.of(new long[] {}, new long[] {1}, new long[] {1, 1, 1});

  record Elementwise(String name, Op2 op) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Shaped(String name, Size in, Op1 op, Size out) {
    @Override
    public String toString() {
      return name + " of " + in;
    }
  }

  private static Elementwise one(String name, Op1 op) {
    return new Elementwise(name, (a, _) -> op.apply(a));
  }

  static Stream<Elementwise> elementwise() {
    return Stream.of(
        new Elementwise("add", (a, b) -> a.add(b)),
        new Elementwise("add scaled", (a, b) -> a.add(b, 0.5)),
        new Elementwise("sub", (a, b) -> a.sub(b)),
        new Elementwise("mul", (a, b) -> a.mul(b)),
        new Elementwise("div", (a, b) -> a.div(b)),
        new Elementwise("pow", (a, b) -> a.pow(b)),
        new Elementwise("maximum", (a, b) -> a.maximum(b)),
        new Elementwise("minimum", (a, b) -> a.minimum(b)),
        new Elementwise("where", (a, b) -> Tensor.where(a.gt(b), a, b)),
        one("add a number", a -> a.add(2)),
        one("mul by a number", a -> a.mul(2)),
        one("div by a number", a -> a.div(2)),
        one("pow of a number", a -> a.pow(3)),
        one("neg", a -> a.neg()),
        one("abs", a -> a.abs()),
        one("sign", a -> a.sign()),
        one("exp", a -> a.exp()),
        one("log", a -> a.log()),
        one("sqrt", a -> a.sqrt()),
        one("relu", a -> a.relu()),
        one("sigmoid", a -> a.sigmoid()),
        one("tanh", a -> a.tanh()),
        one("softplus", a -> a.softplus()),
        one("erf", a -> a.erf()),
        one("gelu", a -> a.gelu()),
        one("gelu-tanh", a -> a.gelu(true)),
        one("reciprocal", a -> a.reciprocal()),
        one("square", a -> a.square()),
        one("copy", a -> a.copy()),
        one("to F32", a -> a.to(DType.F32).to(DType.F64)),
        new Elementwise("eq", (a, b) -> a.eq(b).to(DType.F64)),
        new Elementwise("ne", (a, b) -> a.ne(b).to(DType.F64)),
        new Elementwise("lt", (a, b) -> a.lt(b).to(DType.F64)),
        new Elementwise("le", (a, b) -> a.le(b).to(DType.F64)),
        new Elementwise("gt", (a, b) -> a.gt(b).to(DType.F64)),
        new Elementwise("ge", (a, b) -> a.ge(b).to(DType.F64)),
        new Elementwise(
            "logic",
            (a, b) -> a.gt(1).logicalNot().logicalAnd(b.lt(2)).logicalOr(a.eq(b)).to(DType.F64)));
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void keepsTheShapeOfEmptyTensors(Elementwise test) {
    for (long[] shape : EMPTY) {
      try (var _ = Scope.open()) {
        Tensor a = Tensor.zeros(DType.F64, shape).requiresGrad_();
        Tensor y = test.op().apply(a, Tensor.zeros(DType.F64, shape));
        assertArrayEquals(shape, y.shape());
        assertEquals(0, y.numel());
        if (y.requiresGrad()) {
          y.sum().backward();
          assertArrayEquals(shape, Objects.requireNonNull(a.grad()).shape());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void givesOneElementWhatItGivesMany(Elementwise test) {
    double[] left = {0.5, 2.25, 1.5, 0.75, 3};
    double[] right = {1.5, 0.25, 1.5, 2.5, 0.125};
    try (var _ = Scope.open()) {
      double[] many = test.op().apply(Tensor.of(left, 5), Tensor.of(right, 5)).toDoubleArray();
      for (long[] shape : SINGLE) {
        for (int i = 0; i < many.length; i++) {
          Tensor a = Tensor.full(DType.F64, left[i], shape);
          Tensor y = test.op().apply(a, Tensor.full(DType.F64, right[i], shape));
          assertArrayEquals(shape, y.shape());
          assertEquals(many[i], y.item(), 1e-15 * Math.abs(many[i]));
        }
      }
    }
  }

  private static Shaped shaped(String name, long[] in, Op1 op, long... out) {
    return new Shaped(name, Size.of(in), op, Size.of(out));
  }

  private static long[] of(long... shape) {
    return shape;
  }

  private static Tensor zeros(long... shape) {
    return Tensor.zeros(DType.F64, shape);
  }

  private static Tensor indices(long... shape) {
    return Tensor.zeros(DType.I64, shape);
  }

  static Stream<Shaped> products() {
    return Stream.of(
        shaped("matmul, no rows,", of(0, 3), a -> a.matmul(zeros(3, 2)), 0, 2),
        shaped("matmul, nothing to sum,", of(2, 0), a -> a.matmul(zeros(0, 3)), 2, 3),
        shaped("matmul, no columns,", of(2, 3), a -> a.matmul(zeros(3, 0)), 2, 0),
        shaped("matmul, no batch,", of(0, 2, 3), a -> a.matmul(zeros(3, 4)), 0, 2, 4),
        shaped("matmul, empty broadcast,", of(1, 2, 3), a -> a.matmul(zeros(0, 3, 4)), 0, 2, 4),
        shaped("matmul by a vector,", of(0, 3), a -> a.matmul(zeros(3)), 0),
        shaped("matmul of 1x1,", of(1, 1), a -> a.matmul(zeros(1, 1)), 1, 1),
        shaped("mm", of(0, 3), a -> a.mm(zeros(3, 0)), 0, 0),
        shaped("bmm", of(0, 2, 3), a -> a.bmm(zeros(0, 3, 1)), 0, 2, 1),
        shaped("mv", of(2, 0), a -> a.mv(zeros(0)), 2),
        shaped("dot", of(0), a -> a.dot(zeros(0))),
        shaped("dot", of(1), a -> a.dot(zeros(1))),
        shaped("linear, no rows,", of(0, 3), a -> a.linear(zeros(2, 3), zeros(2)), 0, 2),
        shaped("linear, no inputs,", of(4, 0), a -> a.linear(zeros(2, 0), zeros(2)), 4, 2),
        shaped("linear, no outputs,", of(4, 3), a -> a.linear(zeros(0, 3), zeros(0)), 4, 0),
        shaped("linear, no batch,", of(0, 4, 3), a -> a.linear(zeros(2, 3), null), 0, 4, 2),
        shaped("linear, one,", of(1), a -> a.linear(zeros(1, 1), null), 1),
        shaped("weight, no rows,", of(2, 3), w -> zeros(0, 3).linear(w, null), 0, 2),
        shaped("weight, no inputs,", of(2, 0), w -> zeros(4, 0).linear(w, zeros(2)), 4, 2),
        shaped("weight, no outputs,", of(0, 3), w -> zeros(4, 3).linear(w, zeros(0)), 4, 0),
        shaped("bias, no rows,", of(2), b -> zeros(0, 3).linear(zeros(2, 3), b), 0, 2));
  }

  static Stream<Shaped> reductions() {
    int[] first = {0};
    int[] last = {1};
    return Stream.of(
        shaped("sum", of(0, 3), a -> a.sum()),
        shaped("sum over dim 0", of(0, 3), a -> a.sum(0), 3),
        shaped("sum over dim 1", of(0, 3), a -> a.sum(1), 0),
        shaped("sum over a kept dim", of(0, 3), a -> a.sum(first, true), 1, 3),
        shaped("mean over dim 1", of(0, 3), a -> a.mean(last, true), 0, 1),
        shaped("amax over dim 1", of(0, 3), a -> a.amax(last, false), 0),
        shaped("amin over dim 1", of(0, 3), a -> a.amin(last, true), 0, 1),
        shaped("max over dim 1", of(0, 3), a -> a.max(1).values(), 0),
        shaped("min over dim 1", of(0, 3), a -> a.min(1, true).values(), 0, 1),
        shaped("max", of(1, 1), a -> a.max()),
        shaped("max of a scalar", of(), a -> a.max(0).values()),
        shaped("amax of a scalar", of(), a -> a.amax(first, false)),
        shaped("argmax over dim 1", of(0, 3), a -> a.argmax(1), 0),
        shaped("argmin over dim -1", of(0, 3), a -> a.argmin(-1, true), 0, 1),
        shaped("softmax", of(0, 3), a -> a.softmax(1), 0, 3),
        shaped("softmax along nothing", of(3, 0), a -> a.softmax(-1), 3, 0),
        shaped("softmax of a scalar", of(), a -> a.softmax(0)),
        shaped("logSoftmax", of(0, 3), a -> a.logSoftmax(0), 0, 3),
        shaped("logSoftmax of a scalar", of(), a -> a.logSoftmax(-1)));
  }

  static Stream<Shaped> movements() {
    return Stream.of(
        shaped("view", of(0, 3), a -> a.view(3, 0), 3, 0),
        shaped("reshape with -1", of(0, 3), a -> a.reshape(-1, 3), 0, 3),
        shaped("reshape to a scalar", of(1, 1), a -> a.reshape()),
        shaped("flatten", of(2, 0, 3), a -> a.flatten(), 0),
        shaped("flatten", of(), a -> a.flatten(), 1),
        shaped("flatten dims", of(2, 0, 3), a -> a.flatten(1, 2), 2, 0),
        shaped("transpose", of(0, 3), a -> a.transpose(0, 1), 3, 0),
        shaped("t", of(), a -> a.t()),
        shaped("permute", of(2, 0, 3), a -> a.permute(2, 0, 1), 3, 2, 0),
        shaped("permute", of(), a -> a.permute()),
        shaped("squeeze", of(1, 0, 1), a -> a.squeeze(), 0),
        shaped("squeeze", of(1), a -> a.squeeze()),
        shaped("unsqueeze", of(), a -> a.unsqueeze(0), 1),
        shaped("narrow", of(2, 3), a -> a.narrow(1, 3, 0), 2, 0),
        shaped("select", of(0, 3), a -> a.select(1, 2), 0),
        shaped("select", of(1), a -> a.select(0, -1)),
        shaped("expand", of(1, 0), a -> a.expand(4, 0), 4, 0),
        shaped("expand to nothing", of(1, 3), a -> a.expand(0, 3), 0, 3),
        shaped("expand", of(), a -> a.expand(2, 3), 2, 3),
        shaped("diagonal", of(0, 3), a -> a.diagonal(), 0),
        shaped("diagonal outside", of(2, 2), a -> a.diagonal(5, 0, 1), 0),
        shaped("diagonal below", of(3, 3), a -> a.diagonal(-1, 0, 1), 2),
        shaped("contiguous", of(0, 3), a -> a.t().contiguous(), 3, 0),
        shaped("cat", of(0, 3), a -> Tensor.cat(0, a, zeros(2, 3), a), 2, 3),
        shaped("cat of nothing", of(2, 0), a -> Tensor.cat(1, a, a), 2, 0),
        shaped("stack", of(0), a -> Tensor.stack(0, a, a), 2, 0),
        shaped("gather of nothing", of(2, 3), a -> a.gather(1, indices(2, 0)), 2, 0),
        shaped("gather", of(0, 3), a -> a.gather(1, indices(0, 2)), 0, 2),
        shaped("gather one", of(1), a -> a.gather(0, indices(4)), 4),
        shaped("indexSelect of nothing", of(2, 3), a -> a.indexSelect(0, indices(0)), 0, 3),
        shaped("indexSelect", of(2, 0), a -> a.indexSelect(0, indices(3)), 3, 0));
  }

  @ParameterizedTest
  @MethodSource({"products", "reductions", "movements"})
  void givesTheRightShape(Shaped test) {
    try (var _ = Scope.open()) {
      Tensor a = Tensor.zeros(DType.F64, test.in().values()).requiresGrad_();
      Tensor y = test.op().apply(a);
      assertArrayEquals(test.out().values(), y.shape());
      assertEquals(y.numel(), y.toDoubleArray().length);
      if (y.requiresGrad()) {
        y.sum().backward();
        assertArrayEquals(test.in().values(), Objects.requireNonNull(a.grad()).shape());
      }
    }
  }

  @Test
  void sumsNothingToTheNeutralElement() {
    try (var _ = Scope.open()) {
      assertEquals(0, zeros(0).sum().item());
      assertEquals(Double.NaN, zeros(0).mean().item());
      assertEquals(0, zeros(0).dot(zeros(0)).item());
      assertArrayEquals(new double[3], zeros(0, 3).sum(0).toDoubleArray());
      assertArrayEquals(new double[4], zeros(2, 0).matmul(zeros(0, 2)).toDoubleArray());
      assertArrayEquals(
          new double[] {7, 7, 7, 7},
          zeros(2, 0).linear(zeros(2, 0), Tensor.full(DType.F64, 7, 2)).toDoubleArray());
      assertEquals(1, zeros(0).eq(1).all().item());
      assertEquals(0, zeros(0).eq(1).any().item());
    }
  }

  @Test
  void makesTensorsWithoutElements() {
    try (var _ = Scope.open()) {
      for (Tensor empty :
          List.of(
              Tensor.of(),
              Tensor.of(new long[0], 0),
              Tensor.of(new boolean[0], 0),
              Tensor.of(new float[0][]).flatten(),
              Tensor.zeros(0),
              Tensor.arange(0),
              Tensor.linspace(0, 1, 0),
              Tensor.eye(0).flatten(),
              Tensor.randn(0),
              Tensor.randint(0, 2, 0),
              Tensor.randperm(0),
              Tensor.zeros(3).narrow(0, 1, 0))) {
        assertArrayEquals(new long[] {0}, empty.shape());
        assertEquals(0, empty.toFloatArray().length + empty.toLongArray().length);
        assertEquals(0, empty.toBooleanArray().length + empty.toByteArray().length);
        assertEquals(true, empty.equal(empty.copy()));
        assertEquals(0, empty.segment().byteSize());
      }
    }
  }

  @Test
  void changesNothingInPlaceWhereThereIsNothing() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.zeros(2, 0);
      Tensor row = Tensor.zeros(0);
      x.add_(1).mul_(row).sub_(x).div_(2).addcmul_(x, row, 1).addcdiv_(x, row, 1);
      x.neg_().sqrt_().relu_().maximum_(row).zero_().fill_(3).copy_(row);
      Generator generator = Generator.seeded(1);
      x.uniform_(generator, 0, 1).normal_(generator, 0, 1);
      assertArrayEquals(new long[] {2, 0}, x.shape());
    }
  }
}
