package dev.gatun.kernel;

/// Heap arrays for sorting one row, taken for the time of one task.
final class SortBuffer {
  private static final Slots<SortBuffer> FREE = new Slots<>(SortBuffer::new);

  /// Larger arrays are left to the collector, not kept for the next call.
  private static final int KEPT = 1 << 20;

  private static final long[] NONE = {};

  private final long[][] arrays = {NONE, NONE, NONE};

  private SortBuffer() {}

  static SortBuffer take() {
    return FREE.take();
  }

  void release() {
    for (int i = 0; i < arrays.length; i++) {
      if (arrays[i].length > KEPT) {
        arrays[i] = NONE;
      }
    }
    FREE.give(this);
  }

  /// One of the arrays, of at least `n` elements; what it holds is arbitrary.
  long[] array(int which, int n) {
    if (arrays[which].length < n) {
      arrays[which] = new long[Math.max(n, Math.min(2 * arrays[which].length, KEPT))];
    }
    return arrays[which];
  }
}
