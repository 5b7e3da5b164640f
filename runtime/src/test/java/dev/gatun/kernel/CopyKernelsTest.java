package dev.gatun.kernel;

import static dev.gatun.kernel.KernelSamples.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CopyKernelsTest {
  private static final double[] WHOLE = {0, 1, 2, 7, 100, 127};

  @ParameterizedTest
  @EnumSource(DType.class)
  void convertsWhatBothDtypesHoldExactly(DType from) {
    try (Arena arena = Arena.ofConfined()) {
      for (DType to : DType.values()) {
        MemorySegment x = KernelSamples.of(arena, from, WHOLE);
        long ys = 2L * to.byteSize();
        MemorySegment y = KernelSamples.empty(arena, to, 2L * WHOLE.length);
        CopyKernels.convert(from, to).apply(x, 0, from.byteSize(), y, 0, ys, WHOLE.length);
        for (int i = 0; i < WHOLE.length; i++) {
          boolean logical = from == DType.BOOL || to == DType.BOOL;
          double expected = logical ? Math.min(1, WHOLE[i]) : WHOLE[i];
          assertEquals(expected, get(to, y, 2L * i), from + " to " + to);
        }
      }
    }
  }

  @Test
  void truncatesFloatingToIntegers() {
    double[] values = {1.9, -1.9, 2.5, Double.NaN, 1e30, -1e30};
    double[] i32 = {1, -1, 2, 0, Integer.MAX_VALUE, Integer.MIN_VALUE};
    double[] i64 = {1, -1, 2, 0, Long.MAX_VALUE, Long.MIN_VALUE};
    try (Arena arena = Arena.ofConfined()) {
      for (DType from : new DType[] {DType.F32, DType.F64}) {
        assertConverted(arena, from, DType.I32, values, i32);
        assertConverted(arena, from, DType.I64, values, i64);
        assertConverted(
            arena,
            from,
            DType.U8,
            new double[] {1.9, 255.5, 256, -1.5},
            new double[] {1, 255, 0, 255});
        assertConverted(
            arena,
            from,
            DType.BOOL,
            new double[] {0, -0.0, 0.25, -1, Double.NaN},
            new double[] {0, 0, 1, 1, 1});
      }
      assertConverted(arena, DType.BF16, DType.I32, new double[] {-1.5}, new double[] {-1});
      assertConverted(arena, DType.F16, DType.I64, new double[] {-1.5}, new double[] {-1});
    }
  }

  private static void assertConverted(
      Arena arena, DType from, DType to, double[] values, double[] expected) {
    MemorySegment x = KernelSamples.of(arena, from, values);
    MemorySegment y = KernelSamples.empty(arena, to, values.length);
    CopyKernels.convert(from, to).apply(x, 0, from.byteSize(), y, 0, to.byteSize(), values.length);
    for (int i = 0; i < values.length; i++) {
      assertEquals(expected[i], get(to, y, i), values[i] + " from " + from + " to " + to);
    }
  }

  @Test
  void narrowsAndWidensIntegers() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = arena.allocate(16, 8);
      Element.i64(x, 0, (1L << 32) + 300);
      Element.i64(x, 8, (1L << 24) + 1);
      MemorySegment y = arena.allocate(16, 8);
      CopyKernels.convert(DType.I64, DType.I32).apply(x, 0, 8, y, 0, 4, 1);
      assertEquals(300, Element.i32(y, 0));
      CopyKernels.convert(DType.I64, DType.U8).apply(x, 0, 8, y, 0, 1, 1);
      assertEquals(44, Element.u8(y, 0));
      CopyKernels.convert(DType.I64, DType.F32).apply(x, 0, 8, y, 0, 4, 2);
      assertEquals(0x1p24f, Element.f32(y, 4));
      CopyKernels.convert(DType.I64, DType.BOOL).apply(x, 0, 8, y, 0, 1, 1);
      assertEquals(1, Element.u8(y, 0));
      MemorySegment bytes = KernelSamples.of(arena, DType.U8, 200);
      CopyKernels.convert(DType.U8, DType.F32).apply(bytes, 0, 1, y, 0, 4, 1);
      assertEquals(200f, Element.f32(y, 0));
    }
  }

  @Test
  void roundsToBf16ToNearestEvenAndKeepsNan() {
    assertEquals(0x3f80, bf16(1f));
    assertEquals(0x3f80, bf16(Float.intBitsToFloat(0x3f808000)), "tie to even, down");
    assertEquals(0x3f82, bf16(Float.intBitsToFloat(0x3f818000)), "tie to even, up");
    assertEquals(0x3f81, bf16(Float.intBitsToFloat(0x3f808001)));
    assertEquals(0x3f80, bf16(Float.intBitsToFloat(0x3f807fff)));
    assertEquals(0x7f80, bf16(Float.MAX_VALUE), "overflow");
    assertEquals(0xff80, bf16(Float.NEGATIVE_INFINITY));
    assertEquals(0x8000, bf16(-0f));
    assertEquals(0x7fc0, bf16(Float.intBitsToFloat(0x7f800001)), "payload in the lost bits");
    assertEquals(0xffff, bf16(Float.intBitsToFloat(0xffffffff)), "all bits set");
  }

  private static int bf16(float value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = arena.allocate(4, 4);
      Element.f32(x, 0, value);
      CopyKernels.convert(DType.F32, DType.BF16).apply(x, 0, 4, x, 0, 2, 1);
      return Short.toUnsignedInt(x.get(ValueLayout.JAVA_SHORT, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void copiesRowsOfEveryStride(DType dtype) {
    try (Arena arena = Arena.ofConfined()) {
      int s = dtype.byteSize();
      for (int n : KernelSamples.SIZES) {
        MemorySegment x = KernelSamples.random(arena, dtype, 2 * n + 1);
        for (int[] strides : new int[][] {{1, 1}, {2, 1}, {1, 2}, {0, 1}}) {
          MemorySegment y = KernelSamples.empty(arena, dtype, 2 * n + 1);
          CopyKernels.copy(dtype)
              .apply(x, 0, (long) strides[0] * s, y, s, (long) strides[1] * s, n);
          for (int i = 0; i < n; i++) {
            long from = (long) i * strides[0];
            assertEquals(get(dtype, x, from), get(dtype, y, 1 + (long) i * strides[1]));
          }
          assertEquals(0.0, get(dtype, y, 0));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void fillsRows(DType dtype) {
    try (Arena arena = Arena.ofConfined()) {
      int s = dtype.byteSize();
      for (double value : new double[] {0, 1, 2}) {
        for (int stride : new int[] {1, 2}) {
          MemorySegment y = KernelSamples.empty(arena, dtype, 80);
          CopyKernels.fill(dtype, y, s, (long) stride * s, 37, value);
          double expected = dtype == DType.BOOL ? Math.min(1, value) : value;
          for (int i = 0; i < 80; i++) {
            boolean inside = i >= 1 && (i - 1) % stride == 0 && (i - 1) / stride < 37;
            assertEquals(inside ? expected : 0.0, get(dtype, y, i));
          }
          CopyKernels.fill(dtype, y, 0, s, 0, 5);
          assertEquals(0.0, get(dtype, y, 0), "no elements");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void selectsByACondition(DType dtype) {
    try (Arena arena = Arena.ofConfined()) {
      int s = dtype.byteSize();
      MemorySegment c = KernelSamples.of(arena, DType.BOOL, 1, 0, 0, 1, 1);
      MemorySegment a = KernelSamples.random(arena, dtype, 5);
      MemorySegment b = KernelSamples.random(arena, dtype, 1);
      MemorySegment y = KernelSamples.empty(arena, dtype, 5);
      CopyKernels.where(s).apply(c, 0, 1, a, 0, s, b, 0, 0, y, 0, s, 5);
      for (int i = 0; i < 5; i++) {
        double expected = i == 1 || i == 2 ? get(dtype, b, 0) : get(dtype, a, i);
        assertEquals(expected, get(dtype, y, i));
      }
    }
  }

  @Test
  void refusesAnElementOfThreeBytes() {
    assertThrows(IllegalArgumentException.class, () -> CopyKernels.where(3).hashCode());
  }
}
