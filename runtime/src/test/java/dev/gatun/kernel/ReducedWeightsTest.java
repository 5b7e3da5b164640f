package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.ReducedWeights.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReducedWeightsTest {
  private static final float UNTOUCHED = -77;

  /// Rows, columns of the result, length of the sums: around the packed ints, the panels, the rows
  /// that are taken four at a time, and the work that threads share.
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 5, 3},
    {2, 10, 4},
    {3, 16, 7},
    {4, 31, 33},
    {5, 32, 16},
    {1, 33, 130},
    {16, 64, 20},
    {17, 40, 21},
    {33, 70, 515},
    {64, 540, 1030},
    {1, 1000, 700},
    {3, 777, 1001}
  };

  private static float[] values(int seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static MemorySegment put(Arena arena, float[] values) {
    return arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
  }

  /// What weights should become.
  private static double[] rounded(Format format, float[] weight, int k) {
    double[] rounded = new double[weight.length];
    double most = 0;
    for (int at = 0; at < weight.length; at++) {
      if (format == Format.BF16) {
        int bits = Float.floatToRawIntBits(weight[at]);
        rounded[at] = Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
        continue;
      }
      if (at % k == 0) {
        most = 0;
        for (int p = 0; p < k; p++) {
          most = Math.max(most, Math.abs(weight[at + p]));
        }
      }
      rounded[at] = Math.rint(weight[at] * (127 / most)) * (most / 127);
    }
    return rounded;
  }

  @ParameterizedTest
  @EnumSource
  void multipliesByRoundedWeights(Format format) {
    for (int[] size : SIZES) {
      check(format, size[0], size[1], size[2], false);
      check(format, size[0], size[1], size[2], true);
    }
  }

  private static void check(Format format, int m, int n, int k, boolean byColumns) {
    float[] weight = values(1, n * k);
    float[] stored = weight.clone();
    for (int j = 0; j < n && byColumns; j++) {
      for (int p = 0; p < k; p++) {
        stored[p * n + j] = weight[j * k + p];
      }
    }
    float[] a = values(2, m * k + 1);
    float[] bias = values(3, n);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment to = arena.allocate(ReducedWeights.bytes(format, n, k), 64);
      MemorySegment source = put(arena, stored);
      var reduced = ReducedWeights.of(format, source, 0, byColumns, n, k, to);
      source.fill((byte) -1);
      float[] untouched = new float[m * n + 2];
      untouched[0] = UNTOUCHED;
      untouched[m * n + 1] = UNTOUCHED;
      MemorySegment c = put(arena, untouched);
      var end = new Epilogue(put(arena, bias), 0, Activation.RELU);
      Runnable product = reduced.product(m, put(arena, a), 1, c, 1, end);
      product.run();
      product.run();
      double[] expected = rounded(format, weight, k);
      float[] result = c.toArray(ValueLayout.JAVA_FLOAT);
      assertEquals(UNTOUCHED, result[0]);
      assertEquals(UNTOUCHED, result[m * n + 1]);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = bias[j];
          for (int p = 0; p < k; p++) {
            sum += a[1 + i * k + p] * expected[j * k + p];
          }
          assertEquals(Math.max(0, sum), result[1 + i * n + j], 2e-6 * k + 1e-5, m + "x" + n);
        }
      }
    }
  }

  @Test
  void keepsWhatIsNotFiniteInBf16AndRefusesItInInt8() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment weight = put(arena, new float[] {1, 2, Float.POSITIVE_INFINITY, Float.NaN});
      MemorySegment to = arena.allocate(ReducedWeights.bytes(Format.BF16, 2, 2));
      MemorySegment c = arena.allocate(8);
      ReducedWeights.of(Format.BF16, weight, 0, false, 2, 2, to)
          .product(1, put(arena, new float[] {1, 0}), 0, c, 0, Epilogue.NONE)
          .run();
      assertEquals(1, c.get(ValueLayout.JAVA_FLOAT, 0));
      assertTrue(Float.isNaN(c.get(ValueLayout.JAVA_FLOAT, 4)));
      MemorySegment room = arena.allocate(ReducedWeights.bytes(Format.INT8, 2, 2));
      assertEquals(
          "quantize: INT8 weights must be finite: row 1 of [2,2] has Infinity; use BF16",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> ReducedWeights.of(Format.INT8, weight, 0, false, 2, 2, room))
              .getMessage());
    }
  }

  @Test
  void rowsOfNothingStayNothing() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment to = arena.allocate(ReducedWeights.bytes(Format.INT8, 3, 5));
      MemorySegment c = put(arena, new float[] {1, 1, 1});
      ReducedWeights.of(Format.INT8, put(arena, new float[15]), 0, false, 3, 5, to)
          .product(1, put(arena, values(1, 5)), 0, c, 0, Epilogue.NONE)
          .run();
      assertEquals(0, c.get(ValueLayout.JAVA_FLOAT, 0));
      assertEquals(0, c.get(ValueLayout.JAVA_FLOAT, 8));
    }
  }

  @Test
  void takesFewerBytes() {
    assertEquals(2 * 1024 * 1024, ReducedWeights.bytes(Format.BF16, 1024, 1024));
    assertEquals(1024 * 1024 + 4096, ReducedWeights.bytes(Format.INT8, 1024, 1024));
    assertFalse(ReducedWeights.suits(0, 3));
    assertFalse(ReducedWeights.suits(3, 0));
    assertTrue(ReducedWeights.suits(3, 1));
  }
}
