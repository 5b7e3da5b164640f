package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tensors made of numbers, arrays and the caller's memory; their conversions back.
@ExtendWith(NoOpenScopes.class)
final class CreationTest {
  @Test
  void copiesArraysThereAndBack() {
    try (var _ = Scope.open()) {
      assertArrayEquals(new float[] {1, -2.5f}, Tensor.of(1, -2.5f).toFloatArray());
      double[] doubles = {0.1, Double.NaN, -0.0};
      assertArrayEquals(doubles, Tensor.of(doubles, 3).toDoubleArray());
      int[] ints = {Integer.MIN_VALUE, 7};
      assertArrayEquals(ints, Tensor.of(ints, 2).toIntArray());
      long[] longs = {Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1};
      assertArrayEquals(longs, Tensor.of(longs, 3, 1).toLongArray());
      byte[] bytes = {0, 127, -1};
      assertArrayEquals(bytes, Tensor.of(bytes, 3).toByteArray());
      boolean[] booleans = {true, false, true};
      assertArrayEquals(booleans, Tensor.of(booleans, 3).toBooleanArray());
      assertArrayEquals(
          new float[] {1, 2, 3, 4}, Tensor.of(new float[][] {{1, 2}, {3, 4}}).toFloatArray());
      double[] source = {1};
      Tensor copy = Tensor.of(source, 1);
      source[0] = 2;
      assertEquals(1, copy.item());
    }
  }

  @Test
  void writesArraysInRowMajorOrder() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.arange(6).reshape(2, 3);
      assertArrayEquals(new long[] {0, 3, 1, 4, 2, 5}, x.t().toLongArray());
      assertArrayEquals(new int[] {1, 4}, x.select(1, 1).toIntArray());
      assertArrayEquals(
          new float[] {2, 2}, x.narrow(1, 2, 1).select(0, 0).expand(2).toFloatArray());
      assertArrayEquals(new byte[] {3, 4, 5}, x.select(0, 1).toByteArray());
      assertArrayEquals(new boolean[] {false, true, true}, x.select(0, 0).t().toBooleanArray());
    }
  }

  @ParameterizedTest
  @EnumSource
  void fillsEveryDType(DType dtype) {
    try (var _ = Scope.open()) {
      assertEquals(dtype, Tensor.zeros(dtype, 2).dtype());
      assertArrayEquals(new double[2], Tensor.zeros(dtype, 2).toDoubleArray());
      assertArrayEquals(new double[] {1, 1, 1}, Tensor.ones(dtype, 3).toDoubleArray());
      assertEquals(1, Tensor.full(dtype, 1, 2, 2).get(1, 1));
      assertArrayEquals(new double[] {1, 0, 0, 1}, Tensor.eye(dtype, 2).toDoubleArray());
      assertEquals(1, Tensor.scalar(dtype, 1).itemLong());
      assertEquals(dtype, Tensor.empty(dtype, 1).dtype());
      assertArrayEquals(new double[] {0, 1}, Tensor.arange(dtype, 0, 2, 1).toDoubleArray());
    }
  }

  @ParameterizedTest
  @EnumSource
  void convertsToEveryDType(DType to) {
    try (var _ = Scope.open()) {
      for (DType from : DType.values()) {
        Tensor x = Tensor.of(new double[] {0, 1, 1}, 3).to(from);
        assertArrayEquals(new double[] {0, 1, 1}, x.to(to).toDoubleArray(), from + " to " + to);
        assertEquals(to, x.to(to).dtype());
        if (from == to) {
          assertSame(x, x.to(to));
        }
        Tensor strided = Tensor.stack(1, x, x).select(1, 0);
        assertArrayEquals(new double[] {0, 1, 1}, strided.to(to).toDoubleArray());
      }
    }
  }

  @Test
  void cutsFractionsAndTakesAnythingButZeroAsTrue() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(new double[] {-1.9, 1.9, 0, Double.NaN, 1e30}, 5);
      assertArrayEquals(new int[] {-1, 1, 0, 0, Integer.MAX_VALUE}, x.toIntArray());
      assertArrayEquals(new long[] {-1, 1, 0, 0, Long.MAX_VALUE}, x.toLongArray());
      assertArrayEquals(new boolean[] {true, true, false, true, true}, x.toBooleanArray());
      assertEquals(255, Tensor.of(new byte[] {-1}, 1).item());
      assertEquals(255, Tensor.of(new byte[] {-1}, 1).to(DType.I32).itemLong());
      assertEquals((1L << 53) + 1, Tensor.of(new long[] {(1L << 53) + 1}, 1).itemLong());
    }
  }

  @Test
  void roundsHalfFloatsToNearestEven() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1f, 1 + 0x1p-8f, 1 + 3 * 0x1p-8f, 3.0e38f, 70000f, 1e-8f, Float.NaN);
      float[] bf16 = x.to(DType.BF16).toFloatArray();
      assertEquals(1, bf16[1], "a tie goes to the even neighbour");
      assertEquals(1.015625f, bf16[2]);
      assertEquals(70144, bf16[4]);
      assertEquals(Float.intBitsToFloat(0x7f620000), bf16[3]);
      assertEquals(Float.NaN, bf16[6]);
      float[] f16 = x.to(DType.F16).toFloatArray();
      for (int i = 0; i < f16.length; i++) {
        assertEquals(Float.float16ToFloat(Float.floatToFloat16(x.toFloatArray()[i])), f16[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "F16"})
  void multipliesHalfFloatsInF32(DType dtype) {
    try (var _ = Scope.open()) {
      Generator generator = Generator.seeded(3);
      Tensor a = Tensor.randn(generator, 5, 7).to(dtype).requiresGrad_();
      Tensor b = Tensor.randn(generator, 7, 3).to(dtype);
      Tensor y = a.matmul(b);
      assertEquals(dtype, y.dtype());
      Tensor wide = a.detach().to(DType.F32).matmul(b.to(DType.F32)).to(dtype);
      assertArrayEquals(wide.toFloatArray(), y.toFloatArray());
      y.to(DType.F32).sum().backward();
      assertEquals(dtype, a.grad() == null ? null : a.grad().dtype());
      Tensor weight = Tensor.randn(generator, 4, 7).to(dtype);
      Tensor bias = Tensor.randn(generator, 4).to(dtype);
      Tensor linear = a.detach().linear(weight, bias);
      assertEquals(dtype, linear.dtype());
      assertArrayEquals(new long[] {5, 4}, linear.shape());
      assertTrue(a.eq(a).all().item() == 1);
    }
  }

  @Test
  void doesNotKeepTheArrayOfAShape() {
    try (var _ = Scope.open()) {
      long[] shape = {2, 3};
      Generator generator = Generator.seeded(1);
      List<Tensor> made =
          List.of(
              Tensor.zeros(shape),
              Tensor.ones(shape),
              Tensor.full(1, shape),
              Tensor.empty(DType.F32, shape),
              Tensor.rand(generator, shape),
              Tensor.randn(generator, shape),
              Tensor.randint(generator, 0, 9, shape),
              Tensor.of(new float[6], shape),
              Tensor.zeros(6).view(shape),
              Tensor.zeros(3).expand(shape));
      shape[0] = 7;
      for (Tensor x : made) {
        assertArrayEquals(new long[] {2, 3}, x.shape());
        x.shape()[0] = 9;
        x.strides()[0] = 9;
        assertArrayEquals(new long[] {2, 3}, x.shape());
      }
    }
  }

  @Test
  void wrapsTheMemoryOfTheCaller() {
    Tensor x;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2, 3, 4);
      x = Tensor.wrap(segment, DType.F32, 2, 2);
      x.mul_(2);
      assertEquals(8, segment.getAtIndex(ValueLayout.JAVA_FLOAT, 3));
      segment.setAtIndex(ValueLayout.JAVA_FLOAT, 0, 7);
      assertEquals(7, x.get(0, 0));
      Tensor frozen = Tensor.wrap(segment.asReadOnly(), DType.F32, 4);
      assertEquals(7 + 4 + 6 + 8, frozen.sum().item());
      Throwable thrown = assertThrows(UnsupportedOperationException.class, () -> frozen.add_(1));
      assertEquals(
          "tensor [4] is read-only memory; copy it and write to the copy", thrown.getMessage());
    }
    Throwable thrown = assertThrows(IllegalStateException.class, x::sum);
    assertEquals(
        "the arena of wrapped memory is closed: tensor [2,2] was wrapped around it"
            + " and can no longer be read",
        thrown.getMessage());
  }

  @Test
  void exposesTheBytesOfAContiguousTensor() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.arange(6).reshape(3, 2);
      MemorySegment row = x.narrow(0, 1, 1).segment();
      assertEquals(16, row.byteSize());
      assertEquals(2, row.getAtIndex(ValueLayout.JAVA_LONG, 0));
      row.setAtIndex(ValueLayout.JAVA_LONG, 1, 30);
      assertEquals(30, x.get(1, 1));
      assertEquals(2, x.narrow(0, 1, 1).storageOffset());
      assertArrayEquals(new long[] {1, 2}, x.t().strides());
      assertEquals("tensor [3,2]", x.describe());
      assertEquals(2, x.dim());
      assertEquals(3, x.size(0));
      assertEquals(2, x.size(-1));
    }
  }

  @Test
  void comparesWholeTensors() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.of(1, 2);
      assertTrue(x.equal(Tensor.of(1, 2)));
      assertTrue(!x.equal(Tensor.of(1, 3)));
      assertTrue(!x.equal(x.to(DType.F64)));
      assertTrue(!x.equal(x.reshape(1, 2)));
      assertTrue(!Tensor.of(Float.NaN).equal(Tensor.of(Float.NaN)));
      Tensor whole = Tensor.of(new long[] {1, 2}, 2);
      assertEquals(0, whole.eq(1.5).any().item());
      assertEquals(1, whole.lt(2.5).all().item());
      assertEquals(1, Tensor.of(new byte[] {-1}, 1).gt(-3).item());
    }
  }
}
