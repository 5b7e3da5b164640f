package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Powers beside those of [Math], which are within 1 ulp.
final class PowerKernelsTest {
  private static final int N = 1 << 16;

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    2,
    -2,
    3,
    -3,
    0.5,
    -0.5,
    2.5,
    -2.5,
    53,
    1023,
    1e15 + 1,
    1e16 + 2,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    1e-40,
    -1e-310,
    1e300,
    -1e30
  };

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void raisesToPowers(DType dtype) {
    Random random = new Random(Long.getLong("tests.seed", 42));
    int bytes = dtype.byteSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = KernelSamples.empty(arena, dtype, N);
      MemorySegment b = KernelSamples.empty(arena, dtype, N);
      MemorySegment y = KernelSamples.empty(arena, dtype, N);
      for (int i = 0; i < N; i++) {
        double[] pair = sample(random, i % 5);
        Element.store(dtype, a, (long) i * bytes, pair[0]);
        Element.store(dtype, b, (long) i * bytes, pair[1]);
      }
      ArithmeticKernels.pow(dtype).apply(a, 0, bytes, b, 0, bytes, y, 0, bytes, N);
      for (int i = 0; i < N; i++) {
        double base = KernelSamples.get(dtype, a, i);
        double exponent = KernelSamples.get(dtype, b, i);
        check(dtype, base, exponent, KernelSamples.get(dtype, y, i), 2);
      }
    }
  }

  private static double[] sample(Random random, int kind) {
    return switch (kind) {
      case 0 ->
          new double[] {
            SPECIAL[random.nextInt(SPECIAL.length)], SPECIAL[random.nextInt(SPECIAL.length)]
          };
      case 1 -> new double[] {random.nextInt(-20, 20), random.nextInt(20)};
      case 2 -> new double[] {10 * random.nextDouble(), 10 * random.nextGaussian()};
      case 3 -> new double[] {Math.exp(30 * random.nextGaussian()), 10 * random.nextGaussian()};
      default -> new double[] {1 + 1e-4 * random.nextGaussian(), 3e6 * random.nextGaussian()};
    };
  }

  /// Whole results are exact, others within some ulp.
  private static void check(DType dtype, double a, double b, double actual, double bound) {
    double expected = F64Arithmetic.pow(a, b);
    double rounded = dtype == DType.F32 ? (float) expected : expected;
    boolean whole = rounded == Math.rint(rounded) && Math.abs(rounded) < 1 << 24;
    if (!Double.isFinite(rounded) || (whole && a == Math.rint(a))) {
      assertEquals(rounded, actual, () -> "%s to the power %s in %s".formatted(a, b, dtype));
      return;
    }
    double ulp = dtype == DType.F32 ? Math.ulp((float) expected) : Math.ulp(expected);
    double error = Math.abs(actual - expected) / ulp;
    assertTrue(
        error <= bound,
        () ->
            "%s to the power %s in %s is %s, off by %s ulp".formatted(a, b, dtype, actual, error));
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void raisesToOnePower(DType dtype) {
    int bytes = dtype.byteSize();
    try (Arena arena = Arena.ofConfined()) {
      int n = 1003;
      MemorySegment x = KernelSamples.random(arena, dtype, n);
      MemorySegment y = KernelSamples.empty(arena, dtype, n);
      for (double exponent : new double[] {0, 1, 2, 3, 4, 5, -1, -2, 1.5, -0.25, 1e9}) {
        ArithmeticKernels.powScalar(dtype, exponent).apply(x, 0, bytes, y, 0, bytes, n);
        for (int i = 0; i < n; i++) {
          double v = KernelSamples.get(dtype, x, i);
          check(dtype, v, exponent, KernelSamples.get(dtype, y, i), 3);
        }
      }
    }
  }

  /// As PyTorch does, which takes roots here: `pow` in C gives 0 and infinity.
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void takesRootsForHalfPowers(DType dtype) {
    int bytes = dtype.byteSize();
    double inf = Double.POSITIVE_INFINITY;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = KernelSamples.of(arena, dtype, -0.0, -inf, 4);
      MemorySegment y = KernelSamples.empty(arena, dtype, 3);
      ArithmeticKernels.powScalar(dtype, 0.5).apply(x, 0, bytes, y, 0, bytes, 3);
      assertEquals(-0.0, KernelSamples.get(dtype, y, 0));
      assertEquals(Double.NaN, KernelSamples.get(dtype, y, 1));
      assertEquals(2, KernelSamples.get(dtype, y, 2));
      ArithmeticKernels.powScalar(dtype, -0.5).apply(x, 0, bytes, y, 0, bytes, 3);
      assertEquals(-inf, KernelSamples.get(dtype, y, 0));
      assertEquals(Double.NaN, KernelSamples.get(dtype, y, 1));
      assertEquals(0.5, KernelSamples.get(dtype, y, 2));
    }
  }
}
