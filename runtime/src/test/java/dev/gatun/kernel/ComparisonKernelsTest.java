package dev.gatun.kernel;

import static dev.gatun.kernel.KernelSamples.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ComparisonKernelsTest {
  record Comparison(
      String name, Function<DType, BinaryRow> table, BiPredicate<Double, Double> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Comparison> comparisons() {
    return Stream.of(
        new Comparison("eq", ComparisonKernels::eq, (a, b) -> (double) a == b),
        new Comparison("ne", ComparisonKernels::ne, (a, b) -> (double) a != b),
        new Comparison("lt", ComparisonKernels::lt, (a, b) -> a < b),
        new Comparison("le", ComparisonKernels::le, (a, b) -> a <= b),
        new Comparison("gt", ComparisonKernels::gt, (a, b) -> a > b),
        new Comparison("ge", ComparisonKernels::ge, (a, b) -> a >= b));
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void comparesEveryPair(Comparison test) {
    List<DType> dtypes = List.of(DType.F32, DType.F64, DType.I32, DType.I64, DType.U8, DType.BOOL);
    double[] values = {0, 1, 200, -1, Double.NaN, Double.POSITIVE_INFINITY};
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : dtypes) {
        MemorySegment x = KernelSamples.of(arena, dtype, values);
        MemorySegment y = arena.allocate(values.length);
        int s = dtype.byteSize();
        for (int j = 0; j < values.length; j++) {
          test.table().apply(dtype).apply(x, 0, s, x, (long) j * s, 0, y, 0, 1, values.length);
          for (int i = 0; i < values.length; i++) {
            boolean expected = test.expected().test(get(dtype, x, i), get(dtype, x, j));
            assertEquals(expected ? 1 : 0, Element.u8(y, i), i + " and " + j + " in " + dtype);
          }
        }
      }
    }
  }

  @Test
  void tellsLargeLongsApart() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = arena.allocate(16, 8);
      Element.i64(x, 0, Long.MAX_VALUE);
      Element.i64(x, 8, Long.MAX_VALUE - 1);
      MemorySegment y = arena.allocate(1);
      ComparisonKernels.eq(DType.I64).apply(x, 0, 8, x, 8, 8, y, 0, 1, 1);
      assertEquals(0, Element.u8(y, 0));
      ComparisonKernels.gt(DType.I64).apply(x, 0, 8, x, 8, 8, y, 0, 1, 1);
      assertEquals(1, Element.u8(y, 0));
    }
  }

  @Test
  void computesLogic() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = KernelSamples.of(arena, DType.BOOL, 0, 0, 1, 1);
      MemorySegment b = KernelSamples.of(arena, DType.BOOL, 0, 1, 0, 1);
      MemorySegment y = arena.allocate(4);
      ComparisonKernels.logicalAnd().apply(a, 0, 1, b, 0, 1, y, 0, 1, 4);
      assertEquals(0x01000000, y.get(ValueLayout.JAVA_INT, 0));
      ComparisonKernels.logicalOr().apply(a, 0, 1, b, 0, 1, y, 0, 1, 4);
      assertEquals(0x01010100, y.get(ValueLayout.JAVA_INT, 0));
      ComparisonKernels.logicalNot().apply(b, 0, 1, b, 0, 1, 4);
      assertEquals(0x00010001, b.get(ValueLayout.JAVA_INT, 0));
    }
  }

  @Test
  void refusesHalfFloats() {
    Throwable e =
        assertThrows(
            IllegalArgumentException.class, () -> ComparisonKernels.gt(DType.BF16).hashCode());
    assertEquals("lt: dtype is not supported: BF16", e.getMessage());
  }
}
