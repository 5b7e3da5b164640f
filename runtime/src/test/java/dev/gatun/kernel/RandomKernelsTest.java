package dev.gatun.kernel;

import static dev.gatun.kernel.KernelSamples.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RandomKernelsTest {
  private static final List<DType> FLOATS = List.of(DType.F32, DType.F64);

  /// The known answers that Random123 publishes for philox4x32 of ten rounds.
  @Test
  void givesThePublishedAnswers() {
    assertBlock(0, 0, 0, 0xe169c58d_6627e8d5L, 0x9b00dbd8_bc57ac4cL);
    assertBlock(-1, -1, -1, 0x41c83b0e_408f276dL, 0x6d5451fd_a20bc7c6L);
    assertBlock(
        0x299f31d0_a4093822L,
        0x85a308d3_243f6a88L,
        0x03707344_13198a2eL,
        0x94fdcceb_d16cfe09L,
        0x24126ea1_5001e420L);
  }

  private static void assertBlock(
      long seed, long counterLow, long counterHigh, long low, long high) {
    Philox philox = new Philox();
    philox.block(seed, counterLow, counterHigh);
    assertEquals(low, philox.low());
    assertEquals(high, philox.high());
  }

  @Test
  void drawsUniformNumbersInsideTheirBounds() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 100_003;
      for (DType dtype : FLOATS) {
        MemorySegment y = KernelSamples.empty(arena, dtype, n);
        RandomKernels.uniform(dtype, y, 0, n, -2, 6, 7, 0);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
          double v = get(dtype, y, i);
          assertTrue(v >= -2 && v < 6);
          sum += v;
          squares += (v - 2) * (v - 2);
        }
        assertEquals(2, sum / n, 0.03);
        assertEquals(64 / 12.0, squares / n, 0.05);
      }
    }
  }

  @Test
  void neverReachesTheUpperBoundByRounding() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment y = KernelSamples.empty(arena, DType.F32, 10_000);
      float next = Math.nextUp(1000f);
      RandomKernels.uniform(DType.F32, y, 0, 10_000, 1000, next, 1, 0);
      for (int i = 0; i < 10_000; i++) {
        assertEquals(1000f, Element.f32(y, i * 4L));
      }
    }
  }

  @Test
  void drawsNormalNumbers() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 100_001;
      for (DType dtype : FLOATS) {
        MemorySegment y = KernelSamples.empty(arena, dtype, n);
        RandomKernels.normal(dtype, y, 0, n, 3, 2, 11, 5);
        double sum = 0;
        double squares = 0;
        int outside = 0;
        double neighbors = 0;
        for (int i = 0; i < n; i++) {
          double z = (get(dtype, y, i) - 3) / 2;
          assertTrue(Double.isFinite(z));
          sum += z;
          squares += z * z;
          outside += Math.abs(z) > 1.959964 ? 1 : 0;
          neighbors += i > 0 ? z * (get(dtype, y, i - 1) - 3) / 2 : 0;
        }
        assertEquals(0, sum / n, 0.02);
        assertEquals(1, squares / n, 0.03);
        assertEquals(0.05, outside / (double) n, 0.005);
        assertEquals(0, neighbors / n, 0.02);
      }
    }
  }

  @Test
  void continuesADrawWhereItsCountersEnd() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : FLOATS) {
        int s = dtype.byteSize();
        MemorySegment whole = KernelSamples.empty(arena, dtype, 100_000);
        MemorySegment parts = KernelSamples.empty(arena, dtype, 100_000);
        RandomKernels.normal(dtype, whole, 0, 100_000, 0, 1, 3, 9);
        RandomKernels.normal(dtype, parts, 0, 1000, 0, 1, 3, 9);
        long next = 9 + RandomKernels.counters(dtype, 1000);
        RandomKernels.normal(dtype, parts, 1000, 99_000, 0, 1, 3, next);
        assertEquals(-1, whole.mismatch(parts));
        RandomKernels.uniform(dtype, parts, 0, 5, 0, 1, 3, 9);
        RandomKernels.uniform(dtype, whole, 0, 6, 0, 1, 3, 9);
        assertEquals(-1, whole.asSlice(0, 5L * s).mismatch(parts.asSlice(0, 5L * s)));
        RandomKernels.uniform(dtype, whole, 0, 5, 0, 1, 4, 9);
        assertNotEquals(-1, whole.asSlice(0, 5L * s).mismatch(parts.asSlice(0, 5L * s)));
      }
      assertEquals(1, RandomKernels.counters(DType.F32, 4));
      assertEquals(2, RandomKernels.counters(DType.F32, 5));
      assertEquals(3, RandomKernels.counters(DType.I64, 5));
    }
  }

  @Test
  void drawsEveryIntegerOfARangeAboutEquallyOften() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 70_000;
      for (DType dtype : List.of(DType.I32, DType.I64)) {
        MemorySegment y = KernelSamples.empty(arena, dtype, n);
        RandomKernels.integers(dtype, y, 0, n, -3, 4, 5, 0);
        int[] counts = new int[7];
        for (int i = 0; i < n; i++) {
          counts[(int) get(dtype, y, i) + 3]++;
        }
        for (int count : counts) {
          assertEquals(n / 7.0, count, 400);
        }
      }
    }
  }

  @Test
  void drawsOverTheWholeRangeOfLongs() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment y = KernelSamples.empty(arena, DType.I64, 1000);
      RandomKernels.integers(DType.I64, y, 0, 1000, Long.MIN_VALUE, Long.MAX_VALUE, 5, 0);
      int negative = 0;
      for (int i = 0; i < 1000; i++) {
        negative += Element.i64(y, i * 8L) < 0 ? 1 : 0;
      }
      assertEquals(500, negative, 70);
    }
  }

  @Test
  void permutes() {
    try (Arena arena = Arena.ofConfined()) {
      for (int n : new int[] {0, 1, 2, 1000}) {
        MemorySegment y = KernelSamples.empty(arena, DType.I64, n + 1);
        RandomKernels.permutation(y, 1, n, 3, 0);
        BitSet seen = new BitSet();
        int fixed = 0;
        for (int i = 0; i < n; i++) {
          int v = (int) Element.i64(y, (i + 1) * 8L);
          seen.set(v);
          fixed += v == i ? 1 : 0;
        }
        assertEquals(n, seen.cardinality());
        assertTrue(n < 1000 || fixed < 10, "a permutation of 1000 leaves about one in place");
      }
    }
  }

  @Test
  void reachesEveryOrderOfThreeAboutEquallyOften() {
    try (Arena arena = Arena.ofConfined()) {
      int[] counts = new int[9];
      MemorySegment y = KernelSamples.empty(arena, DType.I64, 3);
      for (int seed = 0; seed < 6000; seed++) {
        RandomKernels.permutation(y, 0, 3, seed, 0);
        counts[(int) (Element.i64(y, 0) * 3 + Element.i64(y, 8))]++;
      }
      for (int order : new int[] {1, 2, 3, 5, 6, 7}) {
        assertEquals(1000, counts[order], 130);
      }
    }
  }
}
