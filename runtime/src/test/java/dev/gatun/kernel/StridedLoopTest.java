package dev.gatun.kernel;

import static dev.gatun.kernel.KernelSamples.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StridedLoopTest {
  /// One shape with the strides of two operands and a result, in elements.
  @SuppressWarnings("ArrayRecordComponent")
  record Layout(String name, long[] shape, long[] a, long[] b, long[] y) {
    long offset(long[] strides, long position) {
      long offset = 0;
      for (int d = shape.length - 1; d >= 0; d--) {
        offset += position % shape[d] * strides[d];
        position /= shape[d];
      }
      return offset;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Layout> layouts() {
    return Stream.of(
        layout("scalar", longs(), longs(), longs(), longs()),
        layout("empty", longs(3, 0, 2), longs(0, 2, 1), longs(0, 2, 1), longs(0, 2, 1)),
        layout("vector", longs(35), longs(1), longs(1), longs(1)),
        layout("contiguous", longs(3, 5, 7), longs(35, 7, 1), longs(35, 7, 1), longs(35, 7, 1)),
        layout("bias", longs(6, 33), longs(33, 1), longs(0, 1), longs(33, 1)),
        layout("column", longs(6, 33), longs(33, 1), longs(1, 0), longs(33, 1)),
        layout("outer", longs(6, 33), longs(1, 0), longs(0, 1), longs(33, 1)),
        layout("all equal", longs(6, 33), longs(0, 0), longs(33, 1), longs(33, 1)),
        layout("transposed", longs(40, 50), longs(1, 40), longs(50, 1), longs(50, 1)),
        layout("result transposed", longs(40, 50), longs(50, 1), longs(50, 1), longs(1, 40)),
        layout("all transposed", longs(40, 50), longs(1, 40), longs(1, 40), longs(1, 40)),
        layout("gaps", longs(3, 4, 5), longs(60, 13, 2), longs(20, 5, 1), longs(100, 20, 3)),
        layout("ones", longs(1, 4, 1, 5), longs(9, 5, 7, 1), longs(0, 0, 0, 1), longs(1, 5, 3, 1)),
        layout("permuted", longs(4, 5, 6), longs(6, 24, 1), longs(1, 4, 20), longs(30, 6, 1)),
        layout("long row", longs(1, 200_003), longs(0, 1), longs(0, 1), longs(0, 1)),
        layout("large", longs(300, 301), longs(301, 1), longs(0, 1), longs(301, 1)),
        layout("large transposed", longs(300, 301), longs(1, 300), longs(301, 1), longs(301, 1)),
        layout("both transposed", longs(70, 150), longs(1, 70), longs(1, 70), longs(150, 1)),
        layout(
            "planes", longs(9, 40, 150), longs(6000, 1, 40), longs(0, 1, 0), longs(6000, 150, 1)),
        layout(
            "two other dims",
            longs(12, 40, 50),
            longs(1, 12, 480),
            longs(2000, 1, 40),
            longs(2000, 50, 1)),
        layout("many rows", longs(50_000, 3), longs(4, 1), longs(0, 1), longs(3, 1)),
        layout("long rows", longs(2, 70_001), longs(70_002, 1), longs(0, 1), longs(70_003, 1)));
  }

  private static Layout layout(String name, long[] shape, long[] a, long[] b, long[] y) {
    return new Layout(name, shape, a, b, y);
  }

  private static long[] longs(long... values) {
    return values;
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void visitsEveryElementOnce(Layout layout) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = KernelSamples.random(arena, DType.F32, extent(layout, layout.a()) + 1);
      MemorySegment b = KernelSamples.random(arena, DType.F64, extent(layout, layout.b()) + 2);
      MemorySegment af = KernelSamples.copy(arena, a);
      long n = StridedLoop.product(layout.shape());
      MemorySegment y = KernelSamples.empty(arena, DType.F32, extent(layout, layout.y()) + 3);
      StridedLoop.unary(
          UnaryKernels.neg(DType.F32), layout.shape(), a, 1, layout.a(), 4, y, 3, layout.y(), 4);
      for (long i = 0; i < n; i++) {
        double expected = -get(DType.F32, a, 1 + layout.offset(layout.a(), i));
        assertEquals(expected, get(DType.F32, y, 3 + layout.offset(layout.y(), i)));
      }
      BinaryRow addMixed =
          (x, xo, xs, z, zo, zs, r, ro, rs, m) -> {
            for (long i = 0; i < m; i++) {
              long at = ro + i * rs;
              double sum = Element.f32(x, xo + i * xs) + Element.f64(z, zo + i * zs);
              // Adding to what is there shows an element that is visited twice.
              Element.f32(r, at, (float) (Element.f32(r, at) + sum));
            }
          };
      y.fill((byte) 0);
      StridedLoop.binary(
          addMixed, layout.shape(), a, 1, layout.a(), 4, b, 2, layout.b(), 8, y, 3, layout.y(), 4);
      for (long i = 0; i < n; i++) {
        double expected =
            get(DType.F32, a, 1 + layout.offset(layout.a(), i))
                + get(DType.F64, b, 2 + layout.offset(layout.b(), i));
        assertEquals((float) expected, get(DType.F32, y, 3 + layout.offset(layout.y(), i)));
      }
      y.fill((byte) 0);
      StridedLoop.ternary(
          ArithmeticKernels.addcmul(DType.F32, 2),
          layout.shape(),
          a,
          1,
          layout.a(),
          4,
          af,
          1,
          layout.a(),
          4,
          a,
          1,
          layout.a(),
          4,
          y,
          3,
          layout.y(),
          4);
      for (long i = 0; i < n; i++) {
        double v = get(DType.F32, a, 1 + layout.offset(layout.a(), i));
        double actual = get(DType.F32, y, 3 + layout.offset(layout.y(), i));
        assertEquals(v + 2 * v * v, actual, 1e-5 * (1 + v * v));
      }
    }
  }

  private static long extent(Layout layout, long[] strides) {
    long last = 1;
    for (int d = 0; d < strides.length; d++) {
      last += Math.max(0, layout.shape()[d] - 1) * strides[d];
    }
    return last;
  }
}
