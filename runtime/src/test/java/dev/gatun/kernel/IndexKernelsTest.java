package dev.gatun.kernel;

import static dev.gatun.kernel.KernelSamples.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class IndexKernelsTest {
  private static final int OUTER = 3;
  private static final int SIZE = 5;
  private static final int K = 7;

  private static ElementRun run(MemorySegment memory, long offset) {
    return new ElementRun(memory, offset);
  }

  private static MemorySegment indices(Arena arena, int n) {
    Random random = new Random(5);
    MemorySegment index = KernelSamples.empty(arena, DType.I64, n + 1);
    for (int i = 0; i < n; i++) {
      Element.i64(index, (i + 1) * 8L, random.nextInt(SIZE));
    }
    return index;
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void gathersAndSelects(DType dtype) {
    try (Arena arena = Arena.ofConfined()) {
      for (int inner : new int[] {1, 4}) {
        int n = OUTER * K * inner;
        MemorySegment x = KernelSamples.random(arena, dtype, OUTER * SIZE * inner + 2);
        MemorySegment index = indices(arena, n);
        MemorySegment y = KernelSamples.empty(arena, dtype, n + 3);
        IndexedDim dim = new IndexedDim(OUTER, SIZE, inner, K);
        assertEquals(-1, IndexKernels.gather(dtype, dim, run(x, 2), run(index, 1), run(y, 3)));
        for (int p = 0; p < n; p++) {
          long from = source(p, inner, Element.i64(index, (p + 1) * 8L));
          assertEquals(get(dtype, x, 2 + from), get(dtype, y, 3 + p));
        }
        assertEquals(-1, IndexKernels.indexSelect(dtype, dim, run(x, 2), run(index, 1), run(y, 3)));
        for (int p = 0; p < n; p++) {
          long from = source(p, inner, Element.i64(index, (p / inner % K + 1) * 8L));
          assertEquals(get(dtype, x, 2 + from), get(dtype, y, 3 + p));
        }
      }
    }
  }

  private static long source(int position, int inner, long index) {
    return ((long) (position / inner / K) * SIZE + index) * inner + position % inner;
  }

  @Test
  void addsBackToWhereItCameFrom() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : List.of(DType.F32, DType.F64)) {
        for (int inner : new int[] {1, 4, 40}) {
          int n = OUTER * K * inner;
          int m = OUTER * SIZE * inner;
          MemorySegment x = KernelSamples.random(arena, dtype, n + 2);
          MemorySegment index = indices(arena, n);
          MemorySegment y = KernelSamples.random(arena, dtype, m + 3);
          double[] scattered = values(dtype, y, m);
          double[] added = scattered.clone();
          MemorySegment z = KernelSamples.copy(arena, y);
          for (int p = 0; p < n; p++) {
            double v = get(dtype, x, 2 + p);
            scattered[(int) source(p, inner, Element.i64(index, (p + 1) * 8L))] += v;
            added[(int) source(p, inner, Element.i64(index, (p / inner % K + 1) * 8L))] += v;
          }
          IndexedDim dim = new IndexedDim(OUTER, SIZE, inner, K);
          assertEquals(
              -1,
              IndexKernels.scatter(
                  Scattering.ADD, dtype, dim, run(x, 2), run(index, 1), run(y, 3)));
          assertEquals(-1, IndexKernels.indexAdd(dtype, dim, run(x, 2), run(index, 1), run(z, 3)));
          for (int i = 0; i < m; i++) {
            assertEquals(scattered[i], get(dtype, y, 3 + i), 1e-5);
            assertEquals(added[i], get(dtype, z, 3 + i), 1e-5);
          }
        }
      }
    }
  }

  private static double[] values(DType dtype, MemorySegment y, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = get(dtype, y, 3 + i);
    }
    return values;
  }

  @Test
  void reportsTheFirstBadIndexAndChangesNothing() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = KernelSamples.random(arena, DType.F32, 10);
      MemorySegment y = KernelSamples.random(arena, DType.F32, 10);
      MemorySegment before = KernelSamples.copy(arena, y);
      for (double bad : new double[] {-1, 5}) {
        MemorySegment index = KernelSamples.of(arena, DType.I64, 0, 4, bad, 9);
        ElementRun i = run(index, 0);
        IndexedDim one = new IndexedDim(1, 5, 1, 4);
        IndexedDim two = new IndexedDim(1, 5, 2, 4);
        assertEquals(2, IndexKernels.gather(DType.F32, one, run(x, 0), i, run(y, 0)));
        for (Scattering how : Scattering.values()) {
          assertEquals(2, IndexKernels.scatter(how, DType.F32, one, run(x, 0), i, run(y, 0)));
        }
        assertEquals(2, IndexKernels.indexSelect(DType.F32, two, run(x, 0), i, run(y, 0)));
        assertEquals(2, IndexKernels.indexAdd(DType.F32, two, run(x, 0), i, run(y, 0)));
        assertEquals(2, IndexKernels.indexCopy(DType.F32, two, run(x, 0), i, run(y, 0)));
        assertEquals(-1, before.mismatch(y));
      }
    }
  }
}
