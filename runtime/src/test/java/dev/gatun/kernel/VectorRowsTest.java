package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The vector rows against the reference rows, bit by bit, whatever the backend.
final class VectorRowsTest {
  record Unary(String name, DType dtype, UnaryRow vector, UnaryRow reference) {
    @Override
    public String toString() {
      return name + " " + dtype;
    }
  }

  record Binary(String name, DType dtype, BinaryRow vector, BinaryRow reference) {
    @Override
    public String toString() {
      return name + " " + dtype;
    }
  }

  record Reduced(String name, DType dtype, Fold vector, Fold reference) {}

  static Stream<Unary> unaryRows() {
    DType f = DType.F32;
    DType d = DType.F64;
    return Stream.of(
        new Unary("neg", f, VectorF32Unary.NEG, F32Unary.NEG),
        new Unary("abs", f, VectorF32Unary.ABS, F32Unary.ABS),
        new Unary("sqrt", f, VectorF32Unary.SQRT, F32Unary.SQRT),
        new Unary("relu", f, VectorF32Unary.RELU, F32Unary.RELU),
        new Unary("reciprocal", f, VectorF32Unary.RECIPROCAL, F32Unary.RECIPROCAL),
        new Unary("square", f, VectorF32Unary.SQUARE, F32Arithmetic.SQUARE),
        new Unary("add", f, VectorF32Unary.addScalar(3), F32Arithmetic.addScalar(3)),
        new Unary("mul", f, VectorF32Unary.mulScalar(3), F32Arithmetic.mulScalar(3)),
        new Unary("neg", d, VectorF64Unary.NEG, F64Unary.NEG),
        new Unary("abs", d, VectorF64Unary.ABS, F64Unary.ABS),
        new Unary("sqrt", d, VectorF64Unary.SQRT, F64Unary.SQRT),
        new Unary("relu", d, VectorF64Unary.RELU, F64Unary.RELU),
        new Unary("reciprocal", d, VectorF64Unary.RECIPROCAL, F64Unary.RECIPROCAL),
        new Unary("square", d, VectorF64Unary.SQUARE, F64Arithmetic.SQUARE),
        new Unary("add", d, VectorF64Unary.addScalar(3), F64Arithmetic.addScalar(3)),
        new Unary("mul", d, VectorF64Unary.mulScalar(3), F64Arithmetic.mulScalar(3)));
  }

  static Stream<Binary> binaryRows() {
    DType f = DType.F32;
    DType d = DType.F64;
    return Stream.of(
        new Binary("add", f, VectorF32Arithmetic.ADD, F32Arithmetic.ADD),
        new Binary("sub", f, VectorF32Arithmetic.SUB, F32Arithmetic.SUB),
        new Binary("mul", f, VectorF32Arithmetic.MUL, F32Arithmetic.MUL),
        new Binary("div", f, VectorF32Arithmetic.DIV, F32Arithmetic.DIV),
        new Binary("maximum", f, VectorF32Arithmetic.MAXIMUM, F32Arithmetic.MAXIMUM),
        new Binary("minimum", f, VectorF32Arithmetic.MINIMUM, F32Arithmetic.MINIMUM),
        new Binary("where", f, VectorF32Arithmetic.WHERE_POSITIVE, F32Arithmetic.WHERE_POSITIVE),
        new Binary("scaled", f, VectorF32Arithmetic.addScaled(3), F32Arithmetic.addScaled(3)),
        new Binary("add", d, VectorF64Arithmetic.ADD, F64Arithmetic.ADD),
        new Binary("sub", d, VectorF64Arithmetic.SUB, F64Arithmetic.SUB),
        new Binary("mul", d, VectorF64Arithmetic.MUL, F64Arithmetic.MUL),
        new Binary("div", d, VectorF64Arithmetic.DIV, F64Arithmetic.DIV),
        new Binary("maximum", d, VectorF64Arithmetic.MAXIMUM, F64Arithmetic.MAXIMUM),
        new Binary("minimum", d, VectorF64Arithmetic.MINIMUM, F64Arithmetic.MINIMUM),
        new Binary("where", d, VectorF64Arithmetic.WHERE_POSITIVE, F64Arithmetic.WHERE_POSITIVE),
        new Binary("scaled", d, VectorF64Arithmetic.addScaled(3), F64Arithmetic.addScaled(3)));
  }

  @ParameterizedTest
  @MethodSource("unaryRows")
  void equalsTheReferenceOfOneOperand(Unary rows) {
    try (Arena arena = Arena.ofConfined()) {
      long s = rows.dtype().byteSize();
      for (int n : KernelSamples.SIZES) {
        MemorySegment x = KernelSamples.special(arena, rows.dtype(), n + 1);
        MemorySegment y = KernelSamples.empty(arena, rows.dtype(), n + 1);
        MemorySegment expected = KernelSamples.empty(arena, rows.dtype(), n + 1);
        rows.vector().apply(x, s, s, y, 0, s, n);
        rows.reference().apply(x, s, s, expected, 0, s, n);
        assertSame(rows.dtype(), expected, y, n + 1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("binaryRows")
  void equalsTheReferenceOfTwoOperands(Binary rows) {
    try (Arena arena = Arena.ofConfined()) {
      long s = rows.dtype().byteSize();
      for (int n : KernelSamples.SIZES) {
        MemorySegment a = KernelSamples.special(arena, rows.dtype(), n + 1);
        MemorySegment b = KernelSamples.special(arena, rows.dtype(), n + 1);
        for (long[] strides : new long[][] {{s, s}, {0, s}, {s, 0}}) {
          MemorySegment y = KernelSamples.empty(arena, rows.dtype(), n + 1);
          MemorySegment expected = KernelSamples.empty(arena, rows.dtype(), n + 1);
          rows.vector().apply(a, s, strides[0], b, 0, strides[1], y, 0, s, n);
          rows.reference().apply(a, s, strides[0], b, 0, strides[1], expected, 0, s, n);
          assertSame(rows.dtype(), expected, y, n + 1);
        }
      }
    }
  }

  /// Equal bits, where every NaN is as good as any other.
  private static void assertSame(DType dtype, MemorySegment expected, MemorySegment y, int n) {
    for (int i = 0; i < n; i++) {
      assertEquals(KernelSamples.get(dtype, expected, i), KernelSamples.get(dtype, y, i));
    }
  }

  @Test
  void reducesToTheValueOfTheReference() {
    List<Reduced> folds =
        List.of(
            new Reduced("sum", DType.F32, VectorF32Folds.SUM, F32Folds.SUM),
            new Reduced("max", DType.F32, VectorF32Folds.MAX, F32Folds.MAX),
            new Reduced("min", DType.F32, VectorF32Folds.MIN, F32Folds.MIN),
            new Reduced("sum", DType.F64, VectorF64Folds.SUM, F64Folds.SUM),
            new Reduced("max", DType.F64, VectorF64Folds.MAX, F64Folds.MAX),
            new Reduced("min", DType.F64, VectorF64Folds.MIN, F64Folds.MIN));
    try (Arena arena = Arena.ofConfined()) {
      for (Reduced fold : folds) {
        for (int n : KernelSamples.SIZES) {
          MemorySegment x = KernelSamples.random(arena, fold.dtype(), n + 2);
          long s = fold.dtype().byteSize();
          double expected = Double.longBitsToDouble(fold.reference().row().fold(x, s, s, n + 1));
          double actual = Double.longBitsToDouble(fold.vector().row().fold(x, s, s, n + 1));
          assertEquals(expected, actual, fold.name().equals("sum") ? 1e-10 : 0, fold.name());
        }
      }
    }
  }

  @Test
  void addsColumnsUpAsTheReferenceDoes() {
    try (Arena arena = Arena.ofConfined()) {
      for (int columns : KernelSamples.SIZES) {
        double[] expected = new double[columns + 2];
        double[] actual = new double[columns + 2];
        MemorySegment x = KernelSamples.random(arena, DType.F32, 5L * columns + 20);
        F32Folds.COLUMNS.sum(x, 4, 4L * columns + 8, 5, columns, expected, 1);
        VectorF32Folds.COLUMNS.sum(x, 4, 4L * columns + 8, 5, columns, actual, 1);
        assertArrayEquals(expected, actual, 1e-12);
        x = KernelSamples.random(arena, DType.F64, 5L * columns + 20);
        F64Folds.COLUMNS.sum(x, 8, 8L * columns + 16, 5, columns, expected, 1);
        VectorF64Folds.COLUMNS.sum(x, 8, 8L * columns + 16, 5, columns, actual, 1);
        assertArrayEquals(expected, actual, 1e-12);
      }
    }
  }
}
