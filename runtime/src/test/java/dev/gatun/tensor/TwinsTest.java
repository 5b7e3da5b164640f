package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.OpCatalog.Op2;
import dev.gatun.testing.NoOpenScopes;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Elementwise methods with a trailing underscore compute what their twins do, and have their
/// gradients.
@ExtendWith(NoOpenScopes.class)
final class TwinsTest {
  record Twin(String name, boolean smooth, Op2 inPlace, Op2 apart) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Twin of(String name, Op2 inPlace, Op2 apart) {
    return new Twin(name, true, inPlace, apart);
  }

  /// The result has the dtype of this only in place.
  private static Twin truth(String name, Op2 inPlace, Op2 apart) {
    return new Twin(name, false, inPlace, (x, y) -> apart.apply(x, y).to(x.dtype()));
  }

  static Stream<Twin> twins() {
    return Stream.of(
        of("add_", (x, y) -> x.add_(y), (x, y) -> x.add(y)),
        of("add_ scaled", (x, y) -> x.add_(y, -0.5), (x, y) -> x.add(y, -0.5)),
        of("sub_", (x, y) -> x.sub_(y), (x, y) -> x.sub(y)),
        of("sub_ scaled", (x, y) -> x.sub_(y, 2), (x, y) -> x.sub(y, 2)),
        of("sub_ number", (x, _) -> x.sub_(0.5), (x, _) -> x.sub(0.5)),
        of("mul_", (x, y) -> x.mul_(y), (x, y) -> x.mul(y)),
        of("mul_ itself", (x, _) -> x.mul_(x), (x, _) -> x.mul(x)),
        of("div_", (x, y) -> x.div_(y), (x, y) -> x.div(y)),
        of("div_ whole", (x, _) -> x.div_(3), (x, _) -> x.div(3)),
        of("pow_", (x, y) -> x.pow_(y), (x, y) -> x.pow(y)),
        of("pow_ number", (x, _) -> x.pow_(1.5), (x, _) -> x.pow(1.5)),
        of("pow_ whole", (x, _) -> x.pow_(3), (x, _) -> x.pow(3)),
        of("square_", (x, _) -> x.square_(), (x, _) -> x.square()),
        of("fmod_", (x, y) -> x.fmod_(y), (x, y) -> x.fmod(y)),
        of("fmod_ number", (x, _) -> x.fmod_(0.7), (x, _) -> x.fmod(0.7)),
        of("remainder_", (x, y) -> x.remainder_(y), (x, y) -> x.remainder(y)),
        of("remainder_ whole", (x, _) -> x.remainder_(2), (x, _) -> x.remainder(2)),
        of("floorDivide_", (x, y) -> x.floorDivide_(y), (x, y) -> x.floorDivide(y)),
        of("div_ rounded", (x, y) -> x.div_(y, Rounding.TRUNC), (x, y) -> x.div(y, Rounding.TRUNC)),
        of("atan2_", (x, y) -> x.atan2_(y), (x, y) -> x.atan2(y)),
        of("hypot_", (x, y) -> x.hypot_(y), (x, y) -> x.hypot(y)),
        of("xlogy_", (x, y) -> x.xlogy_(y), (x, y) -> x.xlogy(y)),
        of("copysign_", (x, y) -> x.copysign_(y), (x, y) -> x.copysign(y)),
        of("copysign_ number", (x, _) -> x.copysign_(-1.0), (x, _) -> x.copysign(-1.0)),
        of("maximum_", (x, y) -> x.maximum_(y), (x, y) -> x.maximum(y)),
        of("minimum_", (x, y) -> x.minimum_(y), (x, y) -> x.minimum(y)),
        of("clamp_", (x, _) -> x.clamp_(0.6, 1.2), (x, _) -> x.clamp(0.6, 1.2)),
        of("clamp_ tensors", (x, y) -> x.clamp_(y, y.add(0.3)), (x, y) -> x.clamp(y, y.add(0.3))),
        of("clampMin_", (x, y) -> x.clampMin_(y), (x, y) -> x.clampMin(y)),
        of("clampMax_ number", (x, _) -> x.clampMax_(0.9), (x, _) -> x.clampMax(0.9)),
        of("lerp_", (x, y) -> x.lerp_(y, 0.3), (x, y) -> x.lerp(y, 0.3)),
        of("lerp_ weights", (x, y) -> x.lerp_(y, y), (x, y) -> x.lerp(y, y)),
        of("addcmul_", (x, y) -> x.addcmul_(y, x, 0.5), (x, y) -> x.addcmul(y, x, 0.5)),
        of("addcdiv_", (x, y) -> x.addcdiv_(x, y, 0.5), (x, y) -> x.addcdiv(x, y, 0.5)),
        of("maskedFill_", (x, y) -> x.maskedFill_(y.gt(1), 7), (x, y) -> x.maskedFill(y.gt(1), 7)),
        of(
            "maskedFill_ scalar",
            (x, y) -> x.maskedFill_(y.gt(1), y.flatten().select(0, 0)),
            (x, y) -> x.maskedFill(y.gt(1), y.flatten().select(0, 0))),
        truth("eq_", (x, y) -> x.eq_(y), (x, y) -> x.eq(y)),
        truth("ne_ number", (x, _) -> x.ne_(1.0), (x, _) -> x.ne(1.0)),
        truth("lt_", (x, y) -> x.lt_(y), (x, y) -> x.lt(y)),
        truth("le_ whole", (x, _) -> x.le_(1), (x, _) -> x.le(1)),
        truth("gt_", (x, y) -> x.gt_(y), (x, y) -> x.gt(y)),
        truth("ge_", (x, y) -> x.ge_(y), (x, y) -> x.ge(y)),
        truth("logicalAnd_", (x, y) -> x.logicalAnd_(y), (x, y) -> x.logicalAnd(y)),
        truth("logicalOr_", (x, y) -> x.logicalOr_(y), (x, y) -> x.logicalOr(y)),
        truth("logicalXor_", (x, y) -> x.logicalXor_(y), (x, y) -> x.logicalXor(y)),
        truth("logicalNot_", (x, _) -> x.logicalNot_(), (x, _) -> x.logicalNot()));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void computesWhatItsTwinDoes(Twin twin) {
    DType[] dtypes = {DType.F32, DType.F64, DType.BF16, DType.F16};
    for (DType dtype : dtypes) {
      for (Layout layout : Layout.values()) {
        for (long[] shape : new long[][] {{5, 4}, {4}, {5, 1}, {}}) {
          try (var _ = Scope.open()) {
            Generator generator = Generator.seeded(4);
            Tensor x = layout.place(positive(generator, 5, 4).to(dtype));
            Tensor y = layout.place(positive(generator, shape).to(dtype));
            Tensor expected = twin.apart().apply(x.copy(), y);
            assertSame(x, twin.inPlace().apply(x, y));
            assertEquals(expected.dtype(), x.dtype());
            assertArrayEquals(expected.toDoubleArray(), x.toDoubleArray());
          }
        }
      }
    }
  }

  private static Tensor positive(Generator generator, long... shape) {
    return Tensor.rand(generator, DType.F64, shape).add(0.5);
  }

  @ParameterizedTest
  @MethodSource("twins")
  void hasTheGradientsOfItsTwin(Twin twin) {
    if (!twin.smooth()) {
      return;
    }
    try (var _ = Scope.open()) {
      for (DType other : new DType[] {DType.F64, DType.F32}) {
        if (other == DType.F32 && twin.name().startsWith("lerp")) {
          continue; // one dtype alone
        }
        Generator generator = Generator.seeded(5);
        Tensor a = positive(generator, 3, 4);
        Tensor b = positive(generator, 4).to(other);
        Tensor[] apart = gradients(twin.apart(), a, b);
        Tensor[] inPlace = gradients(twin.inPlace(), a, b);
        for (int i = 0; i < 2; i++) {
          assertEquals(i == 0 ? DType.F64 : other, inPlace[i].dtype());
          assertArrayEquals(
              apart[i].toDoubleArray(), inPlace[i].toDoubleArray(), 1e-6, twin + " input " + i);
        }
      }
    }
  }

  /// Through a step before the operation, so that a leaf is not what changes, and one behind it.
  private static Tensor[] gradients(Op2 op, Tensor a, Tensor b) {
    Tensor x = a.detach().requiresGrad_();
    Tensor y = b.detach().requiresGrad_();
    Tensor z = op.apply(x.mul(1.0), y.mul(1.0));
    z.mul(z).add(z).sum().add(y.sum(), 0).backward();
    return new Tensor[] {
      Objects.requireNonNull(x.grad()), Objects.requireNonNull(y.grad()),
    };
  }

  @Test
  void passesNoGradientThroughAComparison() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1, 2).requiresGrad_();
      Tensor y = x.mul(2).gt_(3);
      y.add(x).sum().backward();
      assertArrayEquals(new float[] {1, 1}, Objects.requireNonNull(x.grad()).toFloatArray());
    }
  }

  @Test
  void keepsTheDtypeOfWhatIsChanged() {
    try (var _ = Scope.open()) {
      Tensor longs = Tensor.of(new long[] {5, -7}, 2);
      assertArrayEquals(new long[] {8, -4}, longs.copy().add_(3).toLongArray());
      assertArrayEquals(new long[] {25, 49}, longs.copy().pow_(2).toLongArray());
      assertArrayEquals(new long[] {2, -4}, longs.copy().floorDivide_(2).toLongArray());
      assertArrayEquals(new long[] {0, 1}, longs.copy().lt_(0.5).toLongArray());
      assertArrayEquals(new long[] {1, 1}, longs.copy().bitwiseAnd_(3).toLongArray());
      assertArrayEquals(new long[] {20, -28}, longs.copy().bitwiseLeftShift_(2).toLongArray());
      assertArrayEquals(new long[] {2, -4}, longs.copy().bitwiseRightShift_(1).toLongArray());
      assertArrayEquals(new long[] {-6, 6}, longs.copy().bitwiseNot_().toLongArray());
      assertArrayEquals(new long[] {6, -6}, longs.copy().bitwiseXor_(3).toLongArray());
      assertArrayEquals(new long[] {7, -5}, longs.copy().bitwiseOr_(2).toLongArray());
      assertArrayEquals(new long[] {5, 0}, longs.copy().clamp_(0, 9).toLongArray());
      Tensor bytes = longs.to(DType.U8);
      assertArrayEquals(new long[] {10, 242}, bytes.add_(longs).toLongArray());
      Tensor half = Tensor.of(1, 2).to(DType.F16);
      half.add_(Tensor.of(new double[] {0.5, 0.25}, 2)).mul_(2).sub_(1);
      assertEquals(DType.F16, half.dtype());
      assertArrayEquals(new double[] {2, 3.5}, half.toDoubleArray());
    }
  }

  @Test
  void readsEveryElementBeforeItIsOverwritten() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.arange(9).reshape(3, 3).to(DType.F64);
      double[] expected = x.maximum(x.t()).toDoubleArray();
      assertArrayEquals(expected, x.maximum_(x.t()).toDoubleArray());
      Tensor y = Tensor.arange(6).to(DType.F32);
      y.narrow(0, 1, 5).lt_(y.narrow(0, 0, 5));
      assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0}, y.toFloatArray());
      Tensor z = Tensor.arange(6).to(DType.F32);
      z.narrow(0, 1, 5).maskedFill_(Tensor.of(new boolean[] {true}, 1), z.select(0, 5));
      assertArrayEquals(new float[] {0, 5, 5, 5, 5, 5}, z.toFloatArray());
    }
  }

  @Test
  void leavesWhatItRefusesToChange() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(new long[] {4, 6}, 2);
      assertThrows(DTypeException.class, () -> x.div_(2));
      assertThrows(DTypeException.class, () -> x.clamp_(0.5, 5));
      assertThrows(ArithmeticException.class, () -> x.remainder_(0));
      assertThrows(ShapeException.class, () -> x.clamp_(x, Tensor.zeros(DType.I64, 3)));
      assertArrayEquals(new long[] {4, 6}, x.toLongArray());
      assertEquals(0, x.version());
    }
  }
}
