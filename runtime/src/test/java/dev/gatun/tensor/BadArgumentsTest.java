package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryBudgetException;
import dev.gatun.memory.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Numbers that are far too large: what the calls of every method with such have found.
final class BadArgumentsTest {
  private static final long MANY = 1L << 33;

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(ShapeException.class, call).getMessage());
  }

  @Test
  void sequencesOfBillionsAreRefusedByTheBudget() {
    try (Scope _ = Scope.open("small", 1 << 20)) {
      assertThrows(MemoryBudgetException.class, () -> Tensor.linspace(0, 1, MANY));
      assertThrows(MemoryBudgetException.class, () -> Tensor.arange(MANY));
      assertThrows(
          MemoryBudgetException.class, () -> Tensor.arange(DType.F64, 0, 1_500_000_000, 1));
    }
  }

  @Test
  void sequencesThatAreMadeInPiecesHaveNoSeams() {
    try (Scope scope = Scope.open("sequences")) {
      Tensor counted = Tensor.arange(DType.I32, 7, 200_007, 1);
      Tensor spaced = Tensor.linspace(DType.F64, 0, 199_999, 200_000);
      assertArrayEquals(new long[] {200_000}, counted.shape());
      assertEquals(
          1, counted.narrow(0, 1, 199_999).sub(counted.narrow(0, 0, 199_999)).min().item());
      assertEquals(
          1, counted.narrow(0, 1, 199_999).sub(counted.narrow(0, 0, 199_999)).max().item());
      assertEquals(200_006, counted.get(199_999));
      assertEquals(199_999, spaced.get(199_999));
      assertEquals(0, spaced.sub(counted.to(DType.F64)).add(7).abs().max().item(), 1e-9);
      assertEquals(scope, Scope.current());
    }
  }

  @Test
  void moreViewsThanAProgramCanHoldAreRefused() {
    try (Scope _ = Scope.open("views")) {
      Tensor none = Tensor.zeros(0, 3);
      assertRefused(
          "tensorSplit: too many pieces: 2147483647 (at most 16777216)",
          () -> none.tensorSplit(Integer.MAX_VALUE, 0));
      assertRefused(
          "vsplit: too many pieces: 2147483647 (at most 16777216)",
          () -> none.vsplit(Integer.MAX_VALUE));
      assertRefused(
          "chunk: too many pieces: 2147483647 (at most 16777216)",
          () -> none.chunk(Integer.MAX_VALUE, 0));
      Tensor huge = Tensor.zeros(1).expand(MANY);
      assertRefused(
          "split: too many pieces: 8589934592 (at most 16777216)", () -> huge.split(1, 0));
      assertRefused("unbind: too many pieces: 8589934592 (at most 16777216)", () -> huge.unbind(0));
    }
  }

  @Test
  void factorsWhoseSquareIsTooLargeAreRefused() {
    try (Scope _ = Scope.open("pixels")) {
      assertRefused(
          "pixelShuffle: the number of channels is not a multiple of the square of the upscale factor: [1,4,2,2] (4, 8589934592)",
          () -> Tensor.zeros(1, 4, 2, 2).pixelShuffle(MANY));
    }
  }
}
