package dev.gatun.kernel;

import static dev.gatun.kernel.KernelSamples.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnaryKernelsTest {
  private static final List<DType> FLOATS = List.of(DType.F32, DType.F64);
  private static final List<DType> NUMBERS = List.of(DType.F32, DType.F64, DType.I32, DType.I64);

  record UnaryCase(
      String name,
      List<DType> dtypes,
      Function<DType, UnaryRow> table,
      DoubleUnaryOperator expected,
      double ulps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<UnaryCase> cases() {
    return Stream.of(basic(), MathCases.cases(), BendCases.cases()).flatMap(all -> all);
  }

  private static Stream<UnaryCase> basic() {
    return Stream.of(
        new UnaryCase("neg", NUMBERS, UnaryKernels::neg, x -> -x, 0),
        new UnaryCase("abs", NUMBERS, UnaryKernels::abs, Math::abs, 0),
        new UnaryCase("sign", NUMBERS, UnaryKernels::sign, x -> x > 0 ? 1 : x < 0 ? -1 : 0, 0),
        new UnaryCase("relu", NUMBERS, UnaryKernels::relu, x -> x <= 0 ? 0 : x, 0),
        new UnaryCase("exp", FLOATS, UnaryKernels::exp, Math::exp, 1),
        new UnaryCase("log", FLOATS, UnaryKernels::log, Math::log, 1),
        new UnaryCase("sqrt", FLOATS, UnaryKernels::sqrt, Math::sqrt, 0),
        new UnaryCase("sigmoid", FLOATS, UnaryKernels::sigmoid, F64Unary::sigmoid, 3),
        new UnaryCase("tanh", FLOATS, UnaryKernels::tanh, Math::tanh, 3),
        new UnaryCase("erf", FLOATS, UnaryKernels::erf, Erf::erf, 1),
        new UnaryCase("gelu", FLOATS, UnaryKernels::gelu, Erf::gelu, 8),
        new UnaryCase("reciprocal", FLOATS, UnaryKernels::reciprocal, x -> 1 / x, 0));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesRowsOfEveryStride(UnaryCase test) {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : test.dtypes()) {
        for (int n : KernelSamples.SIZES) {
          for (int[] strides : new int[][] {{1, 1}, {0, 1}, {2, 1}, {1, 3}}) {
            check(arena, test, dtype, n, strides);
          }
        }
      }
    }
  }

  private static void check(Arena arena, UnaryCase test, DType dtype, int n, int[] strides) {
    MemorySegment x =
        dtype.isFloating()
            ? KernelSamples.special(arena, dtype, 2 * n + 2)
            : KernelSamples.random(arena, dtype, 2 * n + 2);
    MemorySegment y = KernelSamples.empty(arena, dtype, 3 * n + 5);
    long bytes = dtype.byteSize();
    UnaryRow row = test.table().apply(dtype);
    row.apply(x, bytes, strides[0] * bytes, y, bytes, strides[1] * bytes, n);
    for (int i = 0; i < n; i++) {
      double value = get(dtype, x, 1 + (long) i * strides[0]);
      double expected = test.expected().applyAsDouble(value);
      double actual = get(dtype, y, 1 + (long) i * strides[1]);
      assertUlps(
          dtype,
          expected,
          actual,
          test.ulps() == 0 ? 0 : test.ulps() + 1,
          test + " of " + value + " in " + dtype);
    }
    assertEquals(0.0, get(dtype, y, 0), "element before the row");
    assertEquals(0.0, get(dtype, y, 1 + (long) Math.max(1, n) * strides[1]), "element behind");
  }

  private static void assertUlps(
      DType dtype, double expected, double actual, double ulps, String what) {
    if (dtype == DType.F32) {
      float e = (float) expected;
      assertEquals(e, actual, Float.isFinite(e) ? ulps * Math.ulp(e) : 0, what);
    } else {
      assertEquals(
          expected, actual, Double.isFinite(expected) ? ulps * Math.ulp(expected) : 0, what);
    }
  }

  @Test
  void evaluatesTheExponentialFunctionsOverTheWholeRange() {
    for (UnaryCase test : cases().filter(c -> c.ulps() > 0).toList()) {
      worst(test);
    }
  }

  /// Every float whose bits are a multiple of a prime: all exponents, subnormals, infinities, NaN.
  private static void worst(UnaryCase test) {
    int n = 4096;
    int step = 16_411;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = arena.allocate(n * 4L, 64);
      MemorySegment y = arena.allocate(n * 4L, 64);
      UnaryRow row = test.table().apply(DType.F32);
      for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += (long) n * step) {
        for (int i = 0; i < n; i++) {
          long b = Math.min(bits + (long) i * step, Integer.MAX_VALUE);
          Element.f32(x, i * 4L, Float.intBitsToFloat((int) b));
        }
        row.apply(x, 0, 4, y, 0, 4, n);
        for (int i = 0; i < n; i++) {
          checkUlps(test, Element.f32(x, i * 4L), Element.f32(y, i * 4L));
        }
      }
    }
  }

  private static void checkUlps(UnaryCase test, float x, float actual) {
    double expected = test.expected().applyAsDouble(x);
    if (!Float.isFinite((float) expected) || Double.isNaN(expected)) {
      assertEquals((float) expected, actual, test + " of " + x);
      return;
    }
    double error = Math.abs(actual - expected) / Math.ulp((float) expected);
    assertTrue(
        error <= test.ulps(), () -> test + " of " + x + " is off by " + error + " ulp: " + actual);
  }

  /// Every double whose bits are a multiple of a large number, against functions that may
  /// themselves be off by one ulp.
  @Test
  void evaluatesDoublesOverTheWholeRange() {
    int n = 4096;
    long step = (1L << 46) + 12_345_678_917L;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = KernelSamples.empty(arena, DType.F64, n);
      MemorySegment y = KernelSamples.empty(arena, DType.F64, n);
      for (UnaryCase test : cases().filter(c -> c.ulps() > 0).toList()) {
        UnaryRow row = test.table().apply(DType.F64);
        long bits = Long.MIN_VALUE;
        for (int block = 0; block < 64; block++) {
          for (int i = 0; i < n; i++) {
            Element.f64(x, i * 8L, Double.longBitsToDouble(bits += step));
          }
          row.apply(x, 0, 8, y, 0, 8, n);
          for (int i = 0; i < n; i++) {
            double value = Element.f64(x, i * 8L);
            double expected = test.expected().applyAsDouble(value);
            double actual = Element.f64(y, i * 8L);
            double ulps = test.ulps() + 1;
            assertUlps(DType.F64, expected, actual, ulps, test + " of " + value);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void approximatesGeluAndItsDerivatives(boolean tanh) {
    for (DType dtype : FLOATS) {
      double bound = dtype == DType.F32 ? 1e-6 : 1e-14;
      long bytes = dtype.byteSize();
      try (Arena arena = Arena.ofConfined()) {
        int n = 2003;
        MemorySegment x = KernelSamples.random(arena, dtype, n);
        MemorySegment g = KernelSamples.random(arena, dtype, n);
        MemorySegment y = KernelSamples.empty(arena, dtype, n);
        MemorySegment z = KernelSamples.empty(arena, dtype, n);
        UnaryRow row = tanh ? UnaryKernels.geluTanh(dtype) : UnaryKernels.gelu(dtype);
        BinaryRow back =
            tanh ? UnaryKernels.geluTanhGradient(dtype) : UnaryKernels.geluGradient(dtype);
        row.apply(x, 0, bytes, y, 0, bytes, n);
        back.apply(g, 0, bytes, x, 0, bytes, z, 0, bytes, n);
        for (int i = 0; i < n; i++) {
          double v = get(dtype, x, i);
          double u = Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v);
          double curve =
              tanh ? v / 2 * (1 + Math.tanh(u)) : v / 2 * (1 + Erf.erf(v / Math.sqrt(2)));
          assertEquals(curve, get(dtype, y, i), bound * Math.max(1, Math.abs(v)));
          double slope = tanh ? Erf.geluTanhSlope(v) : Erf.geluSlope(v);
          double weight = get(dtype, g, i);
          assertEquals(weight * slope, get(dtype, z, i), bound * Math.max(1, Math.abs(weight)));
        }
      }
    }
  }

  @Test
  void givesTheLimitsOfGeluAtInfinity() {
    double inf = Double.POSITIVE_INFINITY;
    for (DType dtype : FLOATS) {
      long bytes = dtype.byteSize();
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment x = KernelSamples.of(arena, dtype, inf, -inf);
        MemorySegment y = KernelSamples.empty(arena, dtype, 2);
        for (UnaryRow row : List.of(UnaryKernels.gelu(dtype), UnaryKernels.geluTanh(dtype))) {
          row.apply(x, 0, bytes, y, 0, bytes, 2);
          assertEquals(inf, get(dtype, y, 0));
          assertEquals(0, Math.abs(get(dtype, y, 1)));
        }
      }
    }
  }

  @Test
  void givesAnElementTheSameValueAtEveryPositionOfARow() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 67;
      MemorySegment x = KernelSamples.random(arena, DType.F32, n);
      MemorySegment whole = KernelSamples.empty(arena, DType.F32, n);
      MemorySegment parts = KernelSamples.empty(arena, DType.F32, n);
      for (UnaryCase test : cases().toList()) {
        UnaryRow row = test.table().apply(DType.F32);
        row.apply(x, 0, 4, whole, 0, 4, n);
        for (int i = 0; i < n; i += 5) {
          row.apply(x, i * 4L, 4, parts, i * 4L, 4, Math.min(5, n - i));
        }
        assertEquals(-1, whole.mismatch(parts), test.name());
      }
    }
  }

  @Test
  void writesOverTheOperand() {
    try (Arena arena = Arena.ofConfined()) {
      for (UnaryCase test : cases().toList()) {
        MemorySegment x = KernelSamples.random(arena, DType.F32, 67);
        MemorySegment y = KernelSamples.empty(arena, DType.F32, 67);
        UnaryRow row = test.table().apply(DType.F32);
        row.apply(x, 0, 4, y, 0, 4, 67);
        row.apply(x, 0, 4, x, 0, 4, 67);
        assertEquals(-1, y.mismatch(x), test.name());
      }
    }
  }
}
