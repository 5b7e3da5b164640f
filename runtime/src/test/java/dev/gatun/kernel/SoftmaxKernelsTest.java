package dev.gatun.kernel;

import static dev.gatun.kernel.KernelSamples.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SoftmaxKernelsTest {
  private static final List<DType> FLOATS = List.of(DType.F32, DType.F64);

  @Test
  void agreesWithTheDefinition() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : FLOATS) {
        for (int columns : KernelSamples.SIZES) {
          int rows = columns == 1000 ? 70 : 3;
          long n = (long) rows * columns;
          MemorySegment x = KernelSamples.random(arena, dtype, n + 1);
          MemorySegment y = KernelSamples.empty(arena, dtype, n + 2);
          MemorySegment log = KernelSamples.empty(arena, dtype, n + 2);
          SoftmaxKernels.softmax(dtype, x, 1, y, 2, rows, columns);
          SoftmaxKernels.logSoftmax(dtype, x, 1, log, 2, rows, columns);
          for (int r = 0; r < rows; r++) {
            checkRow(dtype, x, y, log, (long) r * columns, columns);
          }
        }
      }
    }
  }

  private static void checkRow(
      DType dtype, MemorySegment x, MemorySegment y, MemorySegment log, long start, int columns) {
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += Math.exp(get(dtype, x, 1 + start + c));
    }
    // The difference to the largest element is rounded to F32.
    double tolerance = dtype == DType.F32 ? 3e-6 : 1e-13;
    for (int c = 0; c < columns; c++) {
      double expected = Math.exp(get(dtype, x, 1 + start + c)) / sum;
      assertEquals(expected, get(dtype, y, 2 + start + c), tolerance * expected);
      double logarithm = Math.log(expected);
      assertEquals(
          logarithm, get(dtype, log, 2 + start + c), tolerance * (1 + Math.abs(logarithm)));
    }
  }

  /// Down to the least normal number; what is below may be 0.
  @Test
  void tellsSmallProbabilities() {
    try (Arena arena = Arena.ofConfined()) {
      int columns = 1200;
      MemorySegment x = KernelSamples.empty(arena, DType.F32, columns);
      for (int c = 0; c < columns; c++) {
        x.setAtIndex(ValueLayout.JAVA_FLOAT, c, c == 7 ? 0 : -20 - c / 10f);
      }
      MemorySegment y = KernelSamples.empty(arena, DType.F32, columns);
      SoftmaxKernels.softmax(DType.F32, x, 0, y, 0, 1, columns);
      for (int c = 0; c < columns; c++) {
        double expected = Math.exp(get(DType.F32, x, c));
        // Their sum is 1, but for 2e-8.
        double tolerance = expected < Float.MIN_NORMAL ? Float.MIN_NORMAL : 1e-6 * expected;
        assertEquals(expected, get(DType.F32, y, c), tolerance);
      }
    }
  }

  @Test
  void survivesLargeElementsAndWorksInPlace() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : FLOATS) {
        MemorySegment x = KernelSamples.of(arena, dtype, 1e30, 0, Double.NEGATIVE_INFINITY, 1e30);
        SoftmaxKernels.softmax(dtype, x, 0, x, 0, 1, 4);
        assertEquals(0.5, get(dtype, x, 0));
        assertEquals(0.0, get(dtype, x, 1));
        assertEquals(0.0, get(dtype, x, 2));
        assertEquals(0.5, get(dtype, x, 3));
        SoftmaxKernels.logSoftmax(dtype, x, 0, x, 0, 2, 2);
        assertEquals(Math.log1p(Math.exp(-0.5)), -get(dtype, x, 0), 1e-6);
      }
    }
  }

  @Test
  void yieldsNanWhereARowHasOne() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : FLOATS) {
        MemorySegment x = KernelSamples.random(arena, dtype, 40);
        Element.store(dtype, x, 7L * dtype.byteSize(), Double.NaN);
        SoftmaxKernels.softmax(dtype, x, 0, x, 0, 2, 20);
        for (int i = 0; i < 40; i++) {
          assertEquals(i < 20, Double.isNaN(get(dtype, x, i)));
        }
      }
    }
  }
}
