package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.UnaryKernelsTest.UnaryCase;
import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How exact the functions are where the work is: around 0 and 1, over all magnitudes, and at
/// angles next to multiples of pi/2. That they are over the whole range is [UnaryKernelsTest]'s.
final class MathKernelsTest {
  private static final int N = 1 << 16;

  static Stream<UnaryCase> cases() {
    return MathCases.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void staysWithinItsErrorWhereTheWorkIs(UnaryCase test) {
    for (DType dtype : test.dtypes()) {
      Random random = new Random(Long.getLong("tests.seed", 42));
      // Beside doubles stands a reference that may itself be off by an ulp.
      double bound = test.ulps() + (dtype == DType.F64 && test.ulps() > 0 ? 1 : 0);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment x = KernelSamples.empty(arena, dtype, N);
        MemorySegment y = KernelSamples.empty(arena, dtype, N);
        int bytes = dtype.byteSize();
        for (int i = 0; i < N; i++) {
          Element.store(dtype, x, (long) i * bytes, sample(random, i % 5));
        }
        test.table().apply(dtype).apply(x, 0, bytes, y, 0, bytes, N);
        for (int i = 0; i < N; i++) {
          double v = KernelSamples.get(dtype, x, i);
          check(test, dtype, v, KernelSamples.get(dtype, y, i), bound);
        }
      }
    }
  }

  private static double sample(Random random, int kind) {
    double sign = random.nextBoolean() ? 1 : -1;
    return switch (kind) {
      case 0 -> sign * random.nextDouble();
      case 1 -> 5 * random.nextGaussian();
      case 2 -> sign * Math.exp(20 * random.nextGaussian());
      case 3 -> sign * random.nextInt(1 << 21) * Math.PI / 2;
      default -> 1 + random.nextGaussian() * Math.exp(-30 * random.nextDouble());
    };
  }

  private static void check(UnaryCase test, DType dtype, double x, double actual, double bound) {
    double expected = test.expected().applyAsDouble(x);
    boolean single = dtype == DType.F32;
    double rounded = single ? (float) expected : expected;
    if (!Double.isFinite(rounded)) {
      assertEquals(rounded, actual, () -> test + " of " + x + " in " + dtype);
      return;
    }
    double ulp = single ? Math.ulp((float) expected) : Math.ulp(expected);
    double error = Math.abs(actual - (bound == 0 ? rounded : expected)) / ulp;
    assertTrue(
        error <= bound,
        () -> "%s of %s in %s is %s, off by %s ulp".formatted(test, x, dtype, actual, error));
  }

  /// Beyond the range of the reduction each angle is computed on its own; its neighbours are not.
  @Test
  void computesFarAnglesAmongNearOnes() {
    double[] angles = {1, 1e30, -2, -0.0, 3e8, 1e22, 0.5, -1e300, 1e10, 2e5, 99_999, 123_456};
    for (UnaryCase test : cases().filter(c -> c.name().matches("sin|cos|tan")).toList()) {
      for (DType dtype : test.dtypes()) {
        try (Arena arena = Arena.ofConfined()) {
          int n = 5 * angles.length;
          int bytes = dtype.byteSize();
          MemorySegment x = KernelSamples.empty(arena, dtype, n);
          for (int i = 0; i < n; i++) {
            Element.store(dtype, x, (long) i * bytes, angles[i % angles.length]);
          }
          MemorySegment y = KernelSamples.copy(arena, x);
          test.table().apply(dtype).apply(y, 0, bytes, y, 0, bytes, n);
          for (int i = 0; i < n; i++) {
            double v = KernelSamples.get(dtype, x, i);
            check(test, dtype, v, KernelSamples.get(dtype, y, i), test.ulps() + 1);
          }
        }
      }
    }
  }

  @Test
  void givesWholeLogarithmsOfPowers() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : new DType[] {DType.F32, DType.F64}) {
        int bytes = dtype.byteSize();
        double[] tens = {1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};
        double[] twos = {0x1p-20, 0.5, 1, 2, 4, 0x1p10, 0x1p30, 0x1p100, 0x1p-100, 8, 0x1p127};
        MemorySegment y = KernelSamples.empty(arena, dtype, 11);
        MemorySegment x = KernelSamples.of(arena, dtype, tens);
        ExponentialKernels.log10(dtype).apply(x, 0, bytes, y, 0, bytes, 11);
        for (int i = 0; i < 11; i++) {
          assertEquals(i, KernelSamples.get(dtype, y, i));
        }
        x = KernelSamples.of(arena, dtype, twos);
        ExponentialKernels.log2(dtype).apply(x, 0, bytes, y, 0, bytes, 11);
        ExponentialKernels.exp2(dtype).apply(y, 0, bytes, y, 0, bytes, 11);
        assertEquals(-1, x.mismatch(y.asSlice(0, x.byteSize())));
      }
    }
  }
}
