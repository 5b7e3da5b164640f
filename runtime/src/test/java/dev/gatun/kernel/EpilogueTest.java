package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.backend.Backend;
import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EpilogueTest {
  private static final double UNTOUCHED = -77;
  private static final int PAD = 3;

  static Stream<Arguments> all() {
    return TestedBackends.list().stream()
        .flatMap(backend ->
            Stream.of(DType.F32, DType.F64)
                .flatMap(dtype ->
                    Stream.of(Activation.values())
                        .map(activation -> Arguments.of(backend, dtype, activation))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void followsTheProduct(Backend backend, DType dtype, Activation activation) {
    Gemm gemm = Gemm.of(backend);
    int[][] sizes = {
      {0, 3, 2},
      {2, 3, 0},
      {1, 1, 1},
      {2, 5, 4},
      {1, 10, 128},
      {2, 256, 20},
      {16, 16, 16},
      {33, 97, 31},
      {64, 10, 128},
      {7, 600, 140},
      {301, 130, 260},
      {60, 530, 270}
    };
    int turn = 0;
    for (int[] s : sizes) {
      for (boolean biased : new boolean[] {true, false}) {
        check(gemm, dtype, activation, biased, s[0], s[1], s[2], turn++);
      }
    }
  }

  private static void check(
      Gemm gemm,
      DType dtype,
      Activation activation,
      boolean biased,
      int m,
      int n,
      int k,
      int turn) {
    boolean transB = turn % 4 < 2;
    int gap = turn % 3;
    double beta = turn % 5 == 4 ? 0.5 : 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = random(arena, dtype, m * k, 1);
      MemorySegment b = random(arena, dtype, k * n, 2);
      MemorySegment bias = random(arena, dtype, n + PAD, 3);
      MemorySegment plain = filled(arena, dtype, m * (n + gap));
      MemorySegment c = filled(arena, dtype, m * (n + gap));
      Epilogue epilogue = new Epilogue(biased ? bias : null, biased ? PAD : 0, activation);
      long ldb = Math.max(1, transB ? k : n);
      long lda = Math.max(1, k);
      gemm.gemm(dtype, false, transB, m, n, k, 1, a, 0, lda, b, 0, ldb, beta, plain, 0, n + gap);
      gemm.gemm(
          dtype, false, transB, m, n, k, 1, a, 0, lda, b, 0, ldb, beta, c, 0, n + gap, epilogue);
      double ulp = dtype == DType.F32 ? 0x1p-23 : 0x1p-52;
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n + gap; j++) {
          int at = i * (n + gap) + j;
          double sum = get(plain, dtype, at);
          double expected = UNTOUCHED;
          if (j < n) {
            expected = act(activation, biased ? sum + get(bias, dtype, PAD + j) : sum);
          }
          double tolerance =
              j < n ? (activation == Activation.GELU ? 64 : 8) * ulp * (1 + Math.abs(sum)) : 0;
          assertEquals(expected, get(c, dtype, at), tolerance, () -> activation + " of " + sum);
        }
      }
    }
  }

  private static double act(Activation activation, double x) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> Math.max(x, 0);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      case GELU -> x * normal(x);
    };
  }

  /// The series of the distribution function whose terms all have one sign.
  private static double normal(double x) {
    if (Math.abs(x) > 10) {
      return x > 0 ? 1 : 0;
    }
    double term = x;
    double sum = x;
    for (int n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
      term *= x * x / n;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isTheSameToTheBitHoweverManyThreadsWork(
      Backend backend, DType dtype, Activation activation) {
    Gemm gemm = Gemm.of(backend);
    int m = 263;
    int n = 331;
    int k = 97;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment a = random(arena, dtype, m * k, 1);
      MemorySegment b = random(arena, dtype, k * n, 2);
      Epilogue epilogue = new Epilogue(random(arena, dtype, n, 3), 0, activation);
      byte[][] results = new byte[3][];
      results[2] = run(gemm, dtype, m, n, k, a, b, epilogue);
      // Inside of a task a product gets no further threads.
      Workers.run(2, i -> results[i] = run(gemm, dtype, m, n, k, a, b, epilogue));
      assertArrayEquals(results[2], results[0]);
      assertArrayEquals(results[2], results[1]);
    }
  }

  private static byte[] run(
      Gemm gemm,
      DType dtype,
      int m,
      int n,
      int k,
      MemorySegment a,
      MemorySegment b,
      Epilogue epilogue) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment c = filled(arena, dtype, m * n);
      gemm.gemm(dtype, false, false, m, n, k, 1, a, 0, k, b, 0, n, 0, c, 0, n, epilogue);
      return c.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void keepsWhatIsNotANumber(Backend backend, DType dtype, Activation activation) {
    Gemm gemm = Gemm.of(backend);
    for (int n : new int[] {3, 40}) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment a = random(arena, dtype, n * n, 1);
        MemorySegment bias = random(arena, dtype, n, 3);
        set(bias, dtype, n - 1, Double.NaN);
        MemorySegment c = filled(arena, dtype, n * n);
        Epilogue epilogue = new Epilogue(bias, 0, activation);
        gemm.gemm(dtype, false, false, n, n, n, 1, a, 0, n, a, 0, n, 0, c, 0, n, epilogue);
        assertEquals(Double.NaN, get(c, dtype, n - 1));
        assertEquals(Double.NaN, get(c, dtype, n * n - 1));
        assertEquals(get(c, dtype, 0), get(c, dtype, 0), 0);
      }
    }
  }

  private static MemorySegment filled(Arena arena, DType dtype, int elements) {
    MemorySegment segment = arena.allocate((long) elements * dtype.byteSize(), 8);
    for (int i = 0; i < elements; i++) {
      set(segment, dtype, i, UNTOUCHED);
    }
    return segment;
  }

  private static MemorySegment random(Arena arena, DType dtype, int elements, int seed) {
    MemorySegment segment = arena.allocate((long) elements * dtype.byteSize(), 8);
    Random random = new Random(seed);
    for (int i = 0; i < elements; i++) {
      set(segment, dtype, i, (float) (random.nextDouble() - 0.5));
    }
    return segment;
  }

  private static double get(MemorySegment segment, DType dtype, int i) {
    return dtype == DType.F32
        ? segment.getAtIndex(ValueLayout.JAVA_FLOAT, i)
        : segment.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
  }

  private static void set(MemorySegment segment, DType dtype, int i, double value) {
    if (dtype == DType.F32) {
      segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
    } else {
      segment.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
    }
  }
}
