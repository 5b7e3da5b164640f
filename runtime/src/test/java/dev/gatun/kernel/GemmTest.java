package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GemmTest {
  private static final int[] SIZES = {0, 1, 2, 7, 8, 11, 12, 13, 31, 32, 33, 97};

  static Stream<Arguments> implementations() {
    return TestedBackends.list().stream()
        .flatMap(
            backend -> Stream.of(DType.F32, DType.F64).map(dtype -> Arguments.of(backend, dtype)));
  }

  static List<Backend> backends() {
    return TestedBackends.list();
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void matchesTheNaiveLoopAtSizesAroundTheTile(Backend backend, DType dtype) {
    Gemm gemm = Gemm.of(backend);
    for (int i = 0; i < SIZES.length; i++) {
      for (int j = 0; j < SIZES.length; j++) {
        // A third of the combinations, in which every two sizes meet, with what else varies in
        // turns.
        for (int p = (3 - (i + j) % 3) % 3; p < SIZES.length; p += 3) {
          int turn = i * 7 + j * 5 + p;
          boolean transA = turn % 2 == 0;
          boolean transB = turn / 2 % 2 == 0;
          double alpha = turn % 5 == 1 ? -0.5 : turn % 5 == 4 ? 0 : 1;
          double beta = turn % 5 == 2 ? 1 : turn % 5 == 3 ? 0.25 : 0;
          new GemmCase(dtype, transA, transB, SIZES[i], SIZES[j], SIZES[p], alpha, beta, turn % 3)
              .check(gemm);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void matchesTheNaiveLoopForEveryTranspose(Backend backend, DType dtype) {
    Gemm gemm = Gemm.of(backend);
    int[][] sizes = {
      {1, 10, 33},
      {2, 256, 20},
      {3, 50, 130},
      {4, 4, 4},
      {5, 37, 8},
      {16, 16, 16},
      {29, 43, 70},
      {30, 18, 300},
      {64, 10, 128},
      {7, 600, 140},
      {250, 9, 33},
      {245, 40, 5},
      {97, 97, 97},
      {1, 300, 70},
      {1, 130, 64},
      {2, 70, 50},
      {3, 17, 60},
      {4, 100, 49},
      {6, 65, 49},
      {13, 49, 100},
      {16, 16, 48},
      {18, 23, 64},
      {20, 1, 70},
      {40, 1, 5},
      {21, 9, 12},
      {33, 70, 20}
    };
    for (int[] s : sizes) {
      for (int flags = 0; flags < 4; flags++) {
        boolean transA = (flags & 1) != 0;
        boolean transB = (flags & 2) != 0;
        for (double beta : new double[] {0, 1, -0.5}) {
          new GemmCase(dtype, transA, transB, s[0], s[1], s[2], 1.5, beta, 3).check(gemm);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void matchesTheNaiveLoopWhereItIsSplit(Backend backend, DType dtype) {
    Gemm gemm = Gemm.of(backend);
    new GemmCase(dtype, false, true, 301, 130, 260, 1, 0, 2).check(gemm);
    new GemmCase(dtype, true, false, 60, 530, 270, 1, 1, 1).check(gemm);
    new GemmCase(dtype, false, false, 40, 1100, 100, 1, 0.5, 0).check(gemm);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void matchesTheNaiveLoopWhereASideIsShort(Backend backend, DType dtype) {
    Gemm gemm = Gemm.of(backend);
    int[][] sizes = {
      {1, 5000, 300},
      {3, 700, 1000},
      {16, 300, 400},
      {33, 170, 300},
      {120, 100, 300},
      {2000, 1, 600},
      {700, 9, 200},
      {300, 40, 260}
    };
    int turn = 0;
    for (int[] s : sizes) {
      for (int flags = 0; flags < 4; flags++) {
        double beta = turn % 3 == 0 ? 0 : turn % 3 == 1 ? 1 : 0.5;
        boolean transA = (flags & 1) != 0;
        boolean transB = (flags & 2) != 0;
        new GemmCase(dtype, transA, transB, s[0], s[1], s[2], 1.5, beta, turn % 4).check(gemm);
        turn++;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void isTheSameToTheBitHoweverManyThreadsWork(Backend backend, DType dtype) {
    Gemm gemm = Gemm.of(backend);
    for (int flags = 0; flags < 8; flags++) {
      boolean large = flags < 4;
      int m = large ? 263 : 61;
      GemmCase x = new GemmCase(dtype, (flags & 1) != 0, (flags & 2) != 0, m, 331, 297, 1, 0, 1);
      try (Arena arena = Arena.ofConfined()) {
        byte[] free = x.run(gemm, arena).toArray(ValueLayout.JAVA_BYTE);
        // Inside of a task a product gets no further threads.
        byte[][] alone = new byte[2][];
        Workers.run(
            2,
            i -> {
              try (Arena own = Arena.ofConfined()) {
                alone[i] = x.run(gemm, own).toArray(ValueLayout.JAVA_BYTE);
              }
            });
        assertArrayEquals(free, alone[0]);
        assertArrayEquals(free, alone[1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void multipliesBatchesAndSharesOperandsOfStrideZero(Backend backend) {
    Gemm gemm = Gemm.of(backend);
    for (int size : new int[] {3, 70}) {
      long one = (long) size * size;
      int batch = 20;
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment a = counting(arena, batch * one);
        MemorySegment b = counting(arena, batch * one);
        for (long strideB : new long[] {one, 0}) {
          for (boolean transA : new boolean[] {false, true}) {
            MemorySegment c = arena.allocate(4L * batch * one, 4);
            MemorySegment d = arena.allocate(4L * batch * one, 4);
            gemm.batched(
                DType.F32, transA, false, batch, size, size, size, 1, a, 0, size, one, b, 0, size,
                strideB, 0, c, 0, size, one);
            for (int i = 0; i < batch; i++) {
              Gemm.of(Backend.SCALAR)
                  .gemm(
                      DType.F32,
                      transA,
                      false,
                      size,
                      size,
                      size,
                      1,
                      a,
                      i * one,
                      size,
                      b,
                      i * strideB,
                      size,
                      0,
                      d,
                      i * one,
                      size);
            }
            // The values are small integers, so that every order of adding is exact.
            assertEquals(-1, c.mismatch(d));
          }
        }
      }
    }
  }

  private static MemorySegment counting(Arena arena, long elements) {
    MemorySegment segment = arena.allocate(4 * elements, 4);
    for (long i = 0; i < elements; i++) {
      segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (int) (i % 7) - 3);
    }
    return segment;
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void keepsWhatIsNotANumber(Backend backend, DType dtype) {
    Gemm gemm = Gemm.of(backend);
    for (int size : new int[] {5, 40}) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment a = arena.allocate((long) size * size * dtype.byteSize(), 8);
        MemorySegment c = arena.allocate(a.byteSize(), 8);
        if (dtype == DType.F32) {
          a.setAtIndex(ValueLayout.JAVA_FLOAT, 1, Float.NaN);
        } else {
          a.setAtIndex(ValueLayout.JAVA_DOUBLE, 1, Double.NaN);
        }
        gemm.gemm(dtype, false, true, size, size, size, 1, a, 0, size, a, 0, size, 0, c, 0, size);
        double first =
            dtype == DType.F32
                ? c.getAtIndex(ValueLayout.JAVA_FLOAT, 0)
                : c.getAtIndex(ValueLayout.JAVA_DOUBLE, 0);
        double last =
            dtype == DType.F32
                ? c.getAtIndex(ValueLayout.JAVA_FLOAT, (long) size * size - 1)
                : c.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) size * size - 1);
        assertEquals(Double.NaN, first);
        assertEquals(0.0, last);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void refusesMemoryThatIsTooShortOrClosed(Backend backend) {
    Gemm gemm = Gemm.of(backend);
    MemorySegment old;
    try (Arena closed = Arena.ofConfined()) {
      old = closed.allocate(4 * 40 * 40, 4);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment full = arena.allocate(4 * 40 * 40, 4);
      MemorySegment brief = arena.allocate(4 * 40 * 39, 4);
      assertThrows(IndexOutOfBoundsException.class, () -> square(gemm, brief, full, full));
      assertThrows(IndexOutOfBoundsException.class, () -> square(gemm, full, brief, full));
      assertThrows(IndexOutOfBoundsException.class, () -> square(gemm, full, full, brief));
      assertThrows(IllegalStateException.class, () -> square(gemm, old, full, full));
    }
  }

  private static void square(Gemm gemm, MemorySegment a, MemorySegment b, MemorySegment c) {
    gemm.gemm(DType.F32, false, false, 40, 40, 40, 1, a, 0, 40, b, 0, 40, 0, c, 0, 40);
  }

  @Test
  void currentIsTheImplementationOfTheChosenBackend() {
    assertEquals(Gemm.of(Backends.current()).getClass(), Gemm.current().getClass());
  }
}
