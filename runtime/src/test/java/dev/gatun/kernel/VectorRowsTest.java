package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

  /// Memory that its owner may close goes another way than a pool's block, to the same bits.
  @ParameterizedTest
  @MethodSource("binaryRows")
  void equalsTheReferenceInMemoryThatMayBeClosed(Binary rows) {
    try (Arena arena = Arena.ofShared()) {
      long s = rows.dtype().byteSize();
      int n = 1500;
      MemorySegment plainA = KernelSamples.special(arena, rows.dtype(), n);
      MemorySegment plainB = KernelSamples.special(arena, rows.dtype(), n);
      MemorySegment a = arena.allocate(n * s, 64).copyFrom(plainA);
      MemorySegment b = arena.allocate(n * s, 64).copyFrom(plainB);
      MemorySegment y = arena.allocate(n * s, 64);
      MemorySegment expected = KernelSamples.empty(arena, rows.dtype(), n);
      for (long stride : new long[] {0, s}) {
        rows.vector().apply(a, 0, s, b, 0, stride, y, 0, s, n);
        rows.reference().apply(plainA, 0, s, plainB, 0, stride, expected, 0, s, n);
        assertSame(rows.dtype(), expected, y, n);
        rows.vector().apply(plainA, 0, s, b, 0, stride, a, 0, s, n);
        assertSame(rows.dtype(), expected, a, n);
        a.copyFrom(plainA);
      }
    }
  }

  @Test
  void refusesARowBeyondItsMemory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = KernelSamples.random(arena, DType.F32, 40);
      MemorySegment y = KernelSamples.empty(arena, DType.F32, 40);
      assertThrows(
          IndexOutOfBoundsException.class, () -> VectorF32Unary.NEG.apply(x, 4, 4, y, 0, 4, 40));
      assertThrows(
          IndexOutOfBoundsException.class, () -> VectorF32Unary.NEG.apply(x, 0, 4, y, -4, 4, 8));
      assertThrows(IndexOutOfBoundsException.class, () -> Moves.COPY4.apply(x, 0, 8, y, 0, 4, 21));
      assertThrows(IndexOutOfBoundsException.class, () -> Moves.COPY4.apply(x, 8, -4, y, 0, 4, 4));
    }
  }

  /// Equal bits, where every NaN is as good as any other.
  private static void assertSame(DType dtype, MemorySegment expected, MemorySegment y, int n) {
    for (int i = 0; i < n; i++) {
      assertEquals(KernelSamples.get(dtype, expected, i), KernelSamples.get(dtype, y, i));
    }
  }
}
