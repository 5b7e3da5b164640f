package dev.gatun.kernel;

/// A loop with two operands that takes several steps over each block of elements, with room for
/// what one step leaves to the next. The compiler inlines only so much into one method; it inlines
/// no steps here, since they are called in a loop over an array.
final class Steps {
  /// Elements of a block.
  static final int BLOCK = RowBuffer.BLOCK / 2;

  // A little more than a power of two apart, as the blocks of a row's buffer are.
  private static final long PITCH = BLOCK * 8L + 64;

  /// One step over a block: operands and result, and the address of the room for all steps.
  @FunctionalInterface
  interface Step {
    void run(long a, long b, long y, long room, long n);
  }

  private Steps() {}

  /// Room for one number per element, 0 to 7.
  static long slot(long room, int i) {
    return room + i * PITCH;
  }

  /// @param bytes of an element of either operand and of the result
  static VectorRows.Loop2 of(int bytes, Step... steps) {
    return (a, b, y, n) -> {
      RowBuffer buffer = RowBuffer.take();
      try {
        long room = buffer.address(0);
        for (long i = 0; i < n; i += BLOCK) {
          long at = i * bytes;
          for (Step step : steps) {
            step.run(a + at, b + at, y + at, room, Math.min(BLOCK, n - i));
          }
        }
      } finally {
        buffer.release();
      }
    };
  }
}
