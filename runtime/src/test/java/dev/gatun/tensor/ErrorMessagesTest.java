package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The commonest mistakes and what is said about them, word for word.
@ExtendWith(NoOpenScopes.class)
final class ErrorMessagesTest {
  record Mistake(Class<? extends Throwable> type, String message, Executable call) {
    @Override
    public String toString() {
      return message;
    }
  }

  private static Mistake shape(String message, Executable call) {
    return new Mistake(ShapeException.class, message, call);
  }

  private static Mistake dtype(String message, Executable call) {
    return new Mistake(DTypeException.class, message, call);
  }

  private static Mistake state(String message, Executable call) {
    return new Mistake(IllegalStateException.class, message, call);
  }

  private static Mistake argument(String message, Executable call) {
    return new Mistake(IllegalArgumentException.class, message, call);
  }

  private static Mistake index(String message, Executable call) {
    return new Mistake(IndexOutOfBoundsException.class, message, call);
  }

  private static Tensor x(long... shape) {
    return Tensor.zeros(shape);
  }

  private static Tensor of(DType dtype, long... shape) {
    return Tensor.zeros(dtype, shape);
  }

  static Stream<Mistake> arithmetic() {
    return Stream.of(
        shape(
            "add: shapes do not broadcast: [4,3] and [4,2] (dim 1: 3 vs 2)",
            () -> x(4, 3).add(x(4, 2))),
        shape(
            "maximum: shapes do not broadcast: [2,3] and [4] (dim 1: 3 vs 4)",
            () -> x(2, 3).maximum(x(4))),
        shape("eq: shapes do not broadcast: [2] and [3] (dim 0: 2 vs 3)", () -> x(2).eq(x(3))),
        dtype(
            "lerp: dtypes differ: F32 [2] and F64 [2]; convert one with to(DType)",
            () -> x(2).lerp(of(DType.F64, 2), 0.5)),
        dtype(
            "sub: not defined for BOOL: BOOL [2] and F32 []; use logicalXor() or logicalNot()",
            () -> of(DType.BOOL, 2).sub(1.5)),
        dtype(
            "pow: integers have no power -1: I64 [2]; convert with to(DType)",
            () -> of(DType.I64, 2).pow(-1)),
        dtype(
            "pow: needs numbers, got BOOL [2]; convert with to(DType)",
            () -> of(DType.BOOL, 2).pow(of(DType.BOOL, 2))),
        dtype(
            "hypot: needs a floating dtype, got I64 [2]; convert with to(DType)",
            () -> of(DType.I64, 2).hypot(of(DType.I64, 2))),
        dtype(
            "bitwiseAnd: needs integers or BOOL, got F32 [2]; convert with to(DType)",
            () -> x(2).bitwiseAnd(3)),
        dtype(
            "bitwiseLeftShift: needs integers, got BOOL [2]; convert with to(DType)",
            () -> of(DType.BOOL, 2).bitwiseLeftShift(of(DType.BOOL, 2))),
        dtype(
            "addcdiv: needs a floating dtype, got I64 [2]; convert with to(DType)",
            () -> x(2).addcdiv(of(DType.I64, 2), of(DType.I64, 2))),
        dtype(
            "isclose: dtypes differ: F32 [2] and I64 [2]; convert one with to(DType)",
            () -> x(2).isclose(of(DType.I64, 2))),
        new Mistake(
            ArithmeticException.class,
            "remainder: integers divided by 0: I64 [2] and I64 []; convert one with to(DType)",
            () -> of(DType.I64, 2).remainder(0)),
        shape(
            "maskedFill: the value must be a scalar, got [2]; use where()",
            () -> x(2).maskedFill(of(DType.BOOL, 2), x(2))),
        dtype(
            "exp: needs F32, F64, I32, I64, U8 or BOOL, got BF16 [2]; convert with to(DType)",
            () -> of(DType.BF16, 2).exp()),
        dtype(
            "neg: needs F32, F64, I32 or I64, got BF16 [2]; convert with to(DType)",
            () -> of(DType.BF16, 2).neg()),
        dtype(
            "add: 0.5 is not an integer, as dtype I64 needs; convert the tensor with to(DType)",
            () -> of(DType.I64, 2).add(of(DType.I64, 2), 0.5)),
        dtype(
            "where: needs a BOOL condition, got F32 [2]; convert with to(DType)",
            () -> Tensor.where(x(2), x(2), x(2))));
  }

  static Stream<Mistake> products() {
    return Stream.of(
        shape(
            "matmul: inner sizes differ: [32,784] x [785,128] (784 != 785)",
            () -> x(32, 784).matmul(x(785, 128))),
        shape("matmul: inner sizes differ: [2,3] x [4] (3 != 4)", () -> x(2, 3).matmul(x(4))),
        shape("matmul: needs at least one dimension each: [] x [2,2]", () -> x().matmul(x(2, 2))),
        shape(
            "matmul: shapes do not broadcast: [2] and [3] (dim 0: 2 vs 3)",
            () -> x(2, 4, 4).matmul(x(3, 4, 4))),
        dtype(
            "matmul: dtypes differ: F32 [2,3] x F64 [3,2]; convert one with to(DType)",
            () -> x(2, 3).matmul(of(DType.F64, 3, 2))),
        dtype(
            "matmul: needs numbers, got BOOL [2,2]; convert with to(DType)",
            () -> of(DType.BOOL, 2, 2).matmul(of(DType.BOOL, 2, 2))),
        shape(
            "mm: expects 2-D x 2-D, got [2] x [2,2]; use matmul() for other ranks",
            () -> x(2).mm(x(2, 2))),
        shape("bmm: batches differ: [2,3,4] x [3,4,5] (2 != 3)", () -> x(2, 3, 4).bmm(x(3, 4, 5))),
        shape(
            "linear: sizes do not fit: input [8,3], weight [5,4], bias [5];"
                + " expected [*,in], [out,in] and [out]",
            () -> x(8, 3).linear(x(5, 4), x(5))),
        dtype(
            "linear: dtypes differ: F64 [8,4] and F32 [5,4]; convert one with to(DType)",
            () -> of(DType.F64, 8, 4).linear(x(5, 4), null)));
  }

  static Stream<Mistake> dimensions() {
    return Stream.of(
        shape("sum: dim 3 out of range for shape [8,8] (expected -2..1)", () -> x(8, 8).sum(3)),
        shape("sum: dim 1 given twice for shape [8,8]", () -> x(8, 8).sum(1, -1)),
        shape(
            "softmax: dim -3 out of range for shape [8,8] (expected -2..1)",
            () -> x(8, 8).softmax(-3)),
        shape(
            "transpose: dim 2 out of range for shape [8,8] (expected -2..1)",
            () -> x(8, 8).transpose(0, 2)),
        shape(
            "unsqueeze: dim 3 out of range for shape [8] (expected -2..1)",
            () -> x(8).unsqueeze(3)),
        shape("size: a scalar has no dimensions", () -> x().size(0)),
        shape("select: a scalar has no dimensions", () -> x().select(0, 0)),
        shape("permute: 1 dims given for shape [2,3]", () -> x(2, 3).permute(0)),
        shape("permute: dim 0 given twice for shape [2,3]", () -> x(2, 3).permute(0, 0)),
        shape(
            "t: expects at most 2 dimensions, got [2,3,4]; use transpose(dim0, dim1)",
            () -> x(2, 3, 4).t()),
        shape(
            "flatten: startDim 1 comes after endDim 0 in shape [2,3]", () -> x(2, 3).flatten(1, 0)),
        shape(
            "diagonal: needs two different dims, got 0 and -2 of shape [2,3]",
            () -> x(2, 3).diagonal(0, 0, -2)),
        shape("amax: nothing to choose from: [0,3] has size 0 in dim 0", () -> x(0, 3).max()),
        shape(
            "argmin: nothing to choose from: [3,0] has size 0 in dim 1", () -> x(3, 0).argmin(1)));
  }

  static Stream<Mistake> shapes() {
    return Stream.of(
        shape(
            "reshape: cannot view [6,4] (24 elements) as [5,5] (25)", () -> x(6, 4).reshape(5, 5)),
        shape("reshape: cannot view [6,4] (24 elements) as [-1,5]", () -> x(6, 4).reshape(-1, 5)),
        shape("view: at most one size may be -1: [-1,-1]", () -> x(6, 4).view(-1, -1)),
        shape("view: negative size in shape [3,-8]", () -> x(6, 4).view(3, -8)),
        shape(
            "view: cannot view [4,6] with strides [1,4] as [24]; call reshape() or contiguous()"
                + " first",
            () -> x(6, 4).t().view(24)),
        shape(
            "reshape: more than 2^63 elements in shape [4611686018427387904,4]",
            () -> x(6, 4).reshape(1L << 62, 4)),
        shape("expand: cannot expand [3] to [4]", () -> x(3).expand(4)),
        shape("expand: cannot expand [2,3] to [3]", () -> x(2, 3).expand(3)),
        shape(
            "narrow: start 2 and length 3 out of range for shape [4,2] (dim 0: 4)",
            () -> x(4, 2).narrow(0, 2, 3)),
        shape(
            "select: index 4 out of range for shape [4,2] (dim 0: expected -4..3)",
            () -> x(4, 2).select(0, 4)),
        shape("zeros: negative size in shape [2,-3]", () -> x(2, -3)),
        shape(
            "zeros: more than 2^63 elements in shape [4611686018427387904,4]",
            () -> x(1L << 62, 4)),
        shape(
            "of: 3 values do not fill shape [2,2] (4 elements)",
            () -> Tensor.of(new float[] {1, 2, 3}, 2, 2)),
        shape(
            "of: rows differ in length: row 0 has 2, row 1 has 1",
            () -> Tensor.of(new float[][] {{1, 2}, {3}})),
        shape(
            "cat: sizes differ: [2,3] and [2,4] (dim 1: 3 vs 4)",
            () -> Tensor.cat(0, x(2, 3), x(2, 4))),
        shape("cat: ranks differ: [2,3] and [2]", () -> Tensor.cat(0, x(2, 3), x(2))),
        shape(
            "cat: scalars have no dimension to join along; use stack()",
            () -> Tensor.cat(0, x(), x())),
        argument("cat: needs at least one tensor", () -> Tensor.cat(0)),
        shape(
            "stack: shapes differ: [2,3] and [3,2] (input 1)",
            () -> Tensor.stack(0, x(2, 3), x(3, 2))),
        shape("item: needs exactly one element, got [2]", () -> x(2).item()),
        shape(
            "arange: no steps of 1.0 lead from 5.0 to 0.0",
            () -> Tensor.arange(DType.F32, 5, 0, 1)),
        dtype(
            "linspace: needs a floating dtype, got I64; convert with to(DType)",
            () -> Tensor.linspace(DType.I64, 0, 1, 3)),
        argument("randint: low must be below high: 3 and 3", () -> Tensor.randint(3, 3, 2)),
        shape(
            "wrap: shape [4] of F64 needs 32 bytes, the segment has 16",
            () -> Tensor.wrap(Tensor.zeros(4).segment(), DType.F64, 4)),
        argument(
            "wrap: memory is on the heap: segment of 16 bytes;"
                + " allocate it with an Arena, or copy the array into a tensor",
            () -> Tensor.wrap(MemorySegment.ofArray(new float[4]), DType.F32, 4)));
  }

  static Stream<Mistake> indices() {
    return Stream.of(
        index(
            "gather: index 4 out of range for shape [3,4] (dim 1: 4)",
            () -> x(3, 4).gather(1, Tensor.of(new long[] {0, 1, 4}, 3, 1))),
        index(
            "gather: index -1 out of range for shape [3,4] (dim 0: 3)",
            () -> x(3, 4).gather(0, Tensor.of(new long[] {-1}, 1, 1))),
        index(
            "indexSelect: index 7 out of range for shape [3,4] (dim 1: 4)",
            () -> x(3, 4).indexSelect(1, Tensor.of(new int[] {0, 7}, 2))),
        shape(
            "gather: index [4,4] does not fit [3,4]; same rank, and no larger but in dim 1",
            () -> x(3, 4).gather(1, of(DType.I64, 4, 4))),
        shape(
            "indexSelect: needs a vector of indices, got index [1,1] for [3,4]",
            () -> x(3, 4).indexSelect(1, of(DType.I64, 1, 1))),
        dtype(
            "gather: needs an I64 index, got F32 [3,4]; convert with to(DType)",
            () -> x(3, 4).gather(1, x(3, 4))),
        index(
            "get: index 3 out of range for shape [3,4] (dim 0: expected -3..2)",
            () -> x(3, 4).get(3, 0)),
        shape("get: 1 indices for shape [3,4]", () -> x(3, 4).get(0)),
        index(
            "set_: index -5 out of range for shape [3,4] (dim 1: expected -4..3)",
            () -> x(3, 4).set_(1, 0, -5)));
  }

  static Stream<Mistake> inPlace() {
    return Stream.of(
        state(
            "add_: tensor [4,3] repeats elements along dim 0; call contiguous() first",
            () -> x(3).expand(4, 3).add_(1)),
        state(
            "fill_: a leaf that requires a gradient cannot be changed in place: tensor [2];"
                + " open NoGrad, or change a copy()",
            () -> x(2).requiresGrad_().fill_(1)),
        state(
            "mul_: a view of a leaf that requires a gradient cannot be changed in place:"
                + " tensor [2] of tensor [4,2]; open NoGrad, or change a copy()",
            () -> x(4, 2).requiresGrad_().select(0, 1).mul_(x(2))),
        shape(
            "add_: operand [2,3] does not broadcast to [3], which is changed in place",
            () -> x(3).add_(x(2, 3))),
        shape(
            "copy_: shapes do not broadcast: [2] and [3] (dim 0: 2 vs 3)", () -> x(2).copy_(x(3))),
        dtype(
            "sub_: a result of F64 does not fit I64 [2], which is changed in place;"
                + " use the method without underscore",
            () -> of(DType.I64, 2).sub_(of(DType.F64, 2))),
        dtype(
            "add_: a result of F32 does not fit I32 [2], which is changed in place;"
                + " use the method without underscore",
            () -> of(DType.I32, 2).add_(0.5)),
        dtype(
            "bitwiseOr_: a result of I64 does not fit BOOL [2], which is changed in place;"
                + " use the method without underscore",
            () -> of(DType.BOOL, 2).bitwiseOr_(2)),
        dtype(
            "maskedFill_: needs a BOOL condition, got F32 [2]; convert with to(DType)",
            () -> x(2).maskedFill_(x(2), 1)),
        shape(
            "clamp_: shapes do not broadcast: [2] and [3] (dim 0: 2 vs 3)",
            () -> x(2).clamp_(x(2), x(3))),
        dtype(
            "normal_: needs F32 or F64, got I64 [2]; convert with to(DType)",
            () -> of(DType.I64, 2).normal_(Generator.seeded(1), 0, 1)),
        argument(
            "uniform_: low must not exceed high: 1.0 and 0.0",
            () -> x(2).uniform_(Generator.seeded(1), 1, 0)),
        argument(
            "normal_: std must not be negative: -1.0",
            () -> x(2).normal_(Generator.seeded(1), 0, -1)),
        state(
            "segment: tensor [3,2] is not contiguous; call contiguous() first",
            () -> x(2, 3).t().segment()));
  }

  static Stream<Mistake> gradients() {
    return Stream.of(
        shape(
            "backward: loss must be a scalar, got [32]; call sum() or mean() first",
            () -> x(32).requiresGrad_().mul(2).backward()),
        state(
            "backward: tensor [] needs no gradient;"
                + " call requiresGrad_() on a leaf it is computed from, outside NoGrad",
            () -> x(32).sum().backward()),
        shape(
            "backward: gradient F32 [3] does not match result F32 [32]",
            () -> x(32).requiresGrad_().mul(2).backward(x(3))),
        dtype(
            "requiresGrad_: only floating dtypes have gradients, got I64 [2]",
            () -> of(DType.I64, 2).requiresGrad_()),
        state(
            "requiresGrad_: tensor [2] was computed by a recorded operation; use detach()",
            () -> x(2).requiresGrad_().mul(2).requiresGrad_(false)),
        state(
            "backward: what mul saved was freed by an earlier backward;"
                + " pass retainGraph = true there",
            () -> {
              Tensor a = x(2).requiresGrad_();
              Tensor y = a.mul(a).sum();
              y.backward();
              y.backward();
            }),
        state(
            "backward: tensor [2], saved by mul, was changed in place since"
                + " (version 1, saved at 0); change a copy() instead",
            () -> {
              Tensor a = x(2).requiresGrad_();
              Tensor b = x(2);
              Tensor y = a.mul(b).sum();
              b.add_(1);
              y.backward();
            }),
        argument(
            "grad: 1 outputs but 0 gradients of outputs",
            () -> {
              Tensor a = x(2).requiresGrad_();
              var none = java.util.List.<Tensor>of();
              var _ = Autograd.grad(java.util.List.of(a), java.util.List.of(a), none, false, false);
            }),
        dtype(
            "gradcheck: needs F64 leaves, got F32 [2]",
            () -> GradCheck.check(in -> in.get(0).sum(), x(2).requiresGrad_())));
  }

  @ParameterizedTest
  @MethodSource({
    "arithmetic",
    "products",
    "dimensions",
    "shapes",
    "indices",
    "inPlace",
    "gradients"
  })
  void saysWhatIsWrong(Mistake mistake) {
    try (var _ = Scope.open()) {
      Throwable thrown = assertThrowsExactly(mistake.type(), mistake.call());
      assertEquals(mistake.message(), thrown.getMessage());
      assertFalse(mistake.message().endsWith("."));
    }
  }

  @Test
  void namesTheScopeThatIsClosed() {
    Tensor x;
    try (var _ = Scope.open("step")) {
      x = x(64, 10);
    }
    Throwable thrown = assertThrowsExactly(IllegalStateException.class, () -> x.add(1));
    assertEquals(
        "scope 'step' is closed: tensor [64,10] was allocated there and can no longer be read",
        thrown.getMessage());
    assertThrowsExactly(IllegalStateException.class, x::toString);
    assertThrowsExactly(IllegalStateException.class, () -> x.fill_(0));
    assertThrowsExactly(IllegalStateException.class, x::segment);
  }

  @Test
  void namesTheThreadThatMayNotUseIt() throws InterruptedException {
    try (var _ = Scope.open("step")) {
      Tensor x = x(64, 10);
      String owner = Thread.currentThread().getName();
      Throwable[] thrown = new Throwable[1];
      Thread worker =
          new Thread(
              () -> thrown[0] = assertThrowsExactly(WrongThreadException.class, () -> x.sum()),
              "worker-1");
      worker.start();
      worker.join();
      assertEquals(
          "tensor [64,10] belongs to scope 'step' of thread '"
              + owner
              + "' and was used by thread 'worker-1';"
              + " hand it over with handOver() or keep it in a shared lifetime",
          thrown[0].getMessage());
    }
  }

  @Test
  void saysThatATensorWasFreed() {
    try (var _ = Scope.open()) {
      Tensor x = x(3);
      Tensor view = x.narrow(0, 1, 2);
      x.free();
      Throwable thrown = assertThrowsExactly(IllegalStateException.class, () -> view.sum());
      assertEquals("tensor [2] was freed and can no longer be read", thrown.getMessage());
    }
  }
}
