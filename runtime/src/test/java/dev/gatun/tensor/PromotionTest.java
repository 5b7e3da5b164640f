package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/// Operands of several dtypes are converted as they are read: nothing else differs from operands
/// that were converted before.
@ExtendWith(NoOpenScopes.class)
final class PromotionTest {
  record Pair(String name, Op2 op) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair("add", (a, b) -> a.add(b)),
        new Pair("mul", (a, b) -> a.mul(b)),
        new Pair("maximum", (a, b) -> a.maximum(b)),
        new Pair("fmin", (a, b) -> a.fmin(b)),
        new Pair("div", (a, b) -> a.div(b)),
        new Pair("copysign", (a, b) -> a.copysign(b)),
        new Pair("lt", (a, b) -> a.lt(b)),
        new Pair("logicalXor", (a, b) -> a.logicalXor(b)),
        new Pair("where", (a, b) -> Tensor.where(a.gt(2), a, b)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void agreesWithOperandsConvertedBefore(Pair pair) {
    for (DType a : DType.values()) {
      for (DType b : DType.values()) {
        for (long n : new long[] {0, 1, 7, 600, 1100}) {
          try (var _ = Scope.open()) {
            Tensor x = Tensor.arange(3 * n).remainder(5).to(a).reshape(n, 3);
            Tensor y = Tensor.arange(3 * n).remainder(7).to(b).reshape(n, 3);
            check(pair, a, b, x, y);
            check(pair, a, b, x.t(), y.t().contiguous());
            check(pair, a, b, x, y.narrow(0, 0, Math.min(n, 1)));
            check(pair, a, b, x.narrow(1, 1, 1), y);
          }
        }
      }
    }
  }

  private static void check(Pair pair, DType a, DType b, Tensor x, Tensor y) {
    DType common = Promotion.join(a, b);
    Tensor expected = pair.op().apply(x.to(common), y.to(common));
    Tensor actual = pair.op().apply(x, y);
    assertEquals(expected.dtype(), actual.dtype(), () -> a + " and " + b);
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 0.0, () -> a + " and " + b);
  }

  @Test
  void computesNarrowDtypesAndRoundsOnce() {
    try (var _ = Scope.open()) {
      Tensor bytes = Tensor.of(new long[] {200, 3}, 2).to(DType.U8);
      assertArrayEquals(new long[] {144, 6}, bytes.mul(2).toLongArray());
      assertArrayEquals(new long[] {255, 58}, bytes.sub(201).toLongArray());
      assertArrayEquals(new long[] {64, 9}, bytes.pow(2).toLongArray());
      assertArrayEquals(new long[] {55, 252}, bytes.bitwiseNot().toLongArray());
      assertArrayEquals(new long[] {0, 128}, bytes.bitwiseLeftShift(7).toLongArray());
      assertArrayEquals(new long[] {0, 0}, bytes.bitwiseRightShift(9).toLongArray());
      assertArrayEquals(new long[] {66, 1}, bytes.floorDivide(3).toLongArray());
      Tensor truth = bytes.gt(100);
      assertArrayEquals(new boolean[] {true, false}, truth.add(truth).toBooleanArray());
      assertArrayEquals(new boolean[] {true, false}, truth.mul(truth).toBooleanArray());
      Tensor half = Tensor.of(1, 3).to(DType.BF16);
      assertEquals(DType.BF16, half.add(0.001).dtype());
      assertArrayEquals(new double[] {1, 3}, half.add(0.001).toDoubleArray());
      assertArrayEquals(new double[] {1, 9}, half.square().toDoubleArray());
      assertEquals(DType.F32, half.add(half.to(DType.F16)).dtype());
    }
  }

  @Test
  void takesWholeNumbersExactly() {
    try (var _ = Scope.open()) {
      long large = (1L << 60) + 1;
      Tensor x = Tensor.of(new long[] {large, 2}, 2);
      assertArrayEquals(new long[] {2 * large, large + 2}, x.add(large).toLongArray());
      assertArrayEquals(new long[] {0, 2 - large}, x.sub(large).toLongArray());
      assertArrayEquals(new boolean[] {true, false}, x.eq(large).toBooleanArray());
      assertArrayEquals(new boolean[] {true, false}, x.gt(large - 1).toBooleanArray());
      assertArrayEquals(new long[] {large, 3}, x.clamp(3L, Long.MAX_VALUE).toLongArray());
    }
  }

  @Test
  void comparesIntegersWithAnyNumber() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(new long[] {16777217, 2}, 2);
      assertArrayEquals(new boolean[] {true, false}, x.gt(16777216.5).toBooleanArray());
      Tensor bytes = x.to(DType.U8);
      assertArrayEquals(new boolean[] {false, false}, bytes.gt(300).toBooleanArray());
      assertArrayEquals(new boolean[] {true, true}, bytes.ge(-1).toBooleanArray());
      assertArrayEquals(new boolean[] {false, true}, bytes.eq(2.0).toBooleanArray());
      assertArrayEquals(new boolean[] {false, false}, x.ne(0).eq(2).toBooleanArray());
      assertTrue(Tensor.of(new long[] {7}, 1).select(0, 0).lt(7.5).item() != 0);
      assertFalse(Tensor.scalar(DType.I32, 7).lt(6.5).item() != 0);
    }
  }

  @Test
  void bringsGradientsBackInTheDtypeOfEachOperand() {
    try (var _ = Scope.open()) {
      for (DType dtype : new DType[] {DType.F32, DType.BF16, DType.F16}) {
        Tensor x = Tensor.of(1, 2, 3).to(dtype).requiresGrad_();
        Tensor y = Tensor.of(new double[] {0.5, 0.25, 2}, 3).requiresGrad_();
        Tensor z = x.mul(y).div(Tensor.of(new long[] {2, 4, 1}, 3));
        assertEquals(DType.F64, z.dtype());
        z.sum().backward();
        Tensor gx = Objects.requireNonNull(x.grad());
        assertEquals(dtype, gx.dtype());
        assertArrayEquals(new double[] {0.25, 0.0625, 2}, gx.toDoubleArray());
        Tensor gy = Objects.requireNonNull(y.grad());
        assertEquals(DType.F64, gy.dtype());
        assertArrayEquals(new double[] {0.5, 0.5, 3}, gy.toDoubleArray());
      }
    }
  }

  @Test
  void differentiatesBesideTruthAndIntegers() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(3, 5).requiresGrad_();
      Tensor truth = Tensor.of(new boolean[] {true, false}, 2);
      Tensor longs = Tensor.of(new long[] {2, -1}, 2);
      x.pow(truth).add(x.mul(truth)).add(x.pow(longs)).sum().backward();
      assertArrayEquals(
          new double[] {8, -0.04}, Objects.requireNonNull(x.grad()).toDoubleArray(), 1e-7);
    }
  }

  @Test
  void differentiatesTwiceThroughAConversion() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(3).requiresGrad_();
      Tensor y = Tensor.of(new double[] {2}, 1);
      x.square().mul(y).sum().backward(null, true, true);
      Tensor g = Objects.requireNonNull(x.grad());
      assertEquals(12, g.item());
      x.zeroGrad();
      g.sum().backward();
      assertEquals(4, Objects.requireNonNull(x.grad()).item());
    }
  }

  @Test
  void keepsFromConditionsWhatIsNotNeeded() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1, 2).requiresGrad_();
      Tensor other = Tensor.of(5, 5);
      Tensor y = Tensor.where(Tensor.of(new boolean[] {true, false}, 2), x, other);
      other.add_(1);
      y.sum().backward();
      assertArrayEquals(new float[] {1, 0}, Objects.requireNonNull(x.grad()).toFloatArray());
    }
  }
}
