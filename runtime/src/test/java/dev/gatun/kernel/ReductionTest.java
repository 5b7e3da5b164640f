package dev.gatun.kernel;

import static dev.gatun.kernel.KernelSamples.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ReductionTest {
  private static final List<DType> NUMBERS = List.of(DType.F32, DType.F64, DType.I32, DType.I64);

  @FunctionalInterface
  interface Kernel {
    void run(
        DType dtype,
        long[] shape,
        int reducedDims,
        MemorySegment x,
        long xOffset,
        long[] xStrides,
        MemorySegment y,
        long yOffset);
  }

  /// A shape as the kernel sees it, with its element strides; the last dims are reduced.
  @SuppressWarnings("ArrayRecordComponent")
  record View(String name, long[] shape, int reduced, long[] strides) {
    long elements() {
      long last = 1;
      for (int d = 0; d < shape.length; d++) {
        last += Math.max(0, shape[d] - 1) * strides[d];
      }
      return last;
    }

    long kept() {
      return product(0, shape.length - reduced);
    }

    long behind() {
      return product(shape.length - reduced, shape.length);
    }

    private long product(int from, int to) {
      return Arrays.stream(shape, from, to).reduce(1, (a, b) -> a * b);
    }

    long offset(long output, long position) {
      long offset = 0;
      long rest = output * behind() + position;
      for (int d = shape.length - 1; d >= 0; d--) {
        offset += rest % shape[d] * strides[d];
        rest /= shape[d];
      }
      return offset;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<View> views() {
    return Stream.of(
        new View("all of a vector", new long[] {1000}, 1, new long[] {1}),
        new View("all of a large vector", new long[] {70_001}, 1, new long[] {1}),
        new View("one element", new long[] {}, 0, new long[] {}),
        new View("rows", new long[] {7, 67}, 1, new long[] {67, 1}),
        new View("many short rows", new long[] {23_000, 3}, 1, new long[] {3, 1}),
        new View("a few long rows", new long[] {2, 66_000}, 1, new long[] {66_000, 1}),
        new View("columns", new long[] {67, 9}, 1, new long[] {1, 67}),
        new View("few columns of many rows", new long[] {5, 14_000}, 1, new long[] {1, 5}),
        new View("many columns", new long[] {1100, 50}, 1, new long[] {1, 1200}),
        new View("columns of no rows", new long[] {4, 0}, 1, new long[] {1, 4}),
        new View("no columns", new long[] {0, 4}, 1, new long[] {1, 4}),
        new View("outer and inner dims", new long[] {5, 4, 6}, 2, new long[] {6, 30, 1}),
        new View("gaps", new long[] {3, 5, 7}, 2, new long[] {200, 30, 2}),
        new View("transposed", new long[] {40, 50}, 2, new long[] {1, 40}),
        new View("large and transposed", new long[] {260, 261}, 2, new long[] {1, 260}),
        new View("broadcast", new long[] {4, 5, 6}, 2, new long[] {1, 0, 4}),
        new View("no reduced dims", new long[] {4, 5}, 0, new long[] {5, 1}));
  }

  @ParameterizedTest
  @MethodSource("views")
  void agreesWithAPlainLoop(View view) {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : NUMBERS) {
        MemorySegment x = KernelSamples.random(arena, dtype, view.elements() + 1);
        check(arena, view, dtype, x, Reduction::sum, "sum");
        if (view.behind() > 0) {
          check(arena, view, dtype, x, Reduction::max, "max");
          check(arena, view, dtype, x, Reduction::min, "min");
          checkPositions(arena, view, dtype, x);
        }
      }
    }
  }

  private static void check(
      Arena arena, View view, DType dtype, MemorySegment x, Kernel kernel, String name) {
    MemorySegment y = KernelSamples.empty(arena, dtype, view.kept() + 2);
    kernel.run(dtype, view.shape(), view.reduced(), x, 1, view.strides(), y, 1);
    for (long o = 0; o < view.kept(); o++) {
      double expected = plain(view, dtype, x, o, name);
      double tolerance = dtype == DType.F32 ? 1e-6 * (1 + Math.abs(expected)) : 1e-9;
      assertEquals(expected, get(dtype, y, 1 + o), tolerance, name + " of " + dtype);
    }
    assertEquals(0.0, get(dtype, y, 0), "element before the result");
    assertEquals(0.0, get(dtype, y, 1 + view.kept()), "element behind the result");
  }

  private static double plain(View view, DType dtype, MemorySegment x, long output, String name) {
    double result = name.equals("sum") ? 0 : get(dtype, x, 1 + view.offset(output, 0));
    for (long i = 0; i < view.behind(); i++) {
      double v = get(dtype, x, 1 + view.offset(output, i));
      result =
          switch (name) {
            case "sum" -> result + v;
            case "max" -> Math.max(result, v);
            default -> Math.min(result, v);
          };
    }
    return result;
  }

  private static void checkPositions(Arena arena, View view, DType dtype, MemorySegment x) {
    MemorySegment y = KernelSamples.empty(arena, DType.I64, view.kept() + 1);
    Reduction.argmax(dtype, view.shape(), view.reduced(), x, 1, view.strides(), y, 1);
    checkFirst(view, dtype, x, y, plainPosition(1));
    Reduction.argmin(dtype, view.shape(), view.reduced(), x, 1, view.strides(), y, 1);
    checkFirst(view, dtype, x, y, plainPosition(-1));
  }

  @FunctionalInterface
  private interface Position {
    long of(View view, DType dtype, MemorySegment x, long output);
  }

  private static Position plainPosition(int sign) {
    return (view, dtype, x, output) -> {
      long best = 0;
      for (long i = 1; i < view.behind(); i++) {
        double v = sign * get(dtype, x, 1 + view.offset(output, i));
        if (v > sign * get(dtype, x, 1 + view.offset(output, best))) {
          best = i;
        }
      }
      return best;
    };
  }

  private static void checkFirst(
      View view, DType dtype, MemorySegment x, MemorySegment y, Position expected) {
    for (long o = 0; o < view.kept(); o++) {
      assertEquals(expected.of(view, dtype, x, o), Element.i64(y, (1 + o) * 8), view.name());
    }
  }

  @Test
  void multiplies() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : NUMBERS) {
        MemorySegment x = KernelSamples.of(arena, dtype, 1, 2, 3, -4, 5, 6);
        MemorySegment y = KernelSamples.empty(arena, dtype, 2);
        Reduction.prod(dtype, new long[] {2, 3}, 1, x, 0, new long[] {3, 1}, y, 0);
        assertEquals(6, get(dtype, y, 0));
        assertEquals(-120, get(dtype, y, 1));
        Reduction.prod(dtype, new long[] {1, 0}, 1, x, 0, new long[] {1, 1}, y, 0);
        assertEquals(1, get(dtype, y, 0));
      }
    }
  }

  @Test
  void findsANanWhereverItIs() {
    try (Arena arena = Arena.ofConfined()) {
      for (DType dtype : List.of(DType.F32, DType.F64)) {
        for (int n : new int[] {1, 5, 64, 100, 70_000}) {
          for (int at : new int[] {0, n / 2, n - 1}) {
            MemorySegment x = KernelSamples.random(arena, dtype, n);
            Element.store(dtype, x, (long) at * dtype.byteSize(), Double.NaN);
            long[] shape = {n};
            long[] strides = {1};
            MemorySegment y = KernelSamples.empty(arena, DType.I64, 1);
            for (Kernel kernel : List.<Kernel>of(Reduction::max, Reduction::min, Reduction::sum)) {
              kernel.run(dtype, shape, 1, x, 0, strides, y, 0);
              assertEquals(Double.NaN, get(dtype, y, 0));
            }
            Reduction.argmax(dtype, shape, 1, x, 0, strides, y, 0);
            assertEquals(at, Element.i64(y, 0));
            Reduction.argmin(dtype, shape, 1, x, 0, strides, y, 0);
            assertEquals(at, Element.i64(y, 0));
          }
        }
      }
    }
  }

  @Test
  void addsManySmallFloatsWithoutLosingThem() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 1_000_000;
      MemorySegment x = KernelSamples.empty(arena, DType.F32, n);
      CopyKernels.fill(DType.F32, x, 0, 4, n, 0.1);
      Element.f32(x, 0, 1e7f);
      MemorySegment y = KernelSamples.empty(arena, DType.F32, 1);
      Reduction.sum(DType.F32, new long[] {n}, 1, x, 0, new long[] {1}, y, 0);
      assertEquals((float) (1e7 + (n - 1) * (double) 0.1f), Element.f32(y, 0));
      Reduction.sum(DType.F32, new long[] {1, n}, 1, x, 0, new long[] {1, 1}, y, 0);
      assertEquals((float) (1e7 + (n - 1) * (double) 0.1f), Element.f32(y, 0));
    }
  }

  @Test
  void wrapsIntegerSums() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = KernelSamples.of(arena, DType.I32, Integer.MAX_VALUE, 1);
      MemorySegment y = KernelSamples.empty(arena, DType.I32, 1);
      Reduction.sum(DType.I32, new long[] {2}, 1, x, 0, new long[] {1}, y, 0);
      assertEquals(Integer.MIN_VALUE, Element.i32(y, 0));
    }
  }
}
