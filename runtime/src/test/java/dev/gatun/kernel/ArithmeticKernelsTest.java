package dev.gatun.kernel;

import static dev.gatun.kernel.KernelSamples.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArithmeticKernelsTest {
  private static final List<DType> FLOATS = List.of(DType.F32, DType.F64);
  private static final List<DType> NUMBERS = List.of(DType.F32, DType.F64, DType.I32, DType.I64);

  record BinaryCase(
      String name,
      List<DType> dtypes,
      Function<DType, BinaryRow> table,
      DoubleBinaryOperator expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<BinaryCase> binaryCases() {
    return Stream.of(
        new BinaryCase("add", NUMBERS, ArithmeticKernels::add, (a, b) -> a + b),
        new BinaryCase("sub", NUMBERS, ArithmeticKernels::sub, (a, b) -> a - b),
        new BinaryCase("mul", NUMBERS, ArithmeticKernels::mul, (a, b) -> a * b),
        new BinaryCase("div", FLOATS, ArithmeticKernels::div, (a, b) -> a / b),
        new BinaryCase("pow", FLOATS, ArithmeticKernels::pow, F64Arithmetic::pow),
        new BinaryCase("maximum", NUMBERS, ArithmeticKernels::maximum, Math::max),
        new BinaryCase("minimum", NUMBERS, ArithmeticKernels::minimum, Math::min),
        new BinaryCase(
            "wherePositive", FLOATS, ArithmeticKernels::wherePositive, (a, b) -> b > 0 ? a : 0),
        new BinaryCase(
            "addScaled", NUMBERS, t -> ArithmeticKernels.addScaled(t, 3), (a, b) -> a + 3 * b));
  }

  @ParameterizedTest
  @MethodSource("binaryCases")
  void computesRowsOfEveryStride(BinaryCase test) {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : test.dtypes()) {
        for (int n : KernelSamples.SIZES) {
          checkStrides(arena, test, dtype, n);
        }
      }
    }
  }

  private static void checkStrides(Arena arena, BinaryCase test, DType dtype, int n) {
    int[][] strides = {{1, 1, 1}, {1, 0, 1}, {0, 1, 1}, {0, 0, 1}, {2, 1, 1}, {1, 3, 2}};
    MemorySegment a = sample(arena, dtype, 3 * n + 4);
    MemorySegment b = sample(arena, dtype, 3 * n + 4);
    BinaryRow row = test.table().apply(dtype);
    int bytes = dtype.byteSize();
    for (int[] s : strides) {
      MemorySegment y = KernelSamples.empty(arena, dtype, 2 * n + 4);
      row.apply(
          a,
          bytes,
          (long) s[0] * bytes,
          b,
          2L * bytes,
          (long) s[1] * bytes,
          y,
          bytes,
          (long) s[2] * bytes,
          n);
      for (int i = 0; i < n; i++) {
        double av = get(dtype, a, 1 + (long) i * s[0]);
        double bv = get(dtype, b, 2 + (long) i * s[1]);
        double expected = rounded(dtype, test.expected().applyAsDouble(av, bv));
        double actual = get(dtype, y, 1 + (long) i * s[2]);
        double tolerance =
            switch (test.name()) {
              case "addScaled" -> 1e-6 * (Math.abs(av) + 3 * Math.abs(bv));
              case "pow" -> 2 * ulp(dtype, expected);
              default -> 0;
            };
        if (Double.isFinite(tolerance)) {
          assertEquals(
              expected,
              actual,
              tolerance,
              () -> test + " of " + av + " and " + bv + " in " + dtype);
        }
      }
      assertEquals(0.0, get(dtype, y, 0), "element before the row");
      assertEquals(0.0, get(dtype, y, 1 + (long) Math.max(1, n) * s[2]), "element behind the row");
    }
  }

  private static MemorySegment sample(Arena arena, DType dtype, long n) {
    return dtype.isFloating()
        ? KernelSamples.special(arena, dtype, n)
        : KernelSamples.random(arena, dtype, n);
  }

  private static double ulp(DType dtype, double value) {
    double ulp = dtype == DType.F32 ? Math.ulp((float) value) : Math.ulp(value);
    return Double.isFinite(ulp) ? ulp : 0;
  }

  private static double rounded(DType dtype, double value) {
    return dtype == DType.F32 ? (float) value : value;
  }

  @ParameterizedTest
  @MethodSource("binaryCases")
  void writesOverAnOperand(BinaryCase test) {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : test.dtypes()) {
        int n = 1000;
        int bytes = dtype.byteSize();
        MemorySegment a = KernelSamples.random(arena, dtype, n);
        MemorySegment b = KernelSamples.random(arena, dtype, n);
        MemorySegment y = KernelSamples.empty(arena, dtype, n);
        BinaryRow row = test.table().apply(dtype);
        row.apply(a, 0, bytes, b, 0, bytes, y, 0, bytes, n);
        MemorySegment left = KernelSamples.copy(arena, a);
        row.apply(left, 0, bytes, b, 0, bytes, left, 0, bytes, n);
        assertEquals(-1, y.mismatch(left));
        row.apply(a, 0, bytes, b, 0, bytes, b, 0, bytes, n);
        assertEquals(-1, y.mismatch(b));
      }
    }
  }

  @Test
  void scalesAndAddsScalarsAndProducts() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : NUMBERS) {
        for (int n : KernelSamples.SIZES) {
          MemorySegment a = KernelSamples.random(arena, dtype, n);
          MemorySegment b = KernelSamples.random(arena, dtype, n);
          MemorySegment c = KernelSamples.random(arena, dtype, n);
          MemorySegment y = KernelSamples.empty(arena, dtype, n);
          int s = dtype.byteSize();
          for (int i = 0; i < n; i++) {
            if (get(dtype, c, i) == 0) {
              Element.store(dtype, c, (long) i * s, 1);
            }
          }
          ArithmeticKernels.addScalar(dtype, 3).apply(a, 0, s, y, 0, s, n);
          check(dtype, y, n, i -> get(dtype, a, i) + 3);
          ArithmeticKernels.mulScalar(dtype, -2).apply(a, 0, s, y, 0, s, n);
          check(dtype, y, n, i -> get(dtype, a, i) * -2);
          ArithmeticKernels.addcmul(dtype, 2).apply(a, 0, s, b, 0, s, c, 0, s, y, 0, s, n);
          check(dtype, y, n, i -> get(dtype, a, i) + 2 * get(dtype, b, i) * get(dtype, c, i));
          if (dtype.isFloating()) {
            ArithmeticKernels.addcdiv(dtype, 2).apply(a, 0, s, b, 0, s, c, 0, s, y, 0, s, n);
            check(dtype, y, n, i -> get(dtype, a, i) + 2 * get(dtype, b, i) / get(dtype, c, i));
            ArithmeticKernels.powScalar(dtype, 2).apply(a, 0, s, y, 0, s, n);
            check(dtype, y, n, i -> Math.pow(get(dtype, a, i), 2));
            ArithmeticKernels.powScalar(dtype, 3).apply(a, 0, s, y, 0, s, n);
            check(dtype, y, n, i -> Math.pow(get(dtype, a, i), 3));
          }
        }
      }
    }
  }

  private static void check(DType dtype, MemorySegment y, int n, IntToDoubleFunction expected) {
    double tolerance = dtype == DType.F32 ? 2e-6 : 1e-14;
    for (int i = 0; i < n; i++) {
      double e = expected.applyAsDouble(i);
      assertEquals(
          e, get(dtype, y, i), dtype.isFloating() ? tolerance * (30 + 9 * Math.abs(e)) : 0);
    }
  }

  @Test
  void takesTheSquareRootForAPowerOfOneHalf() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = KernelSamples.of(arena, DType.F64, 4, Double.NEGATIVE_INFINITY, 2);
      ArithmeticKernels.powScalar(DType.F64, 0.5).apply(x, 0, 8, x, 0, 8, 3);
      assertEquals(2, get(DType.F64, x, 0));
      assertEquals(Double.NaN, get(DType.F64, x, 1));
      assertEquals(Math.sqrt(2), get(DType.F64, x, 2));
    }
  }

  @Test
  void namesADtypeThatIsNotSupported() {
    Throwable e =
        assertThrows(
            IllegalArgumentException.class, () -> ArithmeticKernels.div(DType.I32).hashCode());
    assertEquals("div: dtype is not supported: I32", e.getMessage());
  }
}
