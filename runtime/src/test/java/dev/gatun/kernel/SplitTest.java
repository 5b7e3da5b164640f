package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.backend.Backends;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
  private static final int M = 263;
  private static final int N = 331;
  private static final int K = 297;

  record Kernel(boolean f32, Split.Block block) {}

  static List<Named<Kernel>> kernels() {
    List<Named<Kernel>> kernels = new ArrayList<>();
    kernels.add(Named.of("scalar F32", new Kernel(true, F32Loops::block)));
    kernels.add(Named.of("scalar F64", new Kernel(false, F64Loops::block)));
    if (Backends.vectorAvailable()) {
      kernels.add(Named.of("vector F32", new Kernel(true, F32Gemm::block)));
      kernels.add(Named.of("vector F64", new Kernel(false, F64Gemm::block)));
    }
    return kernels;
  }

  /// The number of threads decides where these kernels are cut.
  @ParameterizedTest
  @MethodSource("kernels")
  void blocksAreTheSameToTheBitWhereverTheyAreCut(Kernel kernel) {
    for (int flags = 0; flags < 4; flags++) {
      try (Arena arena = Arena.ofConfined()) {
        Product whole = product(arena, kernel.f32(), flags);
        Product cut = product(arena, kernel.f32(), flags);
        kernel.block().compute(whole, 0, M, 0, N);
        long[] rows = {0, 1, 36, 101, M};
        long[] columns = {0, 5, 64, 192, N};
        for (int i = 1; i < rows.length; i++) {
          for (int j = 1; j < columns.length; j++) {
            kernel.block().compute(cut, rows[i - 1], rows[i], columns[j - 1], columns[j]);
          }
        }
        assertEquals(-1, whole.c().mismatch(cut.c()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 300, 700})
  void coversEveryElementOnce(int m) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment none = arena.allocate(4);
      Product x =
          new Product(
              false, false, m, 650, 300, 1, none, 0, 1, none, 0, 1, 0, none, 0, 1, Epilogue.NONE);
      AtomicLong bySize = new AtomicLong();
      AtomicLong byThreads = new AtomicLong();
      Split.bySize(x, (p, i0, i1, j0, j1) -> bySize.addAndGet((i1 - i0) * (j1 - j0)));
      Split.byThreads(x, 12, 32, (p, i0, i1, j0, j1) -> byThreads.addAndGet((i1 - i0) * (j1 - j0)));
      assertEquals(m * 650L, bySize.get());
      assertEquals(m * 650L, byThreads.get());
    }
  }

  private static Product product(Arena arena, boolean f32, int flags) {
    boolean transA = (flags & 1) != 0;
    boolean transB = (flags & 2) != 0;
    MemorySegment a = random(arena, f32, M * K, 1);
    MemorySegment b = random(arena, f32, K * N, 2);
    MemorySegment c = random(arena, f32, M * N, 3);
    return new Product(
        transA,
        transB,
        M,
        N,
        K,
        0.7,
        a,
        0,
        transA ? M : K,
        b,
        0,
        transB ? K : N,
        0.3,
        c,
        0,
        N,
        Epilogue.NONE);
  }

  private static MemorySegment random(Arena arena, boolean f32, int length, int seed) {
    Random random = new Random(seed);
    MemorySegment segment = arena.allocate((long) length * (f32 ? 4 : 8), 8);
    for (int i = 0; i < length; i++) {
      if (f32) {
        segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
      } else {
        segment.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextDouble() - 0.5);
      }
    }
    return segment;
  }
}
