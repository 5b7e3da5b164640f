package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.backend.Backend;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Bf16GemmTest {
  private static final float UNTOUCHED = -77;

  /// Around the vectors, the rows that are not widened, and the blocks that are.
  private static final int[][] SIZES = {
    {0, 3, 2},
    {2, 0, 3},
    {2, 3, 0},
    {1, 1, 1},
    {3, 5, 7},
    {1, 31, 31},
    {1, 32, 32},
    {1, 33, 33},
    {2, 35, 63},
    {3, 64, 65},
    {4, 97, 40},
    {16, 50, 70},
    {17, 50, 70},
    {1, 700, 1000},
    {4, 1000, 800},
    {20, 300, 530},
    {130, 257, 513}
  };

  static List<Backend> backends() {
    return TestedBackends.list();
  }

  /// One product whose rows are longer than needed, and whose memory ends where B does.
  private record Case(boolean transA, boolean transB, int m, int n, int k, int pad, boolean relu) {
    int lda() {
      return Math.max(1, transA ? m : k) + pad;
    }

    int ldb() {
      return Math.max(1, transB ? k : n) + pad;
    }

    int ldc() {
      return Math.max(1, n) + pad;
    }

    private static int length(int rows, int columns, int ld) {
      return rows == 0 || columns == 0 ? 0 : (rows - 1) * ld + columns;
    }

    float[] a() {
      return values(1, pad + (transA ? length(k, m, lda()) : length(m, k, lda())));
    }

    /// What lies between the rows is NaN.
    float[] b() {
      int columns = transB ? k : n;
      float[] b = values(2, pad + (transB ? length(n, k, ldb()) : length(k, n, ldb())));
      for (int i = 0; i < b.length; i++) {
        boolean inside = i >= pad && (i - pad) % ldb() < columns;
        b[i] = inside ? Float.intBitsToFloat(Float.floatToIntBits(b[i]) & 0xffff0000) : Float.NaN;
      }
      return b;
    }

    float[] bias() {
      return values(3, n + 2);
    }

    float[] run(Gemm gemm, Arena arena) {
      MemorySegment c = arena.allocate(4L * (pad + length(m, n, ldc())), 4);
      for (long i = 0; i < c.byteSize() / 4; i++) {
        c.setAtIndex(ValueLayout.JAVA_FLOAT, i, UNTOUCHED);
      }
      Epilogue epilogue =
          new Epilogue(floats(arena, bias()), 2, relu ? Activation.RELU : Activation.NONE);
      gemm.bf16(
          transA,
          transB,
          m,
          n,
          k,
          floats(arena, a()),
          pad,
          lda(),
          halves(arena, b()),
          pad,
          ldb(),
          c,
          pad,
          ldc(),
          epilogue);
      return c.toArray(ValueLayout.JAVA_FLOAT);
    }

    void check(Gemm gemm) {
      float[] a = a();
      float[] b = b();
      float[] bias = bias();
      try (Arena arena = Arena.ofConfined()) {
        float[] c = run(gemm, arena);
        for (int at = 0; at < c.length; at++) {
          int i = (at - pad) / ldc();
          int j = (at - pad) % ldc();
          double expected = UNTOUCHED;
          if (at >= pad && j < n) {
            expected = bias[2 + j];
            for (int p = 0; p < k; p++) {
              double left = a[pad + (transA ? p * lda() + i : i * lda() + p)];
              expected += left * b[pad + (transB ? j * ldb() + p : p * ldb() + j)];
            }
            expected = relu ? Math.max(expected, 0) : expected;
          }
          assertEquals(expected, c[at], 0x1p-23 * (k + 4), () -> toString());
        }
      }
    }
  }

  private static float[] values(int seed, int length) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static MemorySegment floats(Arena arena, float[] values) {
    return arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
  }

  private static MemorySegment halves(Arena arena, float[] values) {
    MemorySegment segment = arena.allocate(2L * values.length, 2);
    for (int i = 0; i < values.length; i++) {
      short upper = (short) (Float.floatToRawIntBits(values[i]) >>> 16);
      segment.setAtIndex(ValueLayout.JAVA_SHORT, i, upper);
    }
    return segment;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void matchesTheSumsInDoubles(Backend backend) {
    Gemm gemm = Gemm.of(backend);
    for (int[] s : SIZES) {
      for (int flags = 0; flags < 8; flags++) {
        boolean transA = (flags & 1) != 0;
        boolean transB = (flags & 2) != 0;
        boolean relu = (flags & 4) != 0;
        new Case(transA, transB, s[0], s[1], s[2], flags % 3, relu).check(gemm);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void isTheSameToTheBitHoweverManyThreadsWork(Backend backend) {
    Gemm gemm = Gemm.of(backend);
    for (int m : new int[] {1, 3, 40}) {
      for (boolean transB : new boolean[] {false, true}) {
        Case x = new Case(false, transB, m, 1100, 970, 1, true);
        float[][] results = new float[3][];
        try (Arena arena = Arena.ofConfined()) {
          results[2] = x.run(gemm, arena);
        }
        // Inside of a task a product gets no further threads.
        Workers.run(
            2,
            i -> {
              try (Arena arena = Arena.ofConfined()) {
                results[i] = x.run(gemm, arena);
              }
            });
        assertArrayEquals(results[2], results[0]);
        assertArrayEquals(results[2], results[1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void keepsInfinityAndWhatIsNotANumber(Backend backend) {
    Gemm gemm = Gemm.of(backend);
    int n = 40;
    int k = 45;
    for (int m : new int[] {1, 20}) {
      for (boolean transB : new boolean[] {false, true}) {
        float[] b = new float[n * k];
        Arrays.fill(b, 1);
        b[transB ? 3 * k + 20 : 20 * n + 3] = Float.POSITIVE_INFINITY;
        b[transB ? 39 * k + 44 : 44 * n + 39] = Float.NaN;
        float[] a = new float[m * k];
        Arrays.fill(a, 1);
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment c = arena.allocate(4L * m * n, 4);
          MemorySegment left = floats(arena, a);
          MemorySegment right = halves(arena, b);
          int ldb = transB ? k : n;
          gemm.bf16(false, transB, m, n, k, left, 0, k, right, 0, ldb, c, 0, n, Epilogue.NONE);
          for (int j = 0; j < n; j++) {
            float expected = j == 3 ? Float.POSITIVE_INFINITY : j == 39 ? Float.NaN : k;
            assertEquals(expected, c.getAtIndex(ValueLayout.JAVA_FLOAT, j));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void refusesMemoryThatIsTooShort(Backend backend) {
    Gemm gemm = Gemm.of(backend);
    for (int m : new int[] {1, 40}) {
      for (boolean transB : new boolean[] {false, true}) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment x = arena.allocate(4 * 40 * 40, 4);
          MemorySegment brief = arena.allocate(2 * 40 * 39, 4);
          MemorySegment full = arena.allocate(2 * 40 * 40, 4);
          MemorySegment out = arena.allocate(4L * m * 40 - 4, 4);
          assertThrows(
              IndexOutOfBoundsException.class,
              () ->
                  gemm.bf16(
                      false, transB, m, 40, 40, x, 0, 40, brief, 0, 40, x, 0, 40, Epilogue.NONE));
          assertThrows(
              IndexOutOfBoundsException.class,
              () ->
                  gemm.bf16(
                      false, transB, m, 40, 40, x, 0, 40, full, 0, 40, out, 0, 40, Epilogue.NONE));
        }
      }
    }
  }
}
