package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import dev.gatun.testing.Part;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The vector loops of reductions against the reference loops, whatever the backend.
final class FoldTest {
  record Pair(String name, DType dtype, boolean exact, Fold vector, Fold reference) {
    @Override
    public String toString() {
      return name + " " + dtype;
    }
  }

  static Stream<Pair> pairs() {
    DType f = DType.F32;
    DType d = DType.F64;
    DType i = DType.I32;
    DType l = DType.I64;
    return Part.of(
        Stream.of(
            new Pair("sum", f, false, VectorF32Folds.SUMS, F32Folds.SUMS),
            new Pair("prod", f, false, VectorF32Folds.PRODUCTS, F32Folds.PRODUCTS),
            new Pair("max", f, true, VectorF32Folds.MAXIMA, F32Folds.MAXIMA),
            new Pair("min", f, true, VectorF32Folds.MINIMA, F32Folds.MINIMA),
            new Pair("sum", d, false, VectorF64Folds.SUMS, F64Folds.SUMS),
            new Pair("prod", d, false, VectorF64Folds.PRODUCTS, F64Folds.PRODUCTS),
            new Pair("max", d, true, VectorF64Folds.MAXIMA, F64Folds.MAXIMA),
            new Pair("min", d, true, VectorF64Folds.MINIMA, F64Folds.MINIMA),
            new Pair("sum", i, true, VectorI32Folds.SUMS, I32Folds.SUMS),
            new Pair("prod", i, true, VectorI32Folds.PRODUCTS, I32Folds.PRODUCTS),
            new Pair("max", i, true, VectorI32Folds.MAXIMA, I32Folds.MAXIMA),
            new Pair("min", i, true, VectorI32Folds.MINIMA, I32Folds.MINIMA),
            new Pair("sum", l, true, VectorI64Folds.SUMS, I64Folds.SUMS),
            new Pair("prod", l, true, VectorI64Folds.PRODUCTS, I64Folds.PRODUCTS),
            new Pair("max", l, true, VectorI64Folds.MAXIMA, I64Folds.MAXIMA),
            new Pair("min", l, true, VectorI64Folds.MINIMA, I64Folds.MINIMA),
            new Pair("argmax", f, true, VectorF32ArgFolds.MAX, F32ArgFolds.MAX),
            new Pair("argmin", f, true, VectorF32ArgFolds.MIN, F32ArgFolds.MIN),
            new Pair("argmax", d, true, VectorF64ArgFolds.MAX, F64ArgFolds.MAX),
            new Pair("argmin", d, true, VectorF64ArgFolds.MIN, F64ArgFolds.MIN),
            new Pair("argmax", i, true, VectorI32ArgFolds.MAX, I32ArgFolds.MAX),
            new Pair("argmin", i, true, VectorI32ArgFolds.MIN, I32ArgFolds.MIN),
            new Pair("argmax", l, true, VectorI64ArgFolds.MAX, I64ArgFolds.MAX),
            new Pair("argmin", l, true, VectorI64ArgFolds.MIN, I64ArgFolds.MIN),
            new Pair(
                "var", f, false, moments(f, F32Moments.vector()), moments(f, F32Moments.LOOPS)),
            new Pair(
                "var", d, false, moments(d, F64Moments.vector()), moments(d, F64Moments.LOOPS))));
  }

  private static Fold moments(DType dtype, MomentFold.Loops loops) {
    return new MomentFold(dtype, 1, false, loops);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void reducesRowsAsTheReferenceDoes(Pair pair) {
    try (Arena arena = Arena.ofConfined()) {
      for (int n : KernelSamples.SIZES) {
        for (boolean special : new boolean[] {false, true}) {
          if (n > 0) {
            rows(arena, pair, n, special);
          }
        }
      }
    }
  }

  private static void rows(Arena arena, Pair pair, int n, boolean special) {
    int bytes = pair.dtype().byteSize();
    MemorySegment x = sample(arena, pair, 3L * n + 7, special);
    long[][] cells = new long[2][15];
    int i = 0;
    for (Fold fold : new Fold[] {pair.reference(), pair.vector()}) {
      fold.clear(cells[i], 0, 5, 3);
      fold.rows(x.address() + bytes, (n + 1L) * bytes, 3, n, 4, cells[i], 0, 5);
      fold.rows(x.address(), (n + 2L) * bytes, 3, n, 4L + n, cells[i], 0, 5);
      i++;
    }
    assertSame(arena, pair, cells, 5, 3, "rows of " + n);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void reducesColumnsAsTheReferenceDoes(Pair pair) {
    try (Arena arena = Arena.ofConfined()) {
      for (int columns : KernelSamples.SIZES) {
        for (boolean special : new boolean[] {false, true}) {
          columns(arena, pair, columns, special);
        }
      }
    }
  }

  private static void columns(Arena arena, Pair pair, int columns, boolean special) {
    int bytes = pair.dtype().byteSize();
    MemorySegment x = sample(arena, pair, 6L * columns + 20, special);
    int plane = columns + 2;
    long[][] cells = new long[2][3 * plane];
    int i = 0;
    for (Fold fold : new Fold[] {pair.reference(), pair.vector()}) {
      fold.clear(cells[i], 1, plane, columns);
      fold.columns(x.address() + bytes, (columns + 2L) * bytes, 5, columns, 3, cells[i], 1, plane);
      fold.columns(x.address(), (columns + 1L) * bytes, 4, columns, 8, cells[i], 1, plane);
      fold.columns(x.address(), (columns + 1L) * bytes, 0, columns, 12, cells[i], 1, plane);
      i++;
    }
    for (long[] c : cells) {
      assertEquals(0, c[0], "cell before the results");
    }
    assertSame(arena, pair, cells, plane, columns, "columns: " + columns);
  }

  private static MemorySegment sample(Arena arena, Pair pair, long n, boolean special) {
    if (!special || !pair.dtype().isFloating()) {
      return KernelSamples.random(arena, pair.dtype(), n);
    }
    if (pair.exact()) {
      return KernelSamples.special(arena, pair.dtype(), n);
    }
    // The largest numbers would cancel each other, and leave what rounding made of them.
    MemorySegment x = KernelSamples.random(arena, pair.dtype(), n);
    Element.store(pair.dtype(), x, n / 2 * pair.dtype().byteSize(), Double.POSITIVE_INFINITY);
    return x;
  }

  private static void assertSame(
      Arena arena, Pair pair, long[][] cells, int plane, int count, String what) {
    boolean positions = pair.vector() instanceof ArgFold;
    DType dtype = positions ? DType.I64 : pair.dtype();
    int bytes = dtype.byteSize();
    MemorySegment expected = KernelSamples.empty(arena, dtype, count + 2);
    MemorySegment actual = KernelSamples.empty(arena, dtype, count + 2);
    int from = plane == 5 ? 0 : 1;
    pair.reference().store(cells[0], from, plane, count, expected, bytes, bytes);
    pair.vector().store(cells[1], from, plane, count, actual, bytes, bytes);
    for (int c = 0; c < count + 2; c++) {
      double e = KernelSamples.get(dtype, expected, c);
      double relative = pair.exact() ? 0 : pair.dtype() == DType.F32 ? 1e-6 : 1e-11;
      double tolerance = Double.isFinite(e) ? Math.abs(e) * relative : 0;
      assertEquals(e, KernelSamples.get(dtype, actual, c), tolerance, what);
    }
  }
}
